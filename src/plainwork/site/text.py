"""Texts as people can read them.

Hostile ones are made inert: what does not print is shown, so that it can neither hide nor turn.
"""

from __future__ import annotations

import re
from unicodedata import category

_KEPT = frozenset("\t\n\r\u200c\u200d")
"""Blanks, and the joiners that some scripts and emoji need."""

_LONGEST = 160
"""Characters of a title in a list; its own page shows all of it."""

_PLAIN = re.compile(r"[\t\n\r -~]*")
"""Most bodies: told faster than by a table of all characters."""

_WITHOUT_BLANKS = dict.fromkeys(map(ord, _KEPT))


def show_invisible(text: str) -> str:
    r"""Return a text in which control and bidirectional characters are shown as ``\u202e``.

    What the escaping of HTML leaves alone would otherwise turn the reading direction of what
    follows, or stand where nobody sees it.
    """
    if text.isprintable() or _PLAIN.fullmatch(text):
        return text
    if text.translate(_WITHOUT_BLANKS).isprintable():
        return text
    return "".join(map(_show, text))


def _show(character: str) -> str:
    if character.isprintable() or character in _KEPT or category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode()


def one_line(text: str) -> str:
    """Return a text as a line, for formats in which lines mean something."""
    return " ".join(show_invisible(text).split())


def shorten(text: str) -> str:
    """Return at most so much of a text as a line of a table bears."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def format_span(seconds: int | None) -> str:
    """Return a time in the largest unit of which it is two at least; ``–`` for none."""
    if seconds is None:
        return "–"
    units = ((365 * 86_400, "years"), (86_400, "days"), (3_600, "hours"), (60, "minutes"))
    for unit, name in units:
        if seconds >= 2 * unit:
            return f"{seconds / unit:,.{int(seconds < 10 * unit)}f} {name}"
    return "0" if not seconds else "a minute"


def format_name(name: str) -> str:
    """Return the name of a field, step or clock as people write it."""
    words = name.removeprefix("x-").replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]
