"""How promises were kept month by month: a row for each, the higher a bar the more was kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from plainwork.site.pictures.svg import (
    NARROWEST,
    SMALL,
    label,
    line,
    percent,
    picture,
    rectangle,
    words_width,
)
from plainwork.site.pictures.time_axis import format_month, month_name

_MOST = 10
_MONTHS = 7
"""As many as half a year touches; earlier ones are not drawn."""
_SAID = 10
_ROW = 64
_TEXT = 14
_BAR_TOP = 20
_BAR = 34
_HEAD = 18
_GAP = 8


class KeptMonth(msgspec.Struct, frozen=True):
    """So many of so many promises that fell due in a month (``2026-05``) were kept."""

    month: str
    count: int
    of: int


class KeptRow(msgspec.Struct, frozen=True):
    """A promise.

    Attributes:
        label: What is promised; hostile text.
        said: How it was kept, in a few words.
        target: How much of it is promised to be kept, in percent; None: all of it.
        months: Those in which any fell due.
    """

    label: str
    said: str
    target: float | None
    months: tuple[KeptMonth, ...]


def render_kept_months(rows: Sequence[KeptRow], *, name: str, title: str) -> str:
    """Return the rows as SVG, one below the other on the same months.

    Args:
        rows: One at least, with a month at least; the first 10 are drawn, and it is said of how
            many.
        name: What no other picture of the page has.
        title: Whose promises they are.
    """
    shown = rows[:_MOST]
    rest = len(rows) - len(shown)
    height = _HEAD + _ROW * len(shown) + (_HEAD if rest else 0)
    return picture(name, title, _describe(rows), _draw(shown, rest), height=height)


def _draw(rows: Sequence[KeptRow], rest: int) -> Iterator[str]:
    months = _find_months(rows)
    for at, month in enumerate(months):
        words, middle = month_name(_day(month).month), percent((at + 1 / 2) / len(months))
        room = NARROWEST / len(months)
        yield label(words, middle, 12, room, role="quiet", anchor="middle", size=SMALL)
    for place, row in enumerate(rows):
        yield from _draw_row(row, months, _HEAD + place * _ROW)
    if rest:
        words = f"and {rest} more"
        yield label(words, 0, _HEAD + len(rows) * _ROW + _TEXT - 4, NARROWEST, role="quiet")


def _draw_row(row: KeptRow, months: Sequence[str], y: float) -> Iterator[str]:
    width = words_width(row.said, SMALL) + 1
    yield label(row.label, 0, y + _TEXT, NARROWEST - width - _GAP)
    yield label(row.said, "100%", y + _TEXT, width, role="quiet", anchor="end", size=SMALL)
    top, bottom = y + _BAR_TOP, y + _BAR_TOP + _BAR
    target = 100.0 if row.target is None else row.target
    for each in row.months:
        if each.month not in months or not each.of:
            continue
        at = months.index(each.month)
        start, wide = percent((at + 0.05) / len(months)), percent(0.9 / len(months))
        high = _BAR * each.count / each.of
        missed = 100 * each.count < target * each.of
        if each.count < each.of:
            yield rectangle("plane", start, top, wide, _BAR)
        if high:
            yield rectangle("fill over" if missed else "fill", start, bottom - high, wide, high)
        words = f"{'!' if missed else ''}{each.count}/{each.of}"
        middle, room = percent((at + 1 / 2) / len(months)), NARROWEST / len(months) - 2
        yield label(words, middle, bottom - 5, room, role="ink", anchor="middle", size=SMALL)
    if row.target is not None:
        y = bottom - _BAR * min(row.target, 100) / 100
        yield line("way", "0%", y, "100%", y)


def _find_months(rows: Sequence[KeptRow]) -> list[str]:
    """Return the latest months in which anything fell due, the oldest first."""
    return sorted({each.month for row in rows for each in row.months})[-_MONTHS:]


def _describe(rows: Sequence[KeptRow]) -> str:
    said = "; ".join(f"{row.label[:80]}: {row.said}" for row in rows[:_SAID])
    months = _find_months(rows)
    days = " to ".join(dict.fromkeys(format_month(_day(each)) for each in (months[0], months[-1])))
    more = f"; and {len(rows) - _SAID} more" if len(rows) > _SAID else ""
    return f"{days}. {said}{more}."


def _day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
