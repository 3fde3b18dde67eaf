"""How much work each team has, and which teams are below which: found once for all pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from plainwork.model.party import Team
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import CLOSED
from plainwork.site.groups import Group


class TeamCounts(msgspec.Struct, frozen=True):
    """How much work of a team stands in each category, by name, and how much is overdue.

    Attributes:
        id: Of the team.
        work: Where it is listed, or None if there is none.
    """

    id: str
    counts: Mapping[str, int]
    overdue: int
    work: Group | None

    @property
    def open(self) -> int:
        """How much is neither done nor dropped."""
        return sum(count for name, count in self.counts.items() if name not in CLOSED)


class Teams:
    """The teams of a workspace.

    Args:
        snapshot: The workspace.
        groups: The work of each team, by its id in lower case.
    """

    def __init__(self, snapshot: Snapshot, groups: Mapping[str, Group]) -> None:
        teams = [party for party in snapshot.parties.values() if isinstance(party, Team)]
        self._counts = {team.id.lower(): _count(team.id, groups) for team in teams}
        self._children: dict[str, list[str]] = {}
        for team in teams:
            self._children.setdefault(team.parent.lower(), []).append(team.id.lower())

    def count(self, id_: str) -> TeamCounts:
        """Return how much work a team has."""
        return self._counts[id_.lower()]

    def below(self, id_: str) -> Sequence[TeamCounts]:
        """Return the same of the teams below one, level by level, each once."""
        level = [id_.lower()]
        found = dict.fromkeys(level)
        while level:
            children = (child for parent in level for child in self._children.get(parent, ()))
            level = [child for child in children if child not in found]
            found |= dict.fromkeys(level)
        return [self._counts[each] for each in list(found)[1:]]


def _count(id_: str, groups: Mapping[str, Group]) -> TeamCounts:
    group = groups.get(id_.lower())
    if group is None:
        return TeamCounts(id_, Counter(), 0, None)
    overdue = len(group.overdue.rows) if group.overdue else 0
    return TeamCounts(id_, Counter(group.headings), overdue, group)
