"""Lengths of time for people: short, and never more exact than they are."""

from __future__ import annotations

_MINUTE = 60
_HOUR = 3_600
_DAY = 86_400
_LONG = 10


def format_length(seconds: int | None, *, day: int = _DAY) -> str:
    """Return a length of time: ``3.5d``, ``14d``, ``2h``, ``5m``, ``0``; ``·`` for none.

    Args:
        seconds: How long it is.
        day: How many of them make a day.
    """
    if seconds is None:
        return "·"
    for size, unit in ((day, "d"), (_HOUR, "h"), (_MINUTE, "m")):
        if seconds >= size:
            number = seconds / size
            return (
                f"{number:.0f}{unit}"
                if number >= _LONG
                else f"{number:.1f}{unit}".replace(".0", "")
            )
    return "0" if seconds == 0 else "<1m"


def format_working(seconds: int | None) -> str:
    """Return a length of working time in hours: ``12h``, as workflows write it."""
    if seconds is None:
        return "·"
    return f"{_round(seconds / _HOUR)}bh" if seconds else "0"


def _round(number: float) -> str:
    return f"{number:,.0f}" if number >= _LONG else f"{number:.1f}".removesuffix(".0")
