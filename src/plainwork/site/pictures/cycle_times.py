"""How long finished work took: a point each, and lines below which so many percent lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from plainwork.flow.items import StartedItem
from plainwork.flow.percentiles import Percentile
from plainwork.site.pictures.limit_lines import name_percentiles
from plainwork.site.pictures.paint import paint
from plainwork.site.pictures.scale import Scale, make_scale
from plainwork.site.pictures.svg import (
    NARROWEST,
    SMALL,
    label,
    line,
    number,
    percent,
    picture,
    words_width,
)
from plainwork.site.pictures.time_axis import TimeAxis

_TOP = 18
_BOTTOM = 200
_HEIGHT = 220
_MOST_POINTS = 280
_ACROSS, _UPWARDS = 28, 10
"""Where there are more points than that, they are counted in so many cells."""
_MARGIN = 0.035
"""Room for the halves of the first and last points."""
_RADII = ((20, 7.0), (5, 5.0), (2, 4.0), (0, 3.0))
"""From how many works on a point is how large."""


def render_cycle_times(
    finished: Sequence[StartedItem],
    percentiles: Sequence[Percentile],
    axis: TimeAxis,
    *,
    name: str = "cycle-times",
) -> str:
    """Return finished work as SVG: across the day on which it was, upwards how long it took.

    Args:
        finished: At least one item.
        percentiles: Of its days.
        axis: The days that count.
        name: What no other picture of the page has.
    """
    limits = ", ".join(f"{each.percent} % in at most {each.value} days" for each in percentiles)
    words = f"{len(finished)} items: {limits}."
    return picture(name, "Cycle times", words, _draw(finished, percentiles, axis), height=_HEIGHT)


def _draw(
    finished: Sequence[StartedItem], percentiles: Sequence[Percentile], axis: TimeAxis
) -> Iterator[str]:
    scale = make_scale(max(item.days for item in finished), _TOP, _BOTTOM)
    yield from scale.draw("days")
    points = [_point(item, axis) for item in finished]
    if len(points) > _MOST_POINTS:
        points = [_round(point, scale.most / _UPWARDS) for point in points]
    for (x, y), count in sorted(Counter(points).items()):
        radius = next(radius for least, radius in _RADII if count >= least)
        place = f'cx="{percent(_across(x))}" cy="{number(scale.place(y))}" r="{number(radius)}"'
        yield f"<circle {paint('point')} {place}/>"
    yield from _draw_limits(percentiles, scale)
    for tick in axis.ticks():
        yield label(
            tick.words,
            percent(_across(tick.part)),
            _HEIGHT - 4,
            NARROWEST / 2,
            role="quiet",
            size=SMALL,
        )


def _across(part: float) -> float:
    return _MARGIN + (1 - 2 * _MARGIN) * part


def _round(point: tuple[float, float], height: float) -> tuple[float, float]:
    """Return the middle of the cell in which a point is."""
    x, y = point
    row = min(int(y / height), _UPWARDS - 1)
    return (int(x * _ACROSS) + 0.5) / _ACROSS, (row + 0.5) * height


def _draw_limits(percentiles: Sequence[Percentile], scale: Scale) -> Iterator[str]:
    """Yield a line for each percentile; where they are close together the lower one is named."""
    free: float = _BOTTOM + SMALL
    for value, words in name_percentiles(percentiles):
        y = scale.place(value)
        yield line("now", "0%", y, "100%", y)
        if y <= free - SMALL:
            free = y
            width = words_width(words, SMALL) + 1
            yield label(
                words, "100%", y - 3, width, role="title now-word", anchor="end", size=SMALL
            )


def _point(item: StartedItem, axis: TimeAxis) -> tuple[float, float]:
    day = item.finished.date() if item.finished else axis.last
    return (axis.begin(day) + axis.end(day)) / 2, float(item.days)
