"""What counts more and what less: a bar each, as long as its part of the longest or of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from plainwork.site.pictures.svg import (
    NARROWEST,
    SMALL,
    label,
    percent,
    picture,
    rectangle,
)

_MOST = 25
_SAID = 10
_ROW = 36
_TEXT = 14
_BAR = 12
_ACROSS = 0.56
"""How much of the picture bars may take; beside them stands what they say."""


class RankedBar(msgspec.Struct, frozen=True):
    """A bar.

    Attributes:
        label: Whose it is; hostile text.
        said: What it stands for, in a few words.
        part: How long it is, from 0 to 1.
        over: Whether somebody has to look at it; `said` tells why.
    """

    label: str
    said: str
    part: float
    over: bool = False


def render_ranked_bars(bars: Sequence[RankedBar], *, name: str, title: str) -> str:
    """Return the bars as SVG, in their order.

    Args:
        bars: One at least; the first 25 are drawn, and it is said of how many.
        name: What no other picture of the page has.
        title: What is ranked.
    """
    shown = bars[:_MOST]
    rest = len(bars) - len(shown)
    height = _ROW * len(shown) + (_ROW / 2 if rest else 0)
    return picture(name, title, _describe(bars), _draw(shown, rest), height=height)


def _draw(bars: Sequence[RankedBar], rest: int) -> Iterator[str]:
    for place, bar in enumerate(bars):
        y = place * _ROW + _TEXT
        role = "alarm" if bar.over else "quiet"
        yield label(bar.label, 0, y, NARROWEST)
        yield rectangle("plane", "0%", y + 4, percent(_ACROSS), _BAR)
        if bar.part:
            yield rectangle("fill over" if bar.over else "fill", "0%", y + 4, _wide(bar), _BAR)
        width = (1 - _ACROSS) * NARROWEST
        yield label(bar.said, "100%", y + 14, width, role=role, anchor="end", size=SMALL)
    if rest:
        yield label(f"and {rest} more", 0, len(bars) * _ROW + _TEXT, NARROWEST, role="quiet")


def _wide(bar: RankedBar) -> str:
    return percent(_ACROSS * min(bar.part, 1))


def _describe(bars: Sequence[RankedBar]) -> str:
    said = "; ".join(f"{bar.label[:80]}: {bar.said}" for bar in bars[:_SAID])
    more = len(bars) - _SAID
    return f"{said}; and {more} more." if more > 0 else f"{said}."
