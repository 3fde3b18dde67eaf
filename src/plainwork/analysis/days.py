"""Days before and after others, up to the first and the last one that there are."""

from __future__ import annotations

from datetime import date

_LAST = date.max.toordinal()


def find_day(ordinal: int) -> date:
    """Return a day by its number; the first or the last one if there is none."""
    return date.fromordinal(min(max(ordinal, 1), _LAST))


def shift_day(day: date, days: int) -> date:
    """Return the day so many days later, or earlier if they are less than none."""
    return find_day(day.toordinal() + days)


def span_days(first: date, last: date) -> list[date]:
    """Return all days from the first to the last one."""
    return list(map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)))
