"""Where front matter begins and ends. See ``FORMAT.md``, *How it is written*."""

from __future__ import annotations

import re

import msgspec

BYTE_ORDER_MARK = "\ufeff"

OPENING_FENCE = re.compile(r"---[ \t]*\r?(?:\n|\Z)")
_CLOSING = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


class Fences(msgspec.Struct, frozen=True):
    """Places in the text of a file, as indices of characters.

    Attributes:
        start: Behind the line of the first fence.
        end: Where the second begins; -1: there is none.
        body: Behind the line of the second fence; -1: there is none.
    """

    start: int
    end: int
    body: int


def find_fences(text: str) -> Fences | None:
    """Find the fences of a file, or None if it does not begin with one."""
    opening = OPENING_FENCE.match(text, int(text.startswith(BYTE_ORDER_MARK)))
    if opening is None:
        return None
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return Fences(opening.end(), -1, -1)
    return Fences(opening.end(), closing.start(), min(closing.end() + 1, len(text)))


def parse_body(data: bytes) -> str:
    """Return the body of a file, or ``""`` if it has none; its YAML is not looked at."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    fences = find_fences(text)
    return text[fences.body :] if fences and fences.body >= 0 else ""
