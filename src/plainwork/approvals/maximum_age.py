"""Until when an approval stands, and what else ends on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from plainwork.analysis.team_calendar import find_calendar
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_duration

_NO_END = datetime.max.replace(tzinfo=UTC)


def find_end(given: datetime, limit: str, snapshot: Snapshot, zone: tzinfo) -> datetime | None:
    """Return the last moment, in UTC, at which an approval stands; None: the limit cannot be read.

    Args:
        given: When it was given, by the server's clock.
        limit: ``14d``, or business time on the workspace's calendar, which ends with its day.
        snapshot: The workspace.
        zone: Its time zone.
    """
    duration = parse_duration(limit)
    if duration is None:
        return None
    calendar = find_calendar(snapshot)
    if duration.business:
        return end_of(calendar.add_to_date(given.astimezone(zone).date(), duration), zone)
    return _in_utc(calendar.add(given, duration))


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the last moment of a day in a time zone, in UTC."""
    return _in_utc(datetime.combine(day, time.max, zone))


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # on the last day of all
        return _NO_END
