"""How much work people have before them, against the time that they have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from plainwork.analysis.days import shift_day, span_days
from plainwork.analysis.team_calendar import find_calendar, find_personal_calendar
from plainwork.analysis.working_calendar import WorkingCalendar
from plainwork.model.party import Person
from plainwork.model.quantity import Duration
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.parsing.quantities import parse_duration

_WINDOW = 28
"""How far ahead work and time are compared."""


class Load(msgspec.Struct, frozen=True):
    """Somebody's work in the next four weeks.

    Attributes:
        hours: The estimates of open work that is due by then or overdue.
        available: The hours that they have in that time, without leave and holidays.
        later: The estimates of all other open work of theirs.
        without_estimate: How many open works of theirs have none.
    """

    hours: Decimal
    available: Decimal
    later: Decimal
    without_estimate: int

    @property
    def share(self) -> Decimal | None:
        """The part of the time that is taken, or None if there is no time."""
        return self.hours / self.available if self.available else None

    @property
    def over(self) -> bool:
        """Whether there is more work than time."""
        return self.hours > self.available


class _Sum:
    def __init__(self) -> None:
        self.hours = Decimal(0)
        self.later = Decimal(0)
        self.without_estimate = 0

    def add(self, effort: Decimal | None, *, soon: bool) -> None:
        if effort is None:
            self.without_estimate += 1
        elif soon:
            self.hours += effort
        else:
            self.later += effort


def compute_loads(works: Iterable[Work], snapshot: Snapshot, today: date) -> Mapping[str, Load]:
    """Return the load of every person who has open work, by their id in lower case.

    Work counts for those who do it, in equal parts; for the accountable one if nobody is named.

    Args:
        works: All open work.
        snapshot: The workspace.
        today: The first day.
    """
    sums: dict[str, _Sum] = {}
    efforts = Efforts(snapshot)
    last = shift_day(today, _WINDOW)
    for work in works:
        if work.kind != "item":
            continue
        doers = work.assignees or (work.accountable,)
        effort, due = efforts.share(work.estimate, len(doers)), work.due
        for doer in doers:
            total = sums.setdefault(doer.lower(), _Sum())
            total.add(effort, soon=due is not None and due <= last)
    found = {}
    for id_, total in sums.items():
        person = snapshot.person(id_)
        if person is not None:
            available = compute_hours(person, snapshot, today)
            found[id_] = Load(
                _round(total.hours),
                _round(available),
                _round(total.later),
                total.without_estimate,
            )
    return found


def _round(hours: Decimal) -> Decimal:
    """Return hours as people write them: 152, or 25.33 of a third."""
    rounded = hours.quantize(Decimal("0.01"))
    whole = rounded.to_integral_value()
    return whole if whole == rounded else rounded


class Efforts:
    """Hours of estimates; each text is read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._calendar = find_calendar(snapshot)
        self._known: dict[tuple[str, int], Decimal | None] = {}

    def share(self, estimate: str, parts: int) -> Decimal | None:
        """Return one of equal parts of an estimate in hours, or None if there is none."""
        key = (estimate, parts)
        if key not in self._known:
            duration = parse_duration(estimate) if estimate else None
            hours = self._calendar.hours(duration) / parts if duration else None
            self._known[key] = hours
        return self._known[key]


def compute_hours(person: Person, snapshot: Snapshot, today: date) -> Decimal:
    """Return the hours that a person has in the next four weeks."""
    calendar = find_personal_calendar(snapshot, person)
    days = span_days(today, shift_day(today, _WINDOW - 1))
    working = sum(
        calendar.is_working_day(day) and person.present(day) and not person.away(day)
        for day in days
    )
    return working * compute_day_hours(person, calendar)


def compute_day_hours(person: Person, calendar: WorkingCalendar) -> Decimal:
    """Return the hours of a working day of a person: of their capacity, else of the calendar."""
    week = calendar.hours(Duration(Decimal(1), "w"))
    capacity = parse_duration(person.capacity) if person.capacity else None
    weekly = calendar.hours(capacity) if capacity else week
    return calendar.day_hours * weekly / week
