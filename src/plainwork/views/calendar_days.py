"""The calendar: what is due on which day, when routines recur, and who is away."""

from __future__ import annotations

from calendar import Calendar, monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from plainwork.analysis.attention import is_overdue
from plainwork.analysis.days import span_days
from plainwork.analysis.recurrence import occurrences, shift
from plainwork.analysis.schedule import read_schedule
from plainwork.analysis.team_calendar import find_calendar
from plainwork.model.party import Person
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work

EntryKind = Literal["late", "due", "milestone", "routine", "away"]

KINDS: tuple[EntryKind, ...] = ("late", "milestone", "due", "routine", "away")
"""What a day may hold, what matters most first."""

MOST_ENTRIES = 4
"""So many entries of a kind are named on a day, if nobody asks for more; all are counted."""

_WEEKS = Calendar(firstweekday=0)
_REACH = timedelta(days=31)
"""How far a shift to a working day may move an occurrence."""


class Entry(msgspec.Struct, frozen=True):
    """What is on a day: of a person only that they are away, never why.

    Attributes:
        kind: ``due``, ``late`` if it is overdue, ``milestone``, ``routine`` or ``away``.
        id: Of the work or the person; ``title`` is its title or their name.
    """

    kind: EntryKind
    id: str
    title: str


class Day(msgspec.Struct, frozen=True):
    """One day.

    Attributes:
        working: Whether it is a working day of the workspace.
        counts: How many entries there are of each kind that there is, in the order of kinds.
        entries: The first of them.
    """

    day: date
    working: bool
    counts: tuple[tuple[EntryKind, int], ...]
    entries: tuple[Entry, ...]


class Month(msgspec.Struct, frozen=True):
    """One month; its days stand in weeks that begin on Monday, None is a day of another month."""

    first: date
    today: date
    weeks: tuple[tuple[Day | None, ...], ...]


class DayList(msgspec.Struct, frozen=True):
    """The days of some months on which there is anything."""

    today: date
    days: tuple[Day, ...]


def list_days(months: Iterable[Month]) -> tuple[Day, ...]:
    """Return the days of some months on which there is anything."""
    return tuple(
        day for month in months for week in month.weeks for day in week if day and day.counts
    )


def compute_months(
    snapshot: Snapshot,
    works: Iterable[Work],
    people: Iterable[Person],
    *,
    today: date,
    first: date,
    count: int,
    most: int = MOST_ENTRIES,
) -> tuple[Month, ...]:
    """Compute some months of a calendar.

    Args:
        snapshot: The workspace.
        works: Whose days are shown: open items and projects that are due, and open routines.
        people: Whose leave is shown.
        today: The day of the question.
        first: Any day of the first month.
        count: How many months.
        most: How many entries of a kind are named on a day.
    """
    months = list_months(first, count)
    begin, end = months[0], _last_day(months[-1])
    found: dict[date, list[Entry]] = {}
    for day, entry in (
        *_work_entries(works, snapshot, today, begin, end),
        *_absences(people, begin, end),
    ):
        found.setdefault(day, []).append(entry)
    calendar = find_calendar(snapshot)

    def describe(day: date) -> Day:
        entries = sorted(found.get(day, ()), key=_order)
        counts = Counter(entry.kind for entry in entries)
        return Day(
            day=day,
            working=calendar.is_working_day(day),
            counts=tuple((kind, counts[kind]) for kind in KINDS if counts[kind]),
            entries=tuple(_first_of_each(entries, most)),
        )

    return tuple(
        Month(
            month,
            today,
            tuple(
                tuple(describe(month.replace(day=number)) if number else None for number in week)
                for week in _WEEKS.monthdayscalendar(month.year, month.month)
            ),
        )
        for month in months
    )


def _order(entry: Entry) -> tuple[int, str, str]:
    return (KINDS.index(entry.kind), entry.title, entry.id)


def _first_of_each(entries: Sequence[Entry], most: int) -> Iterator[Entry]:
    seen: Counter[EntryKind] = Counter()
    for entry in entries:
        seen[entry.kind] += 1
        if seen[entry.kind] <= most:
            yield entry


def _work_entries(
    works: Iterable[Work], snapshot: Snapshot, today: date, begin: date, end: date
) -> Iterator[tuple[date, Entry]]:
    for work in works:
        if not work.open:
            continue
        if work.kind == "routine":
            entry = Entry("routine", work.id, work.title)
            yield from ((day, entry) for day in find_days(work, snapshot, begin, end))
        elif work.due is not None and begin <= work.due <= end:
            yield work.due, Entry(_kind(work, today), work.id, work.title)


def _kind(work: Work, today: date) -> EntryKind:
    if is_overdue(work, today):
        return "late"
    return "milestone" if work.workflow.lower() == "milestone" else "due"


def find_days(routine: Work, snapshot: Snapshot, first: date, last: date) -> Iterator[date]:
    """Yield the days on which a routine recurs, shifted to working days if it says so.

    A standing responsibility recurs never, and neither does a rule that is wrong: `check` tells.
    One that counts from when the last was done recurs as its rule says, for nobody knows better.
    """
    if not (routine.fields.get("schedule") or {}).get("rrule"):
        return
    schedule = read_schedule(routine)
    if isinstance(schedule, str):
        return
    creates = routine.fields.get("creates") or {}
    calendar = find_calendar(snapshot, creates.get("team") or routine.team)
    reach = _REACH if schedule.shift else timedelta(0)
    begin, end = _moved(first, -reach), _moved(last, reach)
    for day in occurrences(schedule.rule, begin, end, (end - begin).days + 1):
        shifted = shift(day, calendar, schedule.shift)
        if first <= shifted <= last:
            yield shifted


def _absences(people: Iterable[Person], begin: date, end: date) -> Iterator[tuple[date, Entry]]:
    for person in people:
        entry = Entry("away", person.id, person.name)
        days = {
            day
            for leave in person.leave
            for day in span_days(max(leave.first, begin), min(leave.last, end))
            if person.present(day)
        }
        yield from ((day, entry) for day in days)


def list_months(day: date, count: int) -> list[date]:
    """Return the first days of some months: that of a day, and the next ones, if there are any."""
    number = 12 * day.year + day.month - 1
    last = min(number + count, 12 * (date.max.year + 1))
    return [date(n // 12, n % 12 + 1, 1) for n in range(number, last)]


def _last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _moved(day: date, distance: timedelta) -> date:
    try:
        return day + distance
    except OverflowError:
        return day
