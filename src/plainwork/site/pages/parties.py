"""The pages of people, teams and agents: what they have to do, and what they answer for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from plainwork.model.party import Agent, Party, Person, Team, kind_of_party
from plainwork.model.work import Work
from plainwork.model.workflow import CLOSED, Category
from plainwork.site.address import document_address, list_address
from plainwork.site.groups import Group
from plainwork.site.page import Link, Output, Page
from plainwork.site.pages.duties import describe_duties
from plainwork.site.pages.party_page import PartyPage
from plainwork.site.pages.team_page import describe_team
from plainwork.site.pictures.weekly_load import render_weekly_load
from plainwork.site.sources import Sources
from plainwork.views.found import Found, Picker
from plainwork.views.next_work import compute_next
from plainwork.views.shown_party import compute_shown_party
from plainwork.views.summary import WorkSummary, summarise
from plainwork.views.weekly_load import WeeklyLoad

_MOST = 15
_MOST_MADE = 15


class PersonPage(PartyPage, frozen=True, kw_only=True):
    """What the page of a person shows beside that.

    Attributes:
        work: All work for which they are accountable, or None.
        asked: Open work that they have asked for.
        load: Their load by week, without anybody if they have no work; and a picture of it.
    """

    work: Group | None
    asked: Found[WorkSummary]
    load: WeeklyLoad
    picture: str


class AgentPage(PartyPage, frozen=True, kw_only=True):
    """What the page of an agent shows beside that.

    Attributes:
        review: Work of its that waits for somebody to look at it.
        made: What it has finished, the latest first; at most 15 are described.
    """

    review: Found[WorkSummary]
    made: Found[WorkSummary]


def plan_parties(sources: Sources) -> Iterator[Output]:
    """Yield the page of every person, team and agent."""
    for party in sources.snapshot.parties.values():
        address = document_address(kind_of_party(party), party.id)
        make = partial(_make, sources, party, address)
        # What was offered to them history tells.
        yield Output(address, sources.keys.everything, make, of_past=True)


def _make(sources: Sources, party: Party, address: str) -> Page:
    work = sources.paths_of(sources.belonging[kind_of_party(party), party.id])
    return Page(
        address=address,
        title=party.name,
        template=f"{kind_of_party(party)}.html",
        model=_describe(sources, party),
        crumbs=(Link(list_address("people"), "People and teams"), *_find_above(party, sources)),
        section="people",
        origin=sources.origin_of((party.path, *work), party.path),
    )


def _find_above(party: Party, sources: Sources) -> Sequence[Link]:
    """Return the teams above a team, the highest first; one above itself but once."""
    found: dict[str, Link] = {}
    team = party if isinstance(party, Team) else None
    while team is not None and team.id.lower() not in found:
        found[team.id.lower()] = sources.directory.party(team.id)
        team = sources.snapshot.team(team.parent)
    return list(found.values())[:0:-1]


def _describe(sources: Sources, party: Party) -> PartyPage:
    snapshot, today, last_changed = sources.snapshot, sources.today, sources.changes.last_changed
    open_work = sources.open_work
    shown = compute_shown_party(  # what it does and owns is among what it has to do next
        party, snapshot, today=today, last_changed=last_changed, open_work=open_work, most=0
    )
    next_ = compute_next(
        snapshot,
        party,
        today=today,
        last_changed=last_changed,
        most=_MOST,
        open_work=open_work,
        offers=sources.offers.find_received(party.id),
    )
    pressing = sources.pressing.get(party.id.lower(), ())
    base = PartyPage(
        shown=shown,
        duties=describe_duties(shown, sources),
        next=next_,
        promises=Found(len(pressing), sources.clocks.promises.describe(pressing[:_MOST], today)),
    )
    match party:
        case Person():
            return _describe_person(sources, party, base)
        case Team():
            return describe_team(sources, party, base)
        case Agent():
            return _describe_agent(sources, party, base)


def _describe_person(sources: Sources, person: Person, base: PartyPage) -> PersonPage:
    snapshot, today, id_ = sources.snapshot, sources.today, person.id.lower()
    load = sources.load_of((person.id,))
    pick = Picker(sources.open_work.urgency, _MOST)
    return PersonPage(
        **msgspec.structs.asdict(base),
        work=sources.groups.owners.get(id_),
        asked=pick(
            sources.open_work.requested.get(id_, ()), lambda work: summarise(work, snapshot, today)
        ),
        load=load,
        picture=render_weekly_load(load, title=f"Load of {person.name}") if load.estimated else "",
    )


def _describe_agent(sources: Sources, agent: Agent, base: PartyPage) -> AgentPage:
    snapshot, today = sources.snapshot, sources.today
    works = sources.done_by.get(agent.id.lower(), ())

    def summary(work: Work) -> WorkSummary:
        return summarise(work, snapshot, today)

    pick = Picker(sources.open_work.urgency, _MOST)
    finished = [work for work in works if work.category in CLOSED]
    finished.sort(key=lambda work: str(sources.changes.last_changed(work)), reverse=True)
    return AgentPage(
        **msgspec.structs.asdict(base),
        review=pick((work for work in works if work.category is Category.WAITING), summary),
        made=Found(len(finished), tuple(map(summary, finished[:_MOST_MADE]))),
    )
