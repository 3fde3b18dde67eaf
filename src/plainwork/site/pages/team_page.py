"""The page of a team or department: its work, its limits, its handoffs, and the teams below it."""

from __future__ import annotations

import msgspec

from plainwork.analysis.handoffs import find_rejections
from plainwork.model.party import Team
from plainwork.site.groups import Group
from plainwork.site.pages.boards import board_address
from plainwork.site.pages.party_page import PartyPage
from plainwork.site.pictures.board import MOST_CARDS, render_board
from plainwork.site.pictures.weekly_load import render_weekly_load
from plainwork.site.sources import Sources
from plainwork.site.team_counts import TeamCounts
from plainwork.views.board import compute_board
from plainwork.views.found import Found
from plainwork.views.handovers import Handovers
from plainwork.views.offered import OfferedWork
from plainwork.views.summary import WorkSummary, summarise
from plainwork.views.weekly_load import WeeklyLoad
from plainwork.views.wip import LimitedState

_MOST_OFFERS = 15
_MOST_LOADS = 12
"""Those who have too much come first; longer tables nobody reads to their end."""


class Rejected(msgspec.Struct, frozen=True):
    """Work that a team was handed and does not take, and why."""

    work: WorkSummary
    reason: str


class TeamPage(PartyPage, frozen=True, kw_only=True):
    """What the page of a team or department shows beside that.

    Attributes:
        counts: How much work stands where.
        below: The same of the teams below it, at any distance.
        limits: Its states with a limit in which any work stands.
        handovers: Its work that stands with others, and theirs that stands here.
        rejected: Work that it was handed and does not take.
        offered: What it has offered to others, who have not answered.
        load: Its people's load by week, at most of 12 of them, and a picture of it.
        load_left_out: Of how many more people there is a load.
        board: Where its board is, or ``""`` if it has no work; `board_picture` shows its top.
    """

    counts: TeamCounts
    below: tuple[TeamCounts, ...]
    limits: tuple[LimitedState, ...]
    handovers: Handovers
    rejected: tuple[Rejected, ...]
    offered: Found[OfferedWork]
    load: WeeklyLoad
    load_left_out: int
    picture: str
    board: str
    board_picture: str


def describe_team(sources: Sources, team: Team, base: PartyPage) -> TeamPage:
    """Return what the page of a team shows.

    Args:
        sources: What the site is made from.
        team: The team.
        base: What the page of any party shows.
    """
    snapshot, today, id_ = sources.snapshot, sources.today, team.id.lower()
    group = sources.groups.teams.get(id_)
    works = [snapshot.works[row] for row in group.rows] if group else []
    rejections = find_rejections(snapshot)
    whole = sources.load_of(team.people)
    load = msgspec.structs.replace(whole, people=whole.people[:_MOST_LOADS])
    return TeamPage(
        **msgspec.structs.asdict(base),
        counts=sources.teams.count(team.id),
        below=tuple(sources.teams.below(team.id)),
        limits=sources.limits.get(id_, ()),
        handovers=sources.handovers.get(id_, Handovers()),
        rejected=tuple(
            Rejected(summarise(work, snapshot, today), rejections[work.id.lower()].reason)
            for work in works
            if work.id.lower() in rejections
        ),
        offered=sources.offers.find_given(team.id, _MOST_OFFERS),
        load=load,
        load_left_out=len(whole.people) - len(load.people),
        picture=render_weekly_load(load) if whole.estimated else "",
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
