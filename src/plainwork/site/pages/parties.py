"""The pages of people, teams and agents: what they have to do, and what they answer for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from plainwork.analysis.handoffs import find_rejections
from plainwork.model.party import Agent, Party, Person, Team, kind_of_party
from plainwork.model.workflow import CLOSED, Category
from plainwork.site.address import document_address, list_address
from plainwork.site.groups import Group
from plainwork.site.page import Link, Output, Page
from plainwork.site.pages.boards import board_address
from plainwork.site.pictures.board import MOST_CARDS, render_board
from plainwork.site.pictures.weekly_load import render_weekly_load
from plainwork.site.sources import Sources
from plainwork.views.board import compute_board
from plainwork.views.next_work import NextWork, compute_next
from plainwork.views.shown_party import ShownParty, compute_shown_party
from plainwork.views.summary import Urgency, WorkSummary, summarise
from plainwork.views.weekly_load import WeeklyLoad
from plainwork.views.wip import OverLimit, find_over_limits

_MOST = 25
_MOST_MADE = 25


class PartyPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of any party shows.

    Attributes:
        shown: Its place, and its duties.
        next: What it has to do, and what waits for it.
        all_work: Where all of its work is listed, or ``""``.
    """

    shown: ShownParty
    next: NextWork
    all_work: str


class Rejected(msgspec.Struct, frozen=True):
    """Work that a team was handed and does not take, and why."""

    work: WorkSummary
    reason: str


class StateCount(msgspec.Struct, frozen=True):
    """How much work stands in a category, and where it is listed."""

    category: str
    count: int
    address: str


class TeamPage(PartyPage, frozen=True, kw_only=True):
    """What the page of a team or department shows beside that.

    Attributes:
        counts: How much work stands where.
        limits: States over their limit.
        handed: Open work that stands in a state for which this team is responsible, while it is
            another team's work: what was handed over to it.
        rejected: Such work that it does not take.
        load: Its people's load by week, and a picture of it.
        board: Where its board is, or ``""`` if it has no work; `board_picture` shows its top.
    """

    counts: tuple[StateCount, ...]
    limits: tuple[OverLimit, ...]
    handed: tuple[WorkSummary, ...]
    rejected: tuple[Rejected, ...]
    load: WeeklyLoad
    picture: str
    board: str
    board_picture: str


class AgentPage(PartyPage, frozen=True, kw_only=True):
    """What the page of an agent shows beside that.

    Attributes:
        review: Work of its that waits for somebody to look at it.
        made: What it has finished, the latest first; at most 25.
    """

    review: tuple[WorkSummary, ...]
    made: tuple[WorkSummary, ...]


def plan_parties(sources: Sources) -> Iterator[Output]:
    """Yield the page of every person, team and agent."""
    for party in sources.snapshot.parties.values():
        address = document_address(kind_of_party(party), party.id)
        yield Output(address, sources.keys.everything, partial(_make, sources, party, address))


def _make(sources: Sources, party: Party, address: str) -> Page:
    return Page(
        address=address,
        title=party.name,
        template=f"{kind_of_party(party)}.html",
        model=_describe(sources, party),
        crumbs=(Link(list_address("people"), "People and teams"),),
        section="people",
        edit=sources.edit.of(party.path),
        changed=sources.changes.latest((party.path,)),
    )


def _describe(sources: Sources, party: Party) -> PartyPage:
    snapshot, today, last_changed = sources.snapshot, sources.today, sources.changes.last_changed
    open_work = sources.open_work
    shown = compute_shown_party(
        party, snapshot, today=today, last_changed=last_changed, open_work=open_work
    )
    next_ = compute_next(
        snapshot,
        party,
        today=today,
        last_changed=last_changed,
        most=_MOST,
        open_work=open_work,
    )
    match party:
        case Person():
            group = sources.groups.owners.get(party.id.lower())
            return PartyPage(shown=shown, next=next_, all_work=group.address if group else "")
        case Team():
            return _describe_team(sources, party, shown, next_)
        case Agent():
            return _describe_agent(sources, party, shown, next_)


def _describe_team(sources: Sources, team: Team, shown: ShownParty, next_: NextWork) -> TeamPage:
    snapshot, today, id_ = sources.snapshot, sources.today, team.id.lower()
    group = sources.groups.teams.get(id_)
    works = [snapshot.works[row] for row in group.rows] if group else []
    rejections = find_rejections(snapshot)
    people = {person.lower() for person in team.people}
    load = msgspec.structs.replace(
        sources.load,
        people=tuple(each for each in sources.load.people if each.id.lower() in people),
    )
    return TeamPage(
        shown=shown,
        next=next_,
        all_work=group.address if group else "",
        counts=tuple(_count(group)) if group else (),
        limits=tuple(each for each in find_over_limits(snapshot) if each.team.lower() == id_),
        handed=tuple(
            summarise(work, snapshot, today)
            for work in works
            if work.open and (state := snapshot.state(work)) is not None and state.team
        )[:_MOST],
        rejected=tuple(
            Rejected(summarise(work, snapshot, today), rejections[work.id.lower()].reason)
            for work in works
            if work.id.lower() in rejections
        ),
        load=load,
        picture=render_weekly_load(load) if load.people else "",
        board=board_address("team", id_) if group else "",
        board_picture=_draw_board(sources, team, group) if group else "",
    )


def _draw_board(sources: Sources, team: Team, group: Group) -> str:
    board = compute_board(
        sources.snapshot,
        group.rows,
        today=sources.today,
        last_changed=sources.changes.last_changed,
        most=MOST_CARDS,
    )
    return render_board(board, title=f"Board of {team.name}")


def _count(group: Group) -> Iterator[StateCount]:
    for category in Category:
        count = sum(heading == category for heading in group.headings)
        if count:
            yield StateCount(category.value, count, group.find(category.value))


def _describe_agent(
    sources: Sources, agent: Agent, shown: ShownParty, next_: NextWork
) -> AgentPage:
    snapshot, today = sources.snapshot, sources.today
    columns, id_ = snapshot.works.columns, agent.id.lower()
    works = [
        snapshot.works[row]
        for row, assignees in enumerate(columns["assignees"])
        if any(id_ == each.lower() for each in assignees)
    ]
    urgency = Urgency(snapshot, sources.changes.last_changed)
    waiting = [work for work in works if work.category is Category.WAITING]
    finished = [work for work in works if work.category in CLOSED]
    finished.sort(key=lambda work: str(sources.changes.last_changed(work)), reverse=True)
    return AgentPage(
        shown=shown,
        next=next_,
        all_work="",
        review=tuple(summarise(work, snapshot, today) for work in urgency.sort(waiting, _MOST)),
        made=tuple(summarise(work, snapshot, today) for work in finished[:_MOST_MADE]),
    )
