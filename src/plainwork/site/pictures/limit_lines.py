"""Upright lines at what is to be compared with, each with a name above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from plainwork.flow.percentiles import Percentile
from plainwork.site.pictures.svg import NARROWEST, SMALL, label, line, percent, words_width

_BASELINE = 12
_GAP = 8


class Limit(msgspec.Struct, frozen=True):
    """A line: what it is called, and its part of the way across."""

    words: str
    part: float


def name_percentiles(percentiles: Iterable[Percentile]) -> Iterator[tuple[float, str]]:
    """Yield each number of days and how many percent lie below it; where several do, once."""
    for value, same in groupby(percentiles, key=lambda each: each.value):
        percents = ", ".join(str(each.percent) for each in same)
        yield value, f"{percents} %: {value:,} d"


def draw_limits(limits: Iterable[Limit], strips: Sequence[tuple[float, float]]) -> Iterator[str]:
    """Yield the lines, from left to right, each with its name as long as there is room.

    Args:
        limits: In the order of their places.
        strips: From where to where downwards they are drawn.
    """
    free = 0.0
    for each in limits:
        for top, bottom in strips:
            yield line("now", percent(each.part), top, percent(each.part), bottom)
        width = words_width(each.words, SMALL) + 1
        x = each.part * NARROWEST
        if x - width >= free:
            free, anchor = x + _GAP, "end"
        elif free <= x <= NARROWEST - width:
            free, anchor = x + width + _GAP, "start"
        else:
            continue
        place = percent(each.part)
        yield label(each.words, place, _BASELINE, width, role="now-word", anchor=anchor, size=SMALL)
