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
    words_width,
)

_MOST = 25
_SAID = 10
_ROW = 36
_TEXT = 14
_BAR = 12
_GAP = 12


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
        width = words_width(bar.said, SMALL) + 1
        role = "alarm" if bar.over else "quiet"
        yield label(bar.label, 0, y, NARROWEST - width - _GAP)
        yield label(bar.said, "100%", y, width, role=role, anchor="end", size=SMALL)
        yield rectangle("plane", "0%", y + 4, "100%", _BAR)
        if bar.part:
            yield rectangle("fill over" if bar.over else "fill", "0%", y + 4, _wide(bar), _BAR)
    if rest:
        yield label(f"and {rest} more", 0, len(bars) * _ROW + _TEXT, NARROWEST, role="quiet")


def _wide(bar: RankedBar) -> str:
    return percent(min(bar.part, 1))


def _describe(bars: Sequence[RankedBar]) -> str:
    said = "; ".join(f"{bar.label[:80]}: {bar.said}" for bar in bars[:_SAID])
    more = len(bars) - _SAID
    return f"{said}; and {more} more." if more > 0 else f"{said}."
