"""How much was finished in each week: a bar a week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork.flow.daily import FlowWeek
from plainwork.site.pictures.scale import make_scale
from plainwork.site.pictures.svg import NARROWEST, SMALL, label, percent, picture, rectangle
from plainwork.site.pictures.time_axis import TimeAxis, format_day

_TOP = 18
_BOTTOM = 130
_HEIGHT = 150
_GAP = 0.15
"""Between two bars, as a part of a week."""


def render_week_bars(weeks: Sequence[FlowWeek], *, name: str = "weeks") -> str:
    """Return the weeks as SVG.

    Args:
        weeks: At least one.
        name: What no other picture of the page has.
    """
    total = sum(week.finished for week in weeks)
    best = max(weeks, key=lambda week: week.finished)
    words = (
        f"{total} finished in {len(weeks)} weeks; most of them, {best.finished}, in the week of"
        f" {format_day(best.monday)}."
    )
    return picture(name, "Finished a week", words, _draw(weeks), height=_HEIGHT)


def _draw(weeks: Sequence[FlowWeek]) -> Iterator[str]:
    scale = make_scale(max(week.finished for week in weeks), _TOP, _BOTTOM)
    for at, week in enumerate(weeks):
        y = scale.place(week.finished)
        start, width = percent((at + _GAP / 2) / len(weeks)), percent((1 - _GAP) / len(weeks))
        if week.finished:
            yield rectangle("fill", start, y, width, _BOTTOM - y)
    yield from scale.draw("finished")
    axis = TimeAxis(weeks[0].monday, weeks[-1].monday)
    for tick in axis.ticks():
        at_ = tick.part * (len(weeks) - 1) / len(weeks) if len(weeks) > 1 else 0
        yield label(tick.words, percent(at_), _HEIGHT - 4, NARROWEST / 2, role="quiet", size=SMALL)
