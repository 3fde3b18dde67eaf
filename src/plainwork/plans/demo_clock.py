"""At what time of a working day the example organisation commits."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32

import msgspec

_MORNING, _EVENING = 8 * 3600 + 600, 16 * 3600 + 3000
# On the last day early, so that whoever makes the example meets no commit of the future.
_DAWN, _BREAKFAST = 6 * 3600 + 1200, 7 * 3600 + 1800
_SUMMER_TIME, _WINTER_TIME = 120, 60
_SUNDAY = 6


class Times(msgspec.Struct, frozen=True):
    """When a change was committed and when it was merged, in seconds since 1970 (UTC)."""

    committed: int
    merged: int


def compute_times(day: date, seeds: Sequence[str], *, last: bool) -> list[Times]:
    """Return the times of a day's changes, in order, spread over the working day.

    Args:
        day: The day, in Central Europe.
        seeds: A text a change; the same text always gives the same hour within its share.
        last: Whether the history ends on this day.
    """
    opens, closes = (_DAWN, _BREAKFAST) if last else (_MORNING, _EVENING)
    share = (closes - opens) // max(len(seeds), 1)
    midnight = int(datetime.combine(day, time(), UTC).timestamp()) - 60 * compute_utc_offset(day)
    times = []
    for position, seed in enumerate(seeds):
        begins = midnight + opens + position * share
        chance = crc32(seed.encode()) % (share // 2)
        times.append(Times(begins + chance // 2, begins + share // 3 + chance))
    return times


def compute_utc_offset(day: date) -> int:
    """Return how far Central Europe is ahead of UTC by day, in minutes (Directive 2000/84/EC)."""
    summer = _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)
    return _SUMMER_TIME if summer else _WINTER_TIME


def _last_sunday(year: int, month: int) -> date:
    """Return the last Sunday of a month of 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() - _SUNDAY) % 7)
