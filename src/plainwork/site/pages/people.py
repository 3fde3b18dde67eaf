"""People, teams and agents: who is accountable for how much, and who leads what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

import msgspec

from plainwork.model.party import Agent, Person
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import CLOSED
from plainwork.site.address import list_address
from plainwork.site.groups import Group
from plainwork.site.page import Link, Origin, Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.sources import Sources
from plainwork.site.team_counts import TeamCounts
from plainwork.views.ownership import OwnerRow, TeamRow, compute_ownership
from plainwork.views.presence import Presence, compute_presence

_SIZE = 60
_FEW = 20
_TITLE = "People and teams"

T = TypeVar("T")


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
    """One page of everybody: the first has the first part of each list, further ones have one.

    Attributes:
        people: Those who answer for most open work first.
        names: Ids of everybody by name, where they are many; else the list is read as quickly.
        teams: Those with a problem first.
        agents: In the order of their ids.
    """

    people: Part[PersonRow] | None = None
    names: tuple[str, ...] = ()
    teams: Part[TeamEntry] | None = None
    agents: Part[Sponsored] | None = None


def plan_people(sources: Sources) -> Iterator[Output]:
    """Yield the pages."""
    snapshot = sources.snapshot
    ownership = compute_ownership(
        snapshot, today=sources.today, last_changed=sources.changes.last_changed, most=0
    )
    rows = _list_people(ownership.owners, sources)
    teams = [TeamEntry(row, sources.teams.count(row.id)) for row in ownership.teams]
    agents = [
        _describe_agent(party, sources)
        for party in snapshot.parties.values()
        if isinstance(party, Agent)
    ]
    origin = sources.counting([party.path for party in snapshot.parties.values()])
    address = list_address("people")
    people, *more = split(rows, (row.id for row in rows), address, _SIZE)
    first_teams, *more_teams = _split_below("teams", teams, (each.row.id for each in teams))
    first_agents, *more_agents = _split_below("agents", agents, (each.id for each in agents))
    key = sources.keys.everything

    def plan(address: str, title: str, number: int, model: People) -> Output:
        return Output(
            address, key, partial(_make, address, name_part(title, number), model, origin)
        )

    names = _sort_names(snapshot) if len(rows) > _FEW else ()
    yield plan(address, _TITLE, 1, People(people, names, first_teams, first_agents))
    for part in more:
        yield plan(part.address, _TITLE, part.number, People(people=part))
    for team_part in more_teams:
        yield plan(team_part.address, "Teams", team_part.number, People(teams=team_part))
    for agent_part in more_agents:
        yield plan(agent_part.address, "Agents", agent_part.number, People(agents=agent_part))


def _sort_names(snapshot: Snapshot) -> tuple[str, ...]:
    people = [party for party in snapshot.parties.values() if isinstance(party, Person)]
    return tuple(each.id for each in sorted(people, key=lambda each: each.name.casefold()))


def _split_below(name: str, entries: Sequence[T], ids: Iterable[str]) -> list[Part[T]]:
    """Return the parts of a list whose first one stands on the first page of people."""
    parts = split(entries, ids, list_address(name), _SIZE)
    first = Link(f"{list_address('people')}#{name}", parts[0].pages[0].label)
    pages = (first, *parts[0].pages[1:])
    return [msgspec.structs.replace(part, pages=pages) for part in parts]


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


def _make(address: str, title: str, model: People, origin: Origin) -> Page:
    first = list_address("people")
    return Page(
        address=address,
        title=title,
        template="people.html",
        model=model,
        crumbs=(Link(first, _TITLE),) if address != first else (),
        section="people",
        origin=origin,
    )
