"""The calendar: this month and the next ones, one a page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from plainwork.model.party import Person
from plainwork.site.address import list_address
from plainwork.site.page import Link, Output, Page
from plainwork.site.picture_tables import CALENDAR_MONTHS
from plainwork.site.pictures.calendar_month import render_calendar_month
from plainwork.site.pictures.time_axis import format_month
from plainwork.site.sources import Sources
from plainwork.views.absences import ListedDay, list_with_absences
from plainwork.views.calendar_days import compute_months, list_days, list_months

_MOST_ENTRIES = 4
_NAME = "calendar"


class CalendarPage(msgspec.Struct, frozen=True):
    """One month.

    Attributes:
        picture: The month as a picture.
        days: Its days on which there is something, or somebody begins to be away.
        number: Of this page, from 1.
        pages: Links to all months.
        away: Whether it tells who is away: to the public it does not.
    """

    picture: str
    days: tuple[ListedDay, ...]
    number: int
    pages: tuple[Link, ...]
    away: bool


def plan_calendar(sources: Sources) -> Iterator[Output]:
    """Yield a page a month."""
    for number in range(1, len(list_months(sources.today, CALENDAR_MONTHS)) + 1):
        make = partial(_make, sources, number)
        yield Output(list_address(_NAME, number), sources.keys.everything, make)


def _make(sources: Sources, number: int) -> Page:
    snapshot, today = sources.snapshot, sources.today
    months = list_months(today, CALENDAR_MONTHS)
    people = [party for party in snapshot.parties.values() if isinstance(party, Person)]
    (month,) = compute_months(
        snapshot,
        snapshot.works,
        people,
        today=today,
        first=months[number - 1],
        count=1,
        most=_MOST_ENTRIES,
    )
    model = CalendarPage(
        picture=render_calendar_month(month),
        days=list_with_absences(list_days((month,))),
        number=number,
        pages=tuple(
            Link(list_address(_NAME, n), format_month(first)) for n, first in enumerate(months, 1)
        ),
        away=sources.audience != "public",
    )
    return Page(
        address=list_address(_NAME, number),
        title=f"Calendar: {format_month(month.first)}",
        template="calendar.html",
        model=model,
        crumbs=(Link(list_address(_NAME), "Calendar"),) if number > 1 else (),
        section=_NAME,
        origin=sources.whole,
    )
