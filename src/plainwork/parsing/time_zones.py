"""Names of time zones, as the IANA database has them."""

from __future__ import annotations

from plainwork.parsing.near_match import did_you_mean


def time_zone_exists(name: str) -> bool:
    """Whether there is a time zone of a name."""
    if name == "UTC":  # exists where no database of time zones is installed, too
        return True
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # costs start-up time

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # no such file, no zone, a folder
        return False
    return True


def find_zone_hint(name: str) -> str:
    """Return what to write instead of a name that no time zone has."""
    from zoneinfo import available_timezones

    zones = available_timezones()
    if not zones:
        return "this machine has no time zones; install the package `tzdata`"
    return did_you_mean(name, zones) or "use a name such as Europe/Berlin, or UTC"
