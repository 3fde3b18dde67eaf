"""In how much work everybody has which role: RACI, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work


class Roles(msgspec.Struct, frozen=True):
    """A party, and for how much work it is what."""

    party: str
    responsible: int
    accountable: int
    consulted: int
    informed: int


def responsible_for(assignees: tuple[str, ...], team: str, accountable: str) -> tuple[str, ...]:
    """Return who does work: the assignees, else the responsible team, else the accountable one."""
    return assignees or tuple(filter(None, (team or accountable,)))


def count_roles(works: Iterable[Work], snapshot: Snapshot) -> tuple[Roles, ...]:
    """Count the roles of everybody who has one in some works, who has most first."""
    rows = [work.row for work in works]
    names = ("assignees", "team", "accountable", "consulted", "informed")
    columns = (map(snapshot.works.columns[name].__getitem__, rows) for name in names)
    counts: Counter[tuple[str, int]] = Counter()
    # Few combinations stand in many rows, so these are counted first.
    for combination, count in Counter(zip(*columns, strict=True)).items():
        assignees, team, accountable, consulted, informed = combination
        responsible = responsible_for(assignees, team, accountable)
        roles = (responsible, filter(None, (accountable,)), consulted, informed)
        for role, parties in enumerate(roles):
            for party in dict.fromkeys(parties):
                counts[party, role] += count
    found = (
        Roles(party, *(counts[party, role] for role in range(4)))
        for party in dict.fromkeys(party for party, _ in counts)
    )
    return tuple(sorted(found, key=lambda each: (-each.responsible - each.accountable, each.party)))
