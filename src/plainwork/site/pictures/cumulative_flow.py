"""How much work had ever reached each category, day by day: the lines never fall.

The height between two lines is what stands there; how far apart they are across is how long it
takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from plainwork.flow.daily import REACHED, FlowDay
from plainwork.site.pictures.legend import category_word, draw_legend, legend_height
from plainwork.site.pictures.paint import category_role, paint
from plainwork.site.pictures.scale import Scale, make_scale
from plainwork.site.pictures.svg import NARROWEST, SMALL, label, percent, picture
from plainwork.site.pictures.time_axis import TimeAxis, format_day

_TOP = 18
_BOTTOM = 200
_AXIS = 218


def render_cumulative_flow(days: Sequence[FlowDay], *, name: str = "cumulative") -> str:
    """Return the days as SVG.

    Args:
        days: At least one.
        name: What no other picture of the page has.
    """
    legend = tuple((category.value, category_word(category.value)) for category in REACHED)
    first, last = days[0], days[-1]
    words = (
        f"From {format_day(first.day)} to {format_day(last.day)} there came"
        f" {last.proposed - first.proposed} works; {last.done - first.done} were finished; work in"
        f" progress went from {first.in_progress} to {last.in_progress}."
    )
    content = (*_draw(days), *draw_legend(legend, _AXIS + 8))
    height = _AXIS + 8 + legend_height(legend)
    return picture(name, "Cumulative flow", words, content, height=height)


def _draw(days: Sequence[FlowDay]) -> Iterator[str]:
    scale = make_scale(days[-1].proposed, _TOP, _BOTTOM)
    box = f'viewBox="0 0 {len(days)} {scale.most}" preserveAspectRatio="none"'
    yield f'<svg x="0" y="{_TOP}" width="100%" height="{_BOTTOM - _TOP}" {box}>'
    for category in REACHED:
        path = _area([getattr(day, category.value) for day in days], scale)
        role = paint(category_role(category.value))
        yield f'<path {role} vector-effect="non-scaling-stroke" d="{path}"/>'
    yield "</svg>"
    yield from scale.draw("works")
    for tick in TimeAxis(days[0].day, days[-1].day).ticks():
        yield label(
            tick.words, percent(tick.part), _AXIS - 4, NARROWEST / 2, role="quiet", size=SMALL
        )


def _area(values: Sequence[int], scale: Scale) -> str:
    """Return the area below steps, one unit across a day: only where it rises there is a point."""
    steps = [f"M0 {scale.most}V{scale.most - values[0]}"]
    for at, (before, value) in enumerate(pairwise(values), start=1):
        if value != before:
            steps.append(f"H{at}V{scale.most - value}")
    return f"{''.join(steps)}H{len(values)}V{scale.most}Z"
