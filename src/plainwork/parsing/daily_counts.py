"""A plain file of daily counts: whole numbers between blanks and ends of lines, one a day."""

from __future__ import annotations

import re

from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.parsing.fences import BYTE_ORDER_MARK
from plainwork.parsing.scalars import shorten
from plainwork.parsing.source_text import decode_text

_WORD = re.compile(r"\S+")
_RULE = "daily-counts"
_HINT = "write a whole number for each day, the oldest first, between blanks or on lines"


def parse_daily_counts(path: str, data: bytes, most: int) -> tuple[int, ...] | Diagnostic:
    """Read the counts of a file.

    Args:
        path: For the diagnostic.
        data: The file's bytes.
        most: The highest count that is believed.

    Returns:
        The counts in their order, one at least, or the first thing that is wrong.
    """
    text = decode_text(path, data)
    if isinstance(text, Diagnostic):
        return text
    counts: list[int] = []
    # Lines as editors count them: `splitlines` also breaks at characters that nobody sees.
    for number, line in enumerate(text.removeprefix(BYTE_ORDER_MARK).split("\n"), start=1):
        for match in _WORD.finditer(line):
            count = _read(match[0], most)
            if count is None:
                message = f"`{shorten(match[0])}` is no count from 0 to {most:,}"
                place = Location(path, number, match.start() + 1)
                return Diagnostic(place, _RULE, Severity.ERROR, message, _HINT)
            counts.append(count)
    if not counts:
        return Diagnostic(Location(path), _RULE, Severity.ERROR, "there is no count in it", _HINT)
    return tuple(counts)


def _read(word: str, most: int) -> int | None:
    if not (word.isascii() and word.isdecimal()) or len(word) > len(str(most)):
        return None
    return int(word) if int(word) <= most else None
