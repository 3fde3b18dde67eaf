"""The only module that asks what time it is."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from plainwork.storage.time_zone import find_zone

__all__ = ["end_of", "find_zone", "now", "today"]


def today(timezone: str) -> date:
    """Return the current date in a time zone, or in UTC if there is no such zone."""
    return datetime.now(find_zone(timezone)).date()


def now() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(UTC)


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the moment that counts where a day is given: its end, when all of it has happened."""
    # Of the last day of all, Python cannot tell the moment in every zone.
    return datetime.combine(min(day, date.max - timedelta(days=1)), time.max, zone)
