"""The only module that asks what time it is."""

from datetime import date, datetime


def today(timezone: str) -> date:
    """Return the current date in a time zone, or in UTC if there is no such zone."""
    if timezone == "UTC":
        from datetime import UTC

        return datetime.now(UTC).date()
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return datetime.now(ZoneInfo(timezone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return today("UTC")


def now() -> datetime:
    """Return the current time, aware, in UTC."""
    from datetime import UTC

    return datetime.now(UTC)
