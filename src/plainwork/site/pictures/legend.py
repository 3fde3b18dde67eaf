"""What marks and colours of a picture mean, in lines below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork.site.pictures.paint import category_role
from plainwork.site.pictures.svg import (
    NARROWEST,
    SMALL,
    label,
    rectangle,
    words_width,
)

LINE = 18
"""How high a line is."""
_SWATCH = 12
_GAP = 6
_BETWEEN = 14

CATEGORY_MARKS = {
    "proposed": "○",
    "ready": "◔",
    "active": "●",
    "waiting": "Ⅱ",
    "": "?",
    "done": "✓",
    "dropped": "×",
}
"""The sign of each category, in the order in which work passes them; ``""`` is an unknown one."""


def category_word(category: str) -> str:
    """Return a category with its sign."""
    return f"{CATEGORY_MARKS.get(category, '?')} {category or 'unknown'}"


def legend_height(entries: Iterable[tuple[str, str]]) -> float:
    """Return how high the legend of some entries is."""
    return LINE * max((row for _, row, _ in _placed(entries)), default=-1) + LINE


def draw_legend(entries: Iterable[tuple[str, str]], top: float) -> Iterator[str]:
    """Yield a legend: a swatch and its words each; none, if the category is ``-``.

    Args:
        entries: Category and words.
        top: Where it begins.
    """
    for (category, words), row, x in _placed(entries):
        y = top + row * LINE
        if category != "-":
            yield rectangle(category_role(category), x, y + 3, _SWATCH, _SWATCH, round_=2)
        start = x + _swatch(category)
        yield label(words, start, y + 13, NARROWEST - start, role="quiet", size=SMALL)


def _placed(entries: Iterable[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], int, float]]:
    row, x = 0, 1.0
    for category, words in entries:
        width = _swatch(category) + words_width(words, SMALL)
        if x > 1 and x + width > NARROWEST:
            row, x = row + 1, 1.0
        yield (category, words), row, x
        x += width + _BETWEEN


def _swatch(category: str) -> float:
    return 0 if category == "-" else _SWATCH + _GAP
