"""What work waits for, and what passes from team to team: where time is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

import msgspec

from plainwork.flow.friction import Friction, FrictionRow
from plainwork.flow.handoffs import Handoffs
from plainwork.site.address import list_address
from plainwork.site.directory import Directory
from plainwork.site.page import Link, Output, Page
from plainwork.site.pages.handoff_matrix import HandoffMatrix, compute_matrix
from plainwork.site.past import Past
from plainwork.site.pictures.ranked_bars import RankedBar, render_ranked_bars
from plainwork.site.sources import Sources
from plainwork.site.text import format_span

_MOST = 6
"""Rows of a ranking: what comes behind them changes little."""


class Rankings(msgspec.Struct, frozen=True):
    """Pictures of what was waited for as SVG; ``""`` of what there is nothing of."""

    states: str
    teams: str
    approvers: str
    blockers: str


class WaitingPage(msgspec.Struct, frozen=True):
    """Where time is lost.

    Attributes:
        since: The first day that counts, and `until` the last.
        commit: The last commit that was read.
        friction: What was waited for.
        handoffs: What passed from team to team; `matrix` is the same as a table of teams.
    """

    since: date
    until: date
    commit: str
    friction: Friction
    pictures: Rankings
    handoffs: Handoffs
    matrix: HandoffMatrix


def plan_waiting(sources: Sources, key: bytes) -> Iterator[Output]:
    """Yield the page; it is made of what the other pages about the past are made of."""
    yield Output(list_address("waiting"), key, partial(_make, sources), precise=True, of_past=True)


def _make(sources: Sources) -> Page:
    past = sources.whole_past
    return Page(
        address=list_address("waiting"),
        title="What work waits for",
        template="waiting.html" if isinstance(past, Past) else "no_flow.html",
        model=_describe(past, sources) if isinstance(past, Past) else past,
        crumbs=(Link(list_address("flow"), "Flow"),),
        section="flow",
        origin=sources.whole,
    )


def _describe(past: Past, sources: Sources) -> WaitingPage:
    return WaitingPage(
        since=past.flow.since,
        until=past.flow.until,
        commit=past.flow.commit,
        friction=past.friction,
        pictures=_render(past.friction, sources.directory),
        handoffs=past.handoffs,
        matrix=compute_matrix(past.handoffs),
    )


def _render(friction: Friction, directory: Directory) -> Rankings:
    several = len({row.workflow.lower() for row in friction.states}) > 1

    def state(row: FrictionRow) -> str:
        label = directory.state(row.name, row.workflow)
        return f"{label}, {directory.workflow(row.workflow).label}" if several else label

    def party(row: FrictionRow) -> str:
        return " or ".join(each.label for each in directory.asked(row.name))

    def blocker(row: FrictionRow) -> str:
        return directory.title(row.name) if row.work else row.name

    return Rankings(
        states=_rank("States", friction.states, map(state, friction.states)),
        teams=_rank("Teams", friction.teams, map(party, friction.teams)),
        approvers=_rank("Approvers", friction.approvers, map(party, friction.approvers)),
        blockers=_rank("Blockers", friction.blockers, map(blocker, friction.blockers)),
    )


def _rank(title: str, rows: Sequence[FrictionRow], labels: Iterable[str]) -> str:
    """Return what was waited for as bars, each as long as its part of the longest."""
    if not rows:
        return ""
    most = max(row.waits.total for row in rows) or 1
    bars = [
        RankedBar(label, _say_waits(row), row.waits.total / most)
        for label, row in zip(labels, rows[:_MOST], strict=False)
    ]
    return render_ranked_bars(bars, name=f"waits-{title.lower()}", title=f"Waiting: {title}")


def _say_waits(row: FrictionRow) -> str:
    times = "once" if row.waits.count == 1 else f"{row.waits.count} times"
    return f"{format_span(row.waits.total)}, {times}"
