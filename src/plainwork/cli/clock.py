"""The only module that asks what time it is."""

from datetime import UTC, date, datetime, tzinfo


def find_zone(name: str) -> tzinfo:
    """Return the time zone of a name, or UTC if there is no such zone."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def today(timezone: str) -> date:
    """Return the current date in a time zone, or in UTC if there is no such zone."""
    return datetime.now(find_zone(timezone)).date()


def now() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(UTC)
