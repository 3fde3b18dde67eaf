"""Which work belongs to whom: to a project, a team, a person or an agent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from plainwork.model.party import Team, kind_of_party
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work

Belonging = Mapping[tuple[str, str], Sequence[int]]
"""Rows of work by what they belong to: its kind and its id as its document says it."""


def find_belonging(snapshot: Snapshot, rows: Iterable[int]) -> Belonging:
    """Find the work of every project and party; whatever has none is in it too, with no rows.

    A project has itself and its items. A person or agent has what they are accountable for, own
    or do. A team has what it is responsible for, owns or does, and so has the team above it.

    Args:
        snapshot: The workspace.
        rows: The works that are looked at, in the order in which they are found.
    """
    works, parties = snapshot.works, _parties(snapshot)
    columns = works.columns
    keys = {id_: ("project", work.id) for id_, work in works.by_id.items() if _is_project(work)}
    found: dict[tuple[str, str], list[int]] = {
        key: [] for key in (*keys.values(), *(own[0] for own in parties.values()))
    }
    for row in rows:
        project = columns["id" if columns["kind"][row] == "project" else "project"][row]
        wanted = {keys[project.lower()]} if project.lower() in keys else set()
        names = {columns[name][row] for name in ("team", "owner", "accountable")}
        for party in names.union(columns["assignees"][row]):
            wanted.update(parties.get(party.lower(), ()))
        for key in wanted:
            found[key].append(row)
    return found


def _is_project(work: Work) -> bool:
    return work.kind == "project"


def _parties(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    """Return each party's key, followed by those of the teams above, by id in lower case."""
    return {
        id_: [(kind_of_party(party), party.id), *_above(party.id, snapshot)]
        for id_, party in snapshot.parties.items()
    }


def _above(id_: str, snapshot: Snapshot) -> Iterable[tuple[str, str]]:
    party = snapshot.party(id_)
    seen = {id_.lower()}
    while isinstance(party, Team) and party.parent.lower() not in seen:
        seen.add(party.parent.lower())
        party = snapshot.team(party.parent)
        if party is not None:
            yield "team", party.id
