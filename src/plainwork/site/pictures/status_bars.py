"""Where work stands, as one bar a group: how much is proposed, ready, active, waiting, done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from plainwork.site.pictures.legend import (
    CATEGORY_MARKS,
    category_word,
    draw_legend,
    legend_height,
)
from plainwork.site.pictures.paint import category_role
from plainwork.site.pictures.svg import (
    NARROWEST,
    SMALL,
    label,
    percent,
    picture,
    rectangle,
    words_width,
)
from plainwork.views.counts import CountRow

_MOST = 25
_ROW = 42
_BAR = 16
_TEXT = 14
_GAP = 12
_ROOM_IN_BAR = 4


class StatusBar(msgspec.Struct, frozen=True):
    """A group of work: what people call it, and its counts."""

    label: str
    counts: CountRow


def render_status_bars(
    bars: Sequence[StatusBar], *, name: str = "status", title: str = "Where work stands"
) -> str:
    """Return the bars as SVG; each is as long as its group's share of the largest group.

    Args:
        bars: The groups, in display order; the first 25 are drawn, and it is said of how many.
        name: What no other picture of the page has.
        title: What the groups are.
    """
    shown = bars[:_MOST]
    entries = [
        (category, category_word(category))
        for category in CATEGORY_MARKS
        if any(_count(bar.counts, category) for bar in shown)
    ]
    top = legend_height(entries) + _GAP / 2 if entries else 0
    rest = len(bars) - len(shown)
    height = top + _ROW * len(shown) + (_ROW / 2 if rest or not shown else 0)
    return picture(
        name, title, _describe(shown, rest), _draw(shown, rest, entries, top), height=height
    )


def _draw(
    bars: Sequence[StatusBar], rest: int, entries: Sequence[tuple[str, str]], top: float
) -> Iterator[str]:
    yield from draw_legend(entries, 0)
    most = max((_total(bar.counts) for bar in bars), default=0) or 1
    for place, bar in enumerate(bars):
        yield from _bar(bar, top + place * _ROW, most)
    if rest or not bars:
        words = f"and {rest} more" if rest else "There is no work."
        yield label(words, 0, top + len(bars) * _ROW + _TEXT, NARROWEST, role="quiet")


def _bar(bar: StatusBar, y: float, most: int) -> Iterator[str]:
    said = _summary(bar.counts)
    role = "alarm" if bar.counts.overdue else "quiet"
    width = words_width(said, SMALL)
    yield label(bar.label, 0, y + _TEXT, NARROWEST - width - _GAP)
    yield label(said, "100%", y + _TEXT, width + 1, role=role, anchor="end", size=SMALL)
    yield rectangle("plane", "0%", y + _TEXT + 5, "100%", _BAR)
    at = 0
    for category, mark in CATEGORY_MARKS.items():
        count = _count(bar.counts, category)
        if not count:
            continue
        start, share = at / most, count / most
        yield rectangle(
            category_role(category), percent(start), y + _TEXT + 5, percent(share), _BAR
        )
        words = f"{mark} {count}"
        if words_width(words, SMALL) + _ROOM_IN_BAR <= share * NARROWEST:
            middle = percent(start + share / 2)
            room = share * NARROWEST
            yield label(words, middle, y + _TEXT + 17, room, anchor="middle", size=SMALL)
        at += count


def _count(counts: CountRow, category: str) -> int:
    found: int = getattr(counts, category or "unknown")
    return found


def _total(counts: CountRow) -> int:
    return counts.open + counts.done + counts.dropped


def _summary(counts: CountRow) -> str:
    late = f" · ! {counts.overdue} late" if counts.overdue else ""
    return f"{counts.open} open{late}"


def _describe(bars: Sequence[StatusBar], rest: int) -> str:
    if not bars:
        return "There is no work."
    said = "; ".join(
        f"{bar.label[:80]}: {bar.counts.open} open, {bar.counts.overdue} of it late,"
        f" {bar.counts.done} done, {bar.counts.dropped} dropped"
        for bar in bars[:10]
    )
    more = len(bars) - 10 + rest
    return f"{said}; and {more} more." if more > 0 else f"{said}."
