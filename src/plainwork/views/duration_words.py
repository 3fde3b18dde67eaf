"""Durations as people say them."""

import re

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(m|h|d|w|bh|bd)")
_UNITS = {
    "m": "minute",
    "h": "hour",
    "d": "day",
    "w": "week",
    "bh": "working hour",
    "bd": "working day",
}


def describe_duration(text: str) -> str:
    """Return a duration as a document writes it, such as ``3bd``, in words; others as they are."""
    found = _DURATION.fullmatch(text)
    if not found:
        return text
    amount, unit = found.groups()
    words = _UNITS[unit]
    return f"{amount} {words}" if amount == "1" else f"{amount} {words}s"
