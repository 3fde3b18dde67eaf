"""The timeline: when work begins and is due, what it waits for, and where today is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from plainwork.analysis.days import shift_day
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.summary import WorkSummary, summarise

MOST_BARS = 50
_LINKS_PER_BAR = 2
_REACH = 731
"""Days before and after today that are shown at most: one wrong year must not flatten the rest."""


class TimelineBar(msgspec.Struct, frozen=True):
    """When a work goes on.

    Attributes:
        first: The first day shown; the same as ``last`` if only one day is known.
        last: The last day shown.
        begun: Whether it began before the first day that is shown.
        goes_on: Whether it ends later than is shown, or nobody says when.
    """

    work: WorkSummary
    first: date
    last: date
    begun: bool = False
    goes_on: bool = False


class TimelineLink(msgspec.Struct, frozen=True):
    """That one work waits for another.

    Attributes:
        source: The place of the bar that is waited for.
        target: The place of the bar that waits.
        type: ``FS``, ``SS``, ``FF`` or ``SF``: which end waits for which.
        broken: Whether the days contradict it, a lag left out.
    """

    source: int
    target: int
    type: str
    broken: bool


class Timeline(msgspec.Struct, frozen=True):
    """Works along the days.

    Attributes:
        first: The first day that is shown, and ``last`` the last; today lies between them.
        bars: In order of their days.
        links: What waits for what, of the bars that are shown.
        left_out: How many works have days but are not shown: there are too many.
        outside: How many lie more than two years away.
        undated: How many have neither a start nor a due day.
        links_left_out: How many links are not shown.
    """

    today: date
    first: date
    last: date
    bars: tuple[TimelineBar, ...]
    links: tuple[TimelineLink, ...] = ()
    left_out: int = 0
    outside: int = 0
    undated: int = 0
    links_left_out: int = 0


def find_landmarks(snapshot: Snapshot) -> list[Work]:
    """Return the projects and milestones: what a timeline of the whole workspace shows."""
    works = snapshot.works
    kinds = zip(works.columns["kind"], works.columns["workflow"], strict=True)
    return [
        works[row]
        for row, (kind, workflow) in enumerate(kinds)
        if kind == "project" or workflow.lower() == "milestone"
    ]


def compute_timeline(
    works: Iterable[Work], snapshot: Snapshot, *, today: date, most: int = MOST_BARS
) -> Timeline:
    """Lay works along the days.

    Args:
        works: Which; routines have no days of their own and are passed over.
        snapshot: The workspace.
        today: The day of the question.
        most: How many are shown: open ones before closed ones, what is due first before the rest.
    """
    reach = shift_day(today, -_REACH), shift_day(today, _REACH)
    dated, undated = [], 0
    for work in works:
        if work.kind != "routine":
            days = _find_days(work, today)
            if days is None:
                undated += 1
            else:
                dated.append(_Span(work, days, reach))
    near = [span for span in dated if span.first <= span.last]
    near.sort(key=lambda span: (not span.work.open, span.last, span.work.row))
    shown = sorted(near[:most], key=lambda span: (span.first, span.last, span.work.row))
    links, more = _find_links(shown, snapshot, most * _LINKS_PER_BAR)
    return Timeline(
        today=today,
        first=min((span.first for span in shown), default=today),
        last=max((span.last for span in shown), default=today),
        bars=tuple(span.draw(snapshot, today) for span in shown),
        links=links,
        left_out=len(near) - len(shown),
        outside=len(dated) - len(near),
        undated=undated,
        links_left_out=more,
    )


def _find_days(work: Work, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of a work that are known, or None."""
    start, due = work.start, work.due
    if start is None:
        return (due, due) if due is not None else None
    if due is None:
        # What has begun and is not finished goes on at least until today.
        due = max(start, today) if work.open else start
    return (start, due) if start <= due else (due, start)


class _Span:
    """The days of a work, and those of them within reach of today: ``first`` to ``last``.

    What lies outside of that has a first day after the last one.
    """

    def __init__(self, work: Work, days: tuple[date, date], reach: tuple[date, date]) -> None:
        self.work = work
        self.days = days
        self.first = max(days[0], reach[0])
        self.last = min(days[1], reach[1])

    def draw(self, snapshot: Snapshot, today: date) -> TimelineBar:
        endless = self.work.open and self.work.due is None
        return TimelineBar(
            work=summarise(self.work, snapshot, today),
            first=self.first,
            last=self.last,
            begun=self.days[0] < self.first,
            goes_on=endless or self.days[1] > self.last,
        )


def _find_links(
    spans: Sequence[_Span], snapshot: Snapshot, most: int
) -> tuple[tuple[TimelineLink, ...], int]:
    found = tuple(_links(spans, snapshot))
    return found[:most], max(len(found) - most, 0)


def _links(spans: Sequence[_Span], snapshot: Snapshot) -> Iterator[TimelineLink]:
    places = {span.work.row: place for place, span in enumerate(spans)}
    for target, span in enumerate(spans):
        ends: dict[tuple[int, str], None] = {}
        for dependency in span.work.depends_on:
            other = snapshot.work(dependency.on)
            source = places.get(other.row) if other is not None else None
            if source is not None and source != target:
                ends[source, dependency.type] = None
        for source, kind in ends:
            broken = span.work.open and _is_broken(kind, spans[source], span)
            yield TimelineLink(source, target, kind, broken)


def _is_broken(kind: str, source: _Span, target: _Span) -> bool:
    before = source.days[0] if kind in {"SS", "SF"} else source.days[1]
    after = target.days[0] if kind in {"FS", "SS"} else target.days[1]
    return after < before
