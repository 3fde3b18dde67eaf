"""The days of the coming year on which routines recur, month by month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.calendar_days import find_days, list_months

_MONTHS = 12


class RoutineMonths(msgspec.Struct, frozen=True):
    """A routine, and the days of each month on which it recurs."""

    id: str
    months: tuple[tuple[date, ...], ...]


class RoutineYear(msgspec.Struct, frozen=True):
    """Twelve months, that of today first.

    Attributes:
        months: The first day of each.
        routines: Those that recur at all in them, from today on.
    """

    months: tuple[date, ...]
    routines: tuple[RoutineMonths, ...]


def compute_routine_year(
    routines: Iterable[Work], snapshot: Snapshot, *, today: date
) -> RoutineYear:
    """Compute the year of some routines; those that are closed recur no more.

    Args:
        routines: In the order in which they are shown.
        snapshot: The workspace.
        today: The day of the question.
    """
    months = tuple(list_months(today, _MONTHS + 1))
    end = months[-1] - timedelta(days=1) if len(months) > _MONTHS else date.max
    months, found = months[:_MONTHS], []
    for routine in routines:
        days = sorted(set(find_days(routine, snapshot, today, end))) if routine.open else []
        if days:
            by_month = tuple(
                tuple(day for day in days if (day.year, day.month) == (month.year, month.month))
                for month in months
            )
            found.append(RoutineMonths(routine.id, by_month))
    return RoutineYear(months, tuple(found))
