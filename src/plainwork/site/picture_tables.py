"""What pictures show, as tables: the timeline, the calendar, and the load of people."""

from __future__ import annotations

from typing import Any

import msgspec

from plainwork.model.party import Person
from plainwork.site.sources import Sources
from plainwork.site.table import Table, flatten
from plainwork.views.calendar_days import DayList, compute_months, list_days
from plainwork.views.timeline import Timeline, compute_timeline, find_landmarks
from plainwork.views.weekly_load import WeeklyLoad

CALENDAR_MONTHS = 6
"""How far calendars look ahead: this month is the first."""


def _timeline(sources: Sources) -> Timeline:
    """Return all of it: a picture shows as much as fits."""
    snapshot = sources.snapshot
    landmarks = find_landmarks(snapshot)
    return compute_timeline(landmarks, snapshot, today=sources.today, most=len(landmarks))


def _calendar(sources: Sources) -> DayList:
    snapshot, today = sources.snapshot, sources.today
    people = [party for party in snapshot.parties.values() if isinstance(party, Person)]
    months = compute_months(
        snapshot,
        snapshot.works,
        people,
        today=today,
        first=today,
        count=CALENDAR_MONTHS,
        most=len(snapshot.works) + len(people),
    )
    return DayList(today, list_days(months))


_OF_BARS = (
    *("id", "title", "kind", "state", "category", "owner", "overdue", "blocked"),
    *("first", "last", "begun", "goes_on", "waits_for"),
)
_OF_WEEKS = ("id", "name", "week", "hours", "available")


def _list_bars(found: Timeline) -> list[dict[str, Any]]:
    waits_for: dict[int, list[str]] = {}
    for link in found.links:
        waits_for.setdefault(link.target, []).append(found.bars[link.source].work.id)
    return [
        {**flatten(bar), **flatten(bar.work), "waits_for": waits_for.get(place, ())}
        for place, bar in enumerate(found.bars)
    ]


def _list_entries(found: DayList) -> list[dict[str, Any]]:
    return [{"day": day.day, **flatten(entry)} for day in found.days for entry in day.entries]


def _list_weeks(found: WeeklyLoad) -> list[dict[str, Any]]:
    return [
        {"id": person.id, "name": person.name, "week": monday, **flatten(week)}
        for person in found.people
        for monday, week in zip(found.mondays, person.weeks, strict=True)
    ]


def _load(sources: Sources) -> msgspec.Struct:
    return sources.load


PICTURED = (
    Table("timeline", "timeline", _timeline, _OF_BARS, _list_bars),
    Table("calendar", "calendar", _calendar, ("day", "kind", "id", "title"), _list_entries),
    Table("load", "load", _load, _OF_WEEKS, _list_weeks),
)
