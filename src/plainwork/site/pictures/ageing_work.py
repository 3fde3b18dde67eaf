"""How old work in progress is, state by state, against what finished work took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from plainwork.flow.percentiles import Percentile
from plainwork.flow.service_levels import AgeingItem
from plainwork.site.pictures.limit_lines import Limit, draw_limits, name_percentiles
from plainwork.site.pictures.paint import paint
from plainwork.site.pictures.svg import (
    NARROWEST,
    label,
    number,
    percent,
    picture,
    rectangle,
)

_HEAD = 20
_ROW = 44
_DOTS = 20
"""How high the part of a row is in which the dots are."""
_RADIUS = 5
_ACROSS = 72
"""How many places there are for dots along a row."""
_MARGIN = 0.035


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
        top = _strip(place)
        yield label(f"{title}: {len(ageing)}", 0, top - 6, NARROWEST)
        yield rectangle("plane", "0%", top, "100%", _DOTS)
        cells = ((round(float(each.item.days) / most * _ACROSS), each.late) for each in ageing)
        for (cell, late), count in sorted(Counter(cells).items()):
            role = paint("mark alarm" if late else "point")
            radius = number(_RADIUS + min(count - 1, 4))
            x, y = percent(across(cell * most / _ACROSS)), number(top + _DOTS / 2)
            yield f'<circle {role} cx="{x}" cy="{y}" r="{radius}"/>'
    limits = [Limit(words, across(float(value))) for value, words in name_percentiles(percentiles)]
    # They end where the words of a row begin.
    strips = [(_strip(place), _strip(place) + _DOTS) for place in range(len(states))]
    yield from draw_limits(limits, strips)


def _strip(place: int) -> float:
    """Return where the part of a row begins in which its dots are."""
    return _HEAD + (place + 1) * _ROW - _DOTS - 4
