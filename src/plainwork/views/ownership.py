"""Ownership: who is accountable for what, how much it is, and what nobody answers for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from plainwork.analysis.attention import is_overdue, is_unowned
from plainwork.model.party import Team
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Category
from plainwork.views.found import Found, Picker
from plainwork.views.load import Load, compute_loads
from plainwork.views.orphans import Orphan, describe_orphan, find_gone
from plainwork.views.presence import Presence, compute_presence
from plainwork.views.roles import Roles, count_roles
from plainwork.views.summary import LastChanged, Urgency, open_works


class OwnerRow(msgspec.Struct, frozen=True):
    """What a person answers for.

    Attributes:
        leads: Ids of the teams that they lead.
        proposed: Open items in such a state; ``ready``, ``active`` and ``waiting`` likewise.
        overdue: How much of all that is overdue, projects included.
        open: How much open work there is, projects and routines included.
        load: What they do themselves, or None if they have nothing to do.
    """

    id: str
    name: str
    presence: Presence
    leads: tuple[str, ...]
    projects: int
    routines: int
    proposed: int
    ready: int
    active: int
    waiting: int
    overdue: int
    open: int
    load: Load | None


class TeamRow(msgspec.Struct, frozen=True):
    """A team, who leads it, and what is wrong with that (or ``""``)."""

    id: str
    name: str
    lead: str
    people: int
    parent: str
    problem: str


class Ownership(msgspec.Struct, frozen=True):
    """Who is accountable for what.

    Attributes:
        owners: Everybody who answers for open work or has some to do: the most open work first.
        orphans: Open work of nobody, or of somebody who is not there any more or not yet.
        teams: All teams, those with a problem first.
        roles: Who is responsible, accountable, consulted and informed, for how much open work.
    """

    workspace: str
    today: date
    owners: tuple[OwnerRow, ...]
    orphans: Found[Orphan]
    teams: tuple[TeamRow, ...]
    roles: tuple[Roles, ...]


def compute_ownership(
    snapshot: Snapshot, *, today: date, last_changed: LastChanged, most: int | None = None
) -> Ownership:
    """Compute who is accountable for what.

    Args:
        snapshot: The workspace.
        today: The day of the question.
        last_changed: The day of a work's last change.
        most: How many orphans are described, or None for all; all are counted.
    """
    works = open_works(snapshot)
    gone = find_gone(snapshot, today)
    pick = Picker(Urgency(snapshot, last_changed), most)

    def orphan(work: Work) -> Orphan:
        return describe_orphan(work, snapshot, today)

    orphans = [work for work in works if is_unowned(work) or work.accountable.lower() in gone]
    return Ownership(
        workspace=snapshot.settings.name,
        today=today,
        owners=tuple(_owners(works, snapshot, today)),
        orphans=pick(orphans, orphan),
        teams=tuple(sorted(_teams(snapshot, gone), key=lambda team: (not team.problem, team.id))),
        roles=count_roles(works, snapshot),
    )


def _owners(works: Sequence[Work], snapshot: Snapshot, today: date) -> Sequence[OwnerRow]:
    loads = compute_loads(works, snapshot, today)
    counts = Counter((work.accountable.lower(), work.kind, work.category) for work in works)
    kinds = Counter((work.accountable.lower(), work.kind) for work in works)
    late = Counter(work.accountable.lower() for work in works if is_overdue(work, today))
    leads: dict[str, list[str]] = {}
    for team in snapshot.parties.values():
        if isinstance(team, Team) and team.lead:
            leads.setdefault(team.lead.lower(), []).append(team.id)
    rows = []
    for id_ in dict.fromkeys((*(owner for owner, _ in kinds), *loads)):
        person = snapshot.person(id_)
        if person is None:
            continue
        rows.append(
            OwnerRow(
                id=person.id,
                name=person.name,
                presence=compute_presence(person, today),
                leads=tuple(leads.get(id_, ())),
                projects=kinds[id_, "project"],
                routines=kinds[id_, "routine"],
                proposed=counts[id_, "item", Category.PROPOSED],
                ready=counts[id_, "item", Category.READY],
                active=counts[id_, "item", Category.ACTIVE],
                waiting=counts[id_, "item", Category.WAITING],
                overdue=late[id_],
                open=sum(kinds[id_, kind] for kind in ("item", "project", "routine")),
                load=loads.get(id_),
            )
        )
    return sorted(rows, key=lambda row: (-row.open, row.id))


def _teams(snapshot: Snapshot, gone: Mapping[str, str]) -> Iterator[TeamRow]:
    for team in snapshot.parties.values():
        if isinstance(team, Team):
            yield TeamRow(
                id=team.id,
                name=team.name,
                lead=team.lead,
                people=len(team.people),
                parent=team.parent,
                problem=_problem(team, snapshot, gone),
            )


def _problem(team: Team, snapshot: Snapshot, gone: Mapping[str, str]) -> str:
    if not team.lead:
        return "no lead"
    if snapshot.person(team.lead) is None:
        return "the lead is no person"
    state = gone.get(team.lead.lower())
    return f"the lead {state}" if state else ""
