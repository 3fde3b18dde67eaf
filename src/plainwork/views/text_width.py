"""How wide a text will be on a page whose font nobody knows, and texts cut to a width.

Widths are those of DejaVu Sans, rounded up: it is the widest of the fonts that systems use, so
what fits in it fits everywhere.
"""

from __future__ import annotations

from unicodedata import category, east_asian_width

ELLIPSIS = "…"
_LONGEST = 500
"""No picture has room for more characters; longer texts are not looked at to their end."""

_EM = {
    **dict.fromkeys("ijl'|", 0.30),
    **dict.fromkeys(" .,:;!I/\\", 0.36),
    **dict.fromkeys("ft()[]r-`", 0.43),
    **dict.fromkeys("csxyvkz", 0.60),
    **dict.fromkeys("mM%@", 1.0),
    **dict.fromkeys("wWQOGDHNU+<>=#&", 0.86),
    ELLIPSIS: 1.0,
}
_LOWER = 0.64
_UPPER = 0.75
_WIDE = 1.05


def text_width(text: str, size: float) -> float:
    """Return the width of one line in pixels; `size` is that of its font."""
    return sum(map(_WIDTHS.__getitem__, text)) * size


def fit(text: str, width: float, size: float) -> str:
    """Return a text that is at most `width` pixels wide; what is cut off becomes ``…``."""
    if len(text) <= _LONGEST and text_width(text, size) <= width:
        return text
    room = width / size - _EM[ELLIPSIS]
    if room < 0:
        return ""
    for count, character in enumerate(text):
        room -= _WIDTHS[character]
        if room < 0 or count == _LONGEST:
            return f"{text[:count].rstrip()}{ELLIPSIS}"
    return text


def wrap(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """Return a text in at most `most` lines of `width` pixels; only the last one is cut."""
    words = text[:_LONGEST].split()
    lines: list[str] = []
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size) <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(fit(line, width, size))
    rest = " ".join(words) + (ELLIPSIS if words and len(text) > _LONGEST else "")
    return (*lines, fit(rest, width, size)) if rest else tuple(lines)


class _Widths(dict[str, float]):
    """The width of each character; of one that was never asked for, it is found."""

    def __missing__(self, character: str) -> float:
        found = self[character] = _find_width(character)
        return found


_WIDTHS = _Widths(_EM)


def _find_width(character: str) -> float:
    if category(character) in {"Mn", "Me", "Cf"}:
        return 0
    if east_asian_width(character) in {"W", "F"}:
        return _WIDE
    if character.isascii() or (character.isalpha() and ord(character) < 0x530):  # noqa: PLR2004
        return _UPPER if character.isupper() else _LOWER
    return _WIDE
