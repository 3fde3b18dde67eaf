"""Days to come, as calendars: what is due, milestones, and when routines recur."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from itertools import chain, islice

from plainwork.analysis.days import shift_day
from plainwork.model.work import Work
from plainwork.site.address import feed_address, list_address
from plainwork.site.feeds.commits import Commits
from plainwork.site.feeds.ics import Event, render_event, render_ics
from plainwork.site.feeds.identity import lasting_id
from plainwork.site.page import Link, Output
from plainwork.site.scopes import Scope
from plainwork.site.sources import Sources
from plainwork.site.text import shorten
from plainwork.views.calendar_days import find_days

_FORM = "ics"
_AHEAD = 184
_MOST_TIMES = 200
"""Of one routine; a daily one recurs for half a year."""


Almanac = Callable[[int], Sequence[tuple[date, bytes]]]
"""Returns what calendars show of a work by its row: each day, and the event on it."""


def make_almanac(sources: Sources, commits: Commits) -> Almanac:
    """Return what finds the days of each work once: several calendars show the same work."""

    def find(row: int) -> Sequence[tuple[date, bytes]]:
        return [(event.day, render_event(event)) for event in _events(row, sources, commits)]

    return cache(find)


def plan_calendar(scope: Scope, sources: Sources, almanac: Almanac) -> Iterator[Output]:
    """Yield the calendar of some work.

    It reaches from this month half a year ahead, so that it changes with the month and not
    with the day.
    """
    key = sources.keys.of_rows(scope.rows, scope.page.label, f"{sources.today:%Y-%m}")
    yield Output(feed_address(scope.name, _FORM), key, partial(_make, scope, almanac))


def plan_routine_calendar(sources: Sources, almanac: Almanac) -> Iterator[Output]:
    """Yield the calendar of all routines."""
    kinds = sources.snapshot.works.columns["kind"]
    rows = [row for row, kind in enumerate(kinds) if kind == "routine"]
    page = Link(list_address("routines"), "Routines")
    yield from plan_calendar(Scope("routines", page, rows), sources, almanac)


def _make(scope: Scope, almanac: Almanac) -> bytes:
    days = sorted(chain.from_iterable(map(almanac, scope.rows)))
    return render_ics(shorten(scope.page.label), (event for _, event in days))


def _events(row: int, sources: Sources, commits: Commits) -> Iterator[Event]:
    work = sources.snapshot.works[row]
    days = list(_days(work, sources)) if work.open else ()
    if not days:
        return
    change = sources.changes.latest((work.path,))
    state, label = sources.snapshot.state(work), sources.snapshot.label
    said = {
        "state": state.label if state else work.status,
        "owner": label(work.owner),
        "by": ", ".join(map(label, work.assignees)),
    }
    text = "; ".join(f"{name}: {shorten(value)}" for name, value in said.items() if value)
    address = sources.directory.addresses[row]
    for day in days:
        yield Event(
            id=_id(work, day, sources),
            day=day,
            title=shorten(work.title) or work.id,
            text=text,
            category=_category(work),
            time=commits[change.commit] if change else 0,
            url=f"{sources.base_url}{address}" if sources.base_url else "",
        )


def _days(work: Work, sources: Sources) -> Sequence[date]:
    if work.kind != "routine":
        return (work.due,) if work.due is not None else ()
    first = sources.today.replace(day=1)
    return list(
        islice(find_days(work, sources.snapshot, first, shift_day(first, _AHEAD)), _MOST_TIMES)
    )


def _id(work: Work, day: date, sources: Sources) -> str:
    """Return what a calendar knows it by: work that is put off stays the same event."""
    place = f"/{work.path}" if sources.snapshot.work(work.id) != work else work.id
    name = sources.snapshot.settings.name
    return lasting_id("event", name, place, day.isoformat() if work.kind == "routine" else "")


def _category(work: Work) -> str:
    if work.kind == "routine":
        return "Routine"
    return "Milestone" if work.workflow.lower() == "milestone" else "Due"
