"""What happened day by day: throughput, work in progress, and the cumulative flow diagram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate

import msgspec

from plainwork.flow.items import StartedItem
from plainwork.flow.period import Period, find_monday
from plainwork.flow.timelines import Timeline
from plainwork.model.workflow import IN_PROGRESS, Category

REACHED = (Category.PROPOSED, Category.READY, Category.ACTIVE, Category.WAITING, Category.DONE)
"""What work passes, in order; dropping it reaches none of them."""


class FlowDay(msgspec.Struct, frozen=True):
    """One day.

    The six after it count all items that had, by its end, ever reached at least this category (of
    ``dropped``: been dropped), so that they never fall.

    Attributes:
        in_progress: How many items were active or waiting at its end.
        finished: How many were finished on it.
    """

    day: date
    proposed: int
    ready: int
    active: int
    waiting: int
    done: int
    dropped: int
    in_progress: int
    finished: int


class FlowWeek(msgspec.Struct, frozen=True):
    """The part of a week that lies in the period.

    Attributes:
        monday: The day on which the week begins.
        days: How many of its days count.
        finished: How many items were finished.
        works: Their ids, the latest first.
    """

    monday: date
    days: int
    finished: int
    works: tuple[str, ...]


def compute_days(
    timelines: Sequence[Timeline], finished: Iterable[StartedItem], period: Period
) -> tuple[FlowDay, ...]:
    """Return each day of a period.

    Args:
        timelines: The items, as far as they had got at its end.
        finished: Those that were finished in it.
        period: The days.
    """
    entries = [Counter[int]() for _ in range(len(REACHED) + 1)]
    changes = Counter[int]()
    starts = _Starts(period)
    for timeline in timelines:
        for rank, time in enumerate(_first_entries(timeline)):
            if time is not None:
                entries[rank][starts.position(time)] += 1
        for stay in timeline.stays:
            if stay.category in IN_PROGRESS:
                changes[starts.position(stay.start)] += 1
                if stay.end is not None:
                    changes[starts.position(stay.end)] -= 1
    done = Counter(item.finished.date() for item in finished if item.finished)
    columns = [list(_add_up(counts, period.length)) for counts in (*entries, changes)]
    columns.append([done[day] for day in period.days()])
    rows = zip(*columns, strict=True)
    return tuple(FlowDay(day, *row) for day, row in zip(period.days(), rows, strict=True))


def compute_weeks(finished: Iterable[StartedItem], period: Period) -> tuple[FlowWeek, ...]:
    """Return the weeks of a period, those without anything too."""
    days = Counter(map(find_monday, period.days()))
    works: dict[date, list[str]] = {}
    for item in finished:
        if item.finished is not None:
            works.setdefault(find_monday(item.finished.date()), []).append(item.work)
    return tuple(
        FlowWeek(monday, count, len(works.get(monday, ())), tuple(works.get(monday, ())))
        for monday, count in days.items()
    )


def _add_up(counts: Counter[int], length: int) -> Iterator[int]:
    return accumulate(counts[position] for position in range(length))


class _Starts:
    """Finds the position of a moment's day in a period; what lies before counts on the first."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._start = period.start

    def position(self, time: int) -> int:
        if time < self._start:
            return 0
        return (self._period.find_day(time) - self._period.since).days


def _first_entries(timeline: Timeline) -> list[int | None]:
    """Return when work first reached at least each category, and was first dropped."""
    found: list[int | None] = [None] * (len(REACHED) + 1)
    reached = 0
    for stay in timeline.stays:
        if stay.category == Category.DROPPED:
            found[-1] = stay.start if found[-1] is None else found[-1]
        elif stay.category:
            rank = _RANKS[stay.category]
            found[reached : rank + 1] = [stay.start] * max(rank + 1 - reached, 0)
            reached = max(reached, rank + 1)
    return found


_RANKS: dict[str, int] = {category.value: rank for rank, category in enumerate(REACHED)}
