"""How likely it is that all is finished, day by day: the curve rises from unlikely to sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from plainwork.flow.outlook import DayAnswer, DayChance
from plainwork.site.pictures.limit_lines import Limit, draw_limits
from plainwork.site.pictures.scale import make_scale
from plainwork.site.pictures.svg import (
    NARROWEST,
    SMALL,
    label,
    percent,
    picture,
    rectangle,
)
from plainwork.site.pictures.time_axis import TimeAxis, format_day, month_name

_HEAD = 18
_TOP = 36
_BOTTOM = 150
_HEIGHT = 170
_NAMED = (50, 85)
"""The confidences at which there is a line: as likely as not, and what one may rely on."""

_NEAR = 180
"""Days."""


def render_forecast_odds(
    chances: Sequence[DayChance], answers: Sequence[DayAnswer], *, name: str = "odds"
) -> str:
    """Return the chances as SVG: across the day, upwards how likely it is to be done by then.

    Args:
        chances: One at least, by day.
        answers: The days at which the chance reaches what people plan with.
        name: What no other picture of the page has.
    """
    words = ", ".join(
        f"by {format_day(each.by)} with {each.confidence} %" for each in answers if each.by
    )
    return picture(
        name,
        "Chance that all is finished",
        f"All is finished {words}." if words else "Nobody can tell when all is finished.",
        _draw(chances, answers),
        height=_HEIGHT,
    )


def _draw(chances: Sequence[DayChance], answers: Sequence[DayAnswer]) -> Iterator[str]:
    axis = TimeAxis(chances[0].by, chances[-1].by)
    scale = make_scale(100, _TOP, _BOTTOM)
    ends = [axis.begin(later.by) for _, later in pairwise(chances)]
    for each, end in zip(chances, [*ends, 1.0], strict=True):
        y, start = scale.place(each.percent), axis.begin(each.by)
        yield rectangle("fill", percent(start), y, percent(end - start), _BOTTOM - y)
    yield from scale.draw("%")
    yield from draw_limits(_find_limits(answers, axis), [(_HEAD, _BOTTOM)])
    for tick in axis.ticks():
        yield label(
            tick.words, percent(tick.part), _HEIGHT - 4, NARROWEST / 2, role="quiet", size=SMALL
        )


def _find_limits(answers: Sequence[DayAnswer], axis: TimeAxis) -> Iterator[Limit]:
    for each in answers:
        if each.confidence in _NAMED and each.by and axis.first <= each.by <= axis.last:
            yield Limit(f"{each.confidence} %: {_say_day(each)}", axis.begin(each.by))


def _say_day(answer: DayAnswer) -> str:
    """Return a day in few words: what is far away needs its year, and nobody knows its day."""
    by = answer.by
    if by is None or answer.days is None:
        return ""
    month = month_name(by.month)
    return f"{month} {by.year}" if answer.days > _NEAR else f"{by.day} {month}"
