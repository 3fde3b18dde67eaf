"""How many columns a text fills on a terminal, and texts cut and padded to so many."""

import re
from functools import cache

ELLIPSIS = "…"

# What most texts are made of: ASCII, Latin, Greek, Cyrillic, typographic quotes and dashes,
# signs of currencies. Looked at by one search in C instead of by character.
_NOT_NARROW = re.compile("[^\0-\u02ff\u0370-\u0482\u2010-\u2027\u20a0-\u20bf]")


def is_narrow(text: str) -> bool:
    """Tell whether each printable character surely fills one column."""
    return text.isascii() or not _NOT_NARROW.search(text)


def display_width(text: str) -> int:
    """Return the number of columns that one line of printable text fills.

    East Asian wide and full-width characters fill two (Unicode Standard Annex 11), combining
    marks and joiners none.
    """
    return len(text) if is_narrow(text) else sum(map(_character_width, text))


def cut(text: str, width: int) -> str:
    """Return a text that fills at most `width` columns; what is cut off becomes ``…``."""
    if display_width(text) <= width:
        return text
    return f"{text[: _fitting(text, width - 1)]}{ELLIPSIS}" if width > 0 else ""


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return a text that fills at least `width` columns, aligned left, or right."""
    blanks = " " * (width - display_width(text))
    return f"{blanks}{text}" if right else f"{text}{blanks}"


def _fitting(text: str, width: int) -> int:
    """Return how many characters of a text, from its start, fit into `width` columns."""
    used = 0
    for count, character in enumerate(text):
        used += _character_width(character)
        if used > width:
            return count
    return len(text)


@cache
def _character_width(character: str) -> int:
    import unicodedata

    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
