"""How old work in progress is, state by state, against what finished work took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from plainwork.flow.percentiles import Percentile
from plainwork.flow.service_levels import AgeingItem
from plainwork.site.pictures.paint import paint
from plainwork.site.pictures.svg import (
    NARROWEST,
    SMALL,
    label,
    line,
    number,
    percent,
    picture,
    rectangle,
    words_width,
)

_HEAD = 20
_ROW = 44
_DOTS = 20
"""How high the part of a row is in which the dots are."""
_RADIUS = 5
_ACROSS = 72
"""How many places there are for dots along a row."""
_MARGIN = 0.03


def render_ageing_work(
    states: Sequence[tuple[str, Sequence[AgeingItem]]],
    percentiles: Sequence[Percentile],
    *,
    name: str = "ageing",
) -> str:
    """Return work in progress as SVG: a row for each state, the older the further right.

    Args:
        states: What they are called, in order, and what stands there; one item at least.
        percentiles: Of the days that finished work took; there may be none.
        name: What no other picture of the page has.
    """
    items = [each for _, ageing in states for each in ageing]
    late = sum(each.late for each in items)
    oldest = max(each.item.days for each in items)
    words = (
        f"{len(items)} items are in progress, {late} of them late; the oldest is {oldest} days old."
    )
    height = _HEAD + _ROW * len(states)
    return picture(
        name,
        "Age of work in progress",
        words,
        _draw(states, percentiles, float(oldest)),
        height=height,
    )


def _draw(
    states: Sequence[tuple[str, Sequence[AgeingItem]]],
    percentiles: Sequence[Percentile],
    oldest: float,
) -> Iterator[str]:
    most = max([oldest, *(float(each.value) for each in percentiles)]) or 1

    def across(days: float) -> float:
        return _MARGIN + (1 - 2 * _MARGIN) * days / most

    for place, (title, ageing) in enumerate(states):
        top = _HEAD + place * _ROW
        yield label(f"{title}: {len(ageing)}", 0, top + 14, NARROWEST, role="title")
        yield rectangle("plane", "0%", top + _ROW - _DOTS - 4, "100%", _DOTS)
        cells = ((round(float(each.item.days) / most * _ACROSS), each.late) for each in ageing)
        for (cell, late), count in sorted(Counter(cells).items()):
            role = paint("mark alarm" if late else "point")
            radius = number(_RADIUS + min(count - 1, 4))
            x, y = percent(across(cell * most / _ACROSS)), number(top + _ROW - _DOTS / 2 - 4)
            yield f'<circle {role} cx="{x}" cy="{y}" r="{radius}"/>'
    yield from _draw_limits(
        [(each, across(float(each.value))) for each in percentiles], len(states)
    )


def _draw_limits(limits: Sequence[tuple[Percentile, float]], rows: int) -> Iterator[str]:
    """Yield a line for each percentile, and above it what it is, as long as there is room."""
    free = 0.0
    for each, x in limits:
        yield line("now", percent(x), _HEAD, percent(x), _HEAD + _ROW * rows)
        words = f"{each.percent}%: {each.value} d"
        width = words_width(words, SMALL) + 1
        end = x * NARROWEST > NARROWEST - width
        start = NARROWEST - width if end else x * NARROWEST
        if start >= free:
            free = start + width + 8
            place, anchor = ("100%", "end") if end else (percent(x), "start")
            yield label(words, place, 12, width, role="now-word", anchor=anchor, size=SMALL)
