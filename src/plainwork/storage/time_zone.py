"""Time zones by name, as the system or its package knows them."""

from datetime import UTC, tzinfo


def find_zone(name: str) -> tzinfo:
    """Return the time zone of a name, or UTC if there is no such zone."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
