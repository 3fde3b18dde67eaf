"""People, teams and agents: who is accountable for how much, and who leads what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from plainwork.model.party import Agent, Person
from plainwork.model.workflow import CLOSED
from plainwork.site.address import list_address
from plainwork.site.groups import Group
from plainwork.site.page import Origin, Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.sources import Sources
from plainwork.site.team_counts import TeamCounts
from plainwork.views.ownership import OwnerRow, TeamRow, compute_ownership
from plainwork.views.presence import Presence, compute_presence

_SIZE = 60


class PersonRow(msgspec.Struct, frozen=True):
    """A person.

    Attributes:
        duties: What they answer for, or None: nothing that is open.
        work: Where that is listed, or None.
    """

    id: str
    presence: Presence
    duties: OwnerRow | None = None
    work: Group | None = None


class Sponsored(msgspec.Struct, frozen=True):
    """An agent, who answers for it, whether it may work today, and how much it has and had."""

    id: str
    owner: str
    presence: Presence
    open: int
    finished: int


class TeamEntry(msgspec.Struct, frozen=True):
    """A team, who leads it, and how much work it has."""

    row: TeamRow
    counts: TeamCounts


class People(msgspec.Struct, frozen=True):
    """One page of everybody.

    Attributes:
        part: Those who answer for most open work first. What follows stands on the first page
            only.
        teams: Those with a problem first.
        agents: In the order of their ids.
    """

    part: Part[PersonRow]
    teams: tuple[TeamEntry, ...] = ()
    agents: tuple[Sponsored, ...] = ()


def plan_people(sources: Sources) -> Iterator[Output]:
    """Yield the pages."""
    snapshot = sources.snapshot
    ownership = compute_ownership(
        snapshot, today=sources.today, last_changed=sources.changes.last_changed, most=0
    )
    rows = _list_people(ownership.owners, sources)
    agents = tuple(
        _describe_agent(party, sources)
        for party in snapshot.parties.values()
        if isinstance(party, Agent)
    )
    teams = tuple(TeamEntry(row, sources.teams.count(row.id)) for row in ownership.teams)
    origin = sources.counting([party.path for party in snapshot.parties.values()])
    for part in split(rows, (row.id for row in rows), list_address("people"), _SIZE):
        model = People(part, teams, agents) if part.number == 1 else People(part)
        yield Output(part.address, sources.keys.everything, partial(_make, model, origin))


def _describe_agent(agent: Agent, sources: Sources) -> Sponsored:
    works = sources.done_by.get(agent.id.lower(), ())
    finished = sum(work.category in CLOSED for work in works)
    presence = compute_presence(agent, sources.today)
    return Sponsored(agent.id, agent.owner, presence, len(works) - finished, finished)


def _list_people(owners: Iterable[OwnerRow], sources: Sources) -> list[PersonRow]:
    groups = sources.groups.owners
    found = {
        row.id: PersonRow(row.id, row.presence, row, groups.get(row.id.lower())) for row in owners
    }
    for party in sources.snapshot.parties.values():
        if isinstance(party, Person) and party.id not in found:
            found[party.id] = PersonRow(party.id, compute_presence(party, sources.today))
    return list(found.values())


def _make(model: People, origin: Origin) -> Page:
    return Page(
        address=model.part.address,
        title=name_part("People and teams", model.part.number),
        template="people.html",
        model=model,
        section="people",
        origin=origin,
        crumbs=model.part.crumbs("People and teams"),
    )
