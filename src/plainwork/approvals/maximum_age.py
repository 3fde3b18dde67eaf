"""Whether an approval is too old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from plainwork.analysis.team_calendar import find_calendar
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_duration


def is_expired(
    given: datetime,
    limit: str,
    now: datetime,
    snapshot: Snapshot,
    day_of: Callable[[datetime], date],
) -> bool:
    """Return whether an approval has ended; a limit that cannot be read has ended.

    Args:
        given: When it was given, by the server's clock.
        limit: ``14d``, or business time on the workspace's calendar, which ends with its day.
        now: The time of the decision.
        snapshot: The workspace.
        day_of: The day of a moment.
    """
    duration = parse_duration(limit)
    if duration is None:
        return True
    calendar = find_calendar(snapshot)
    if duration.business:
        return day_of(now) > calendar.add_to_date(day_of(given), duration)
    return now > calendar.add(given, duration)
