"""The only module that asks what time it is."""

from datetime import UTC, date, datetime

from plainwork.storage.time_zone import find_zone

__all__ = ["find_zone", "now", "today"]


def today(timezone: str) -> date:
    """Return the current date in a time zone, or in UTC if there is no such zone."""
    return datetime.now(find_zone(timezone)).date()


def now() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(UTC)
