"""A month: how much is due, recurs, and who is away on each day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from plainwork.site.pictures.legend import draw_legend, legend_height
from plainwork.site.pictures.svg import (
    NARROWEST,
    SMALL,
    label,
    percent,
    picture,
    rectangle,
    shape,
)
from plainwork.site.pictures.time_axis import format_month
from plainwork.views.calendar_days import KINDS, Day, EntryKind, Month

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HEAD = 20
_NUMBER = 18
_LINE = 14
_LEAST = 34
_GAP = 4
_CELL = NARROWEST / len(_WEEKDAYS)
_MARK_AT = 10
_COUNT_AT = 19

_MARKS: dict[EntryKind, tuple[str, str, str]] = {
    "late": ("mark alarm", "M0-5L5 4H-5Z", "▲ overdue"),
    "milestone": ("mark", "M0-5L5 0L0 5L-5 0Z", "◆ milestone"),
    "due": ("mark", "M-4-4H4V4H-4Z", "■ due"),
    "routine": ("mark ring", "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0Z", "○ routine"),
    "away": ("mark", "M-5-1H5V2H-5Z", "▬ away"),
}
"""Of each kind: its role, its shape, and what it is called below the month."""


def render_calendar_month(month: Month, *, name: str = "") -> str:
    """Return a month as SVG, with the number of things of each kind on each day.

    Args:
        month: The month.
        name: What no other picture of the page has; ``""``: the month itself.
    """
    heights = [_height(week) for week in month.weeks]
    bottom = _HEAD + sum(heights)
    totals = _totals(month)
    legend = tuple(("-", _MARKS[kind][2]) for kind in KINDS if totals[kind])
    content = (*_draw(month, heights), *draw_legend(legend, bottom + _GAP))
    height = bottom + _GAP + (legend_height(legend) if legend else 0)
    return picture(
        name or f"calendar-{month.first:%Y-%m}",
        format_month(month.first),
        _describe(totals),
        content,
        height=height,
    )


def _draw(month: Month, heights: Sequence[float]) -> Iterator[str]:
    for at, weekday in enumerate(_WEEKDAYS):
        middle = percent((at + 1 / 2) / len(_WEEKDAYS))
        yield label(weekday, middle, 13, _CELL, role="quiet", anchor="middle", size=SMALL)
    top: float = _HEAD
    for week, height in zip(month.weeks, heights, strict=True):
        for at, day in enumerate(week):
            if day is not None:
                yield from _day(day, at, top, height, today=day.day == month.today)
        top += height


def _day(day: Day, at: int, top: float, height: float, *, today: bool) -> Iterator[str]:
    left, width = percent(at / len(_WEEKDAYS)), percent(1 / len(_WEEKDAYS))
    yield rectangle("plane" if day.working else "off", left, top, width, height)
    if today:
        yield rectangle("now", left, top + 1, width, height - 2)
    # Pixels from the left edge of a percentage: inside an SVG of its own.
    yield f'<svg x="{left}" overflow="visible">'
    role = "now-word" if today else "ink" if day.working else "quiet"
    yield label(str(day.day.day), 5, top + 13, _CELL, role=role, size=SMALL, bold=today)
    for line, (kind, count) in enumerate(day.counts):
        mark, path, _ = _MARKS[kind]
        y = top + _NUMBER + line * _LINE
        yield shape(mark, str(_MARK_AT), y + 6, path)
        words = str(count) if count < 100 else "99+"  # noqa: PLR2004 - what there is room for
        role = "alarm" if kind == "late" else "ink"
        yield label(words, _COUNT_AT, y + 10, _CELL - _COUNT_AT, role=role, size=SMALL)
    yield "</svg>"


def _height(week: Sequence[Day | None]) -> float:
    lines = max((len(day.counts) for day in week if day is not None), default=0)
    return max(_LEAST, _NUMBER + lines * _LINE + _GAP)


def _totals(month: Month) -> Counter[EntryKind]:
    found: Counter[EntryKind] = Counter()
    for week in month.weeks:
        for day in week:
            found.update(dict(day.counts) if day is not None else {})
    return found


def _describe(totals: Counter[EntryKind]) -> str:
    words = {
        "late": "overdue",
        "milestone": "milestones",
        "due": "due",
        "routine": "times that routines recur",
        "away": "days on which people are away",
    }
    said = ", ".join(f"{totals[kind]} {words[kind]}" for kind in KINDS if totals[kind])
    return f"{said or 'Nothing'}."
