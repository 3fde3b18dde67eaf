"""What happened day by day: throughput, work in progress, and the cumulative flow diagram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
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
    counts = [[0] * period.length for _ in range(_COLUMNS)]
    start = period.start
    for timeline in timelines:
        reached, dropped = 0, False
        for stay in timeline.stays:
            # What lies before the period had happened when it began.
            at = period.find_position(stay.start) if stay.start > start else 0
            rank = _RANKS.get(stay.category, -1)
            while reached <= rank:
                counts[reached][at] += 1
                reached += 1
            if stay.category == Category.DROPPED and not dropped:
                counts[_DROPPED][at] += 1
                dropped = True
            if stay.category in IN_PROGRESS:
                counts[_IN_PROGRESS][at] += 1
                if stay.end is not None:
                    left = period.find_position(stay.end) if stay.end > start else 0
                    counts[_IN_PROGRESS][left] -= 1
    done = Counter(item.finished.date() for item in finished if item.finished)
    rows = zip(*map(accumulate, counts), [done[day] for day in period.days()], strict=True)
    return tuple(FlowDay(day, *row) for day, row in zip(period.days(), rows, strict=True))


_RANKS: dict[str, int] = {category.value: rank for rank, category in enumerate(REACHED)}
_DROPPED = len(REACHED)
_IN_PROGRESS = _DROPPED + 1
_COLUMNS = _IN_PROGRESS + 1


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
