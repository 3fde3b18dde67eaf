"""Lengths of time for people: short, and never more exact than they are."""

from __future__ import annotations

_MINUTE = 60
_HOUR = 3_600
_DAY = 86_400
_LONG = 10


def format_length(seconds: int | None) -> str:
    """Return a length of time: ``3.5d``, ``14d``, ``2h``, ``5m``, ``0``; ``·`` for none."""
    if seconds is None:
        return "·"
    for size, unit in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "m")):
        if seconds >= size:
            return f"{_round(seconds / size)}{unit}"
    return "0" if seconds == 0 else "<1m"


def format_working(seconds: int | None) -> str:
    """Return a length of working time in hours: ``12h``, as workflows write it."""
    if seconds is None:
        return "·"
    return f"{_round(seconds / _HOUR)}bh" if seconds else "0"


def _round(number: float) -> str:
    return f"{number:,.0f}" if number >= _LONG else f"{number:.1f}".removesuffix(".0")
