"""Load by person and week: how full each week is, and in which there is too much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from plainwork.site.pictures.legend import draw_legend, legend_height
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
from plainwork.site.pictures.time_axis import month_name
from plainwork.views.weekly_load import PersonLoad, WeeklyLoad

_MOST = 25
_SAID = 10
_HEAD = 34
_ROW = 52
_CELL_TOP = 18
_CELL = 24
_GAP = 8
_THOUSAND = 1_000
_LEGEND = (
    ("-", "hours of work in the week that begins then"),
    ("-", "▲ more work than time"),
    ("-", "– no time"),
)


def render_weekly_load(
    load: WeeklyLoad, *, name: str = "load", title: str = "Load by person and week"
) -> str:
    """Return people's weeks as SVG: a row each, the fuller the higher.

    Args:
        load: The weeks; the first 25 people are drawn, and it is said of how many.
        name: What no other picture of the page has.
        title: Whose load it is.
    """
    people = load.people[:_MOST]
    rest = len(load.people) - len(people)
    bottom = _HEAD + _ROW * max(len(people), 1)
    legend = (*_LEGEND, *((("-", f"{rest} more people"),) if rest else ()))
    height = bottom + legend_height(legend)
    content = (*_draw(load, people), *draw_legend(legend, bottom))
    return picture(name, title, _describe(load), content, height=height)


def _draw(load: WeeklyLoad, people: Sequence[PersonLoad]) -> Iterator[str]:
    count = len(load.mondays)
    width = NARROWEST / count
    month = 0
    for at, monday in enumerate(load.mondays):
        middle = percent((at + 1 / 2) / count)
        if monday.month != month:
            month = monday.month
            words = month_name(month)
            yield label(words, middle, 12, width, role="quiet", anchor="middle", size=SMALL)
        day = str(monday.day)
        yield label(day, middle, 27, width, role="quiet", anchor="middle", size=SMALL)
    for place, person in enumerate(people):
        yield from _person(person, _HEAD + place * _ROW)
    bottom = _HEAD + _ROW * (len(people) - 1) + _CELL_TOP + _CELL
    for at in range(1, count if people else 0):
        yield line("grid", percent(at / count), _HEAD + _CELL_TOP, percent(at / count), bottom)
    for place, person in enumerate(people):
        yield from _words(person, _HEAD + place * _ROW)
    if not people:
        yield label("Nobody has open work.", 0, _HEAD + 14, NARROWEST, role="quiet")


def _person(person: PersonLoad, y: float) -> Iterator[str]:
    top, count = y + _CELL_TOP, len(person.weeks)
    yield rectangle("plane", "0%", top, "100%", _CELL)
    for at, week in enumerate(person.weeks):
        start, width = percent(at / count), percent(1 / count)
        if week.over:
            yield rectangle("fill over", start, top, width, _CELL)
            yield rectangle("frame over", start, top + 1, width, _CELL - 2)
        elif week.hours:
            high = _CELL * float(week.hours / week.available)
            yield rectangle("fill", start, top + _CELL - high, width, high)
        elif not week.available:
            yield rectangle("off", start, top, width, _CELL)


def _words(person: PersonLoad, y: float) -> Iterator[str]:
    rest = _rest(person)
    width = words_width(rest, SMALL) + 1 if rest else 0
    yield label(rest, "100%", y + 12, width, role="quiet", anchor="end", size=SMALL)
    yield label(person.name, 0, y + 12, NARROWEST - width - _GAP, role="title")
    count = len(person.weeks)
    for at, week in enumerate(person.weeks):
        words = f"{'▲' if week.over else ''}{format_hours(week.hours)}" if week.hours else ""
        words = words or ("" if week.available else "–")
        middle, room = percent((at + 1 / 2) / count), NARROWEST / count
        yield label(
            words, middle, y + _CELL_TOP + 16, room, anchor="middle", size=SMALL, bold=week.over
        )


def format_hours(hours: Decimal) -> str:
    """Return hours without their fractions; what is less than one as ``<1``, 1500 as ``2k``."""
    if 0 < hours < 1:
        return "<1"
    if hours >= _THOUSAND:  # more digits have no room in a week
        return f"{(hours / _THOUSAND).quantize(Decimal(1), ROUND_HALF_UP)}k"
    return str(hours.quantize(Decimal(1), ROUND_HALF_UP))


def _rest(person: PersonLoad) -> str:
    later = f"{format_hours(person.later)} h later" if person.later else ""
    unknown = f"{person.without_estimate} not estimated" if person.without_estimate else ""
    return " · ".join(filter(None, (later, unknown)))


def _describe(load: WeeklyLoad) -> str:
    over = [
        f"{person.name[:60]} has {format_hours(week.hours)} hours of work and"
        f" {format_hours(week.available)} of time in the week of {monday.isoformat()}"
        for person in load.people
        for week, monday in zip(person.weeks, load.mondays, strict=True)
        if week.over
    ]
    if not over:
        return f"{len(load.people)} people; nobody has more work than time."
    rest = len(over) - _SAID
    more = f"; and {rest} more such weeks" if rest > 0 else ""
    return f"{'; '.join(over[:_SAID])}{more}."
