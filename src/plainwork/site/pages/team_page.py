"""The page of a team or department: its work, its limits, its handoffs, and the teams below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from plainwork.analysis.handoffs import find_rejections
from plainwork.model.party import Team
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import CLOSED
from plainwork.site.groups import Group
from plainwork.site.pages.boards import board_address
from plainwork.site.pages.party_page import PartyPage
from plainwork.site.pictures.board import MOST_CARDS, render_board
from plainwork.site.pictures.weekly_load import render_weekly_load
from plainwork.site.sources import Sources
from plainwork.views.board import compute_board
from plainwork.views.handovers import Handovers
from plainwork.views.summary import WorkSummary, summarise
from plainwork.views.weekly_load import WeeklyLoad
from plainwork.views.wip import LimitedState


class Rejected(msgspec.Struct, frozen=True):
    """Work that a team was handed and does not take, and why."""

    work: WorkSummary
    reason: str


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


class TeamPage(PartyPage, frozen=True, kw_only=True):
    """What the page of a team or department shows beside that.

    Attributes:
        counts: How much work stands where.
        below: The same of the teams below it, at any distance.
        limits: Its states with a limit in which any work stands.
        handovers: Its work that stands with others, and theirs that stands here.
        rejected: Work that it was handed and does not take.
        load: Its people's load by week, and a picture of it.
        board: Where its board is, or ``""`` if it has no work; `board_picture` shows its top.
    """

    counts: TeamCounts
    below: tuple[TeamCounts, ...]
    limits: tuple[LimitedState, ...]
    handovers: Handovers
    rejected: tuple[Rejected, ...]
    load: WeeklyLoad
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
    load = sources.load_of(team.people)
    return TeamPage(
        **msgspec.structs.asdict(base),
        counts=_count(sources, team.id),
        below=tuple(_count(sources, each) for each in _find_below(team, snapshot)),
        limits=tuple(each for each in sources.limited_states if each.team.lower() == id_),
        handovers=sources.handovers.get(id_, Handovers()),
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


def _find_below(team: Team, snapshot: Snapshot) -> Sequence[str]:
    """Return the ids of the teams below a team, level by level; a team above itself but once."""
    found = {team.id.lower(): team.id}
    level = [team.id]
    while level:
        parents = set(map(str.lower, level))
        level = [
            each.id
            for each in snapshot.parties.values()
            if isinstance(each, Team)
            and each.parent.lower() in parents
            and each.id.lower() not in found
        ]
        found |= {id_.lower(): id_ for id_ in level}
    return list(found.values())[1:]


def _count(sources: Sources, id_: str) -> TeamCounts:
    group = sources.groups.teams.get(id_.lower())
    counts = Counter(group.headings) if group else Counter[str]()
    overdue = len(group.overdue.rows) if group and group.overdue else 0
    return TeamCounts(id_, counts, overdue, group)


def _draw_board(sources: Sources, team: Team, group: Group) -> str:
    board = compute_board(
        sources.snapshot,
        group.rows,
        today=sources.today,
        last_changed=sources.changes.last_changed,
        most=MOST_CARDS,
    )
    return render_board(board, title=f"Board of {team.name}")
