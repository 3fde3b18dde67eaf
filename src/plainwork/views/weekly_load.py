"""How much work people have in each of the coming weeks, against the time that they have."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from plainwork.analysis.days import shift_day, span_days
from plainwork.analysis.team_calendar import find_personal_calendar
from plainwork.model.party import Person
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.load import Efforts, compute_day_hours

WEEKS = 8
_DAYS = 7


class WeekOfLoad(msgspec.Struct, frozen=True):
    """One week of somebody.

    Attributes:
        hours: Of the estimates of their open work.
        available: What they have, without leave and holidays; of this week only what is left.
    """

    hours: Decimal
    available: Decimal

    @property
    def over(self) -> bool:
        """Whether there is more work than time."""
        return self.hours > self.available


class PersonLoad(msgspec.Struct, frozen=True):
    """Somebody's weeks.

    Attributes:
        later: The hours of their work that is due later, or never.
        without_estimate: How many open works of theirs have none.
    """

    id: str
    name: str
    weeks: tuple[WeekOfLoad, ...]
    later: Decimal
    without_estimate: int


class WeeklyLoad(msgspec.Struct, frozen=True):
    """Load by person and week: who has too much first, then by name.

    Attributes:
        mondays: The first day of each week.
    """

    today: date
    mondays: tuple[date, ...]
    people: tuple[PersonLoad, ...]

    @property
    def estimated(self) -> bool:
        """Whether any of the work has an estimate: without one, nobody can tell a load."""
        return any(
            person.later or any(week.hours for week in person.weeks) for person in self.people
        )


def compute_weekly_load(works: Iterable[Work], snapshot: Snapshot, *, today: date) -> WeeklyLoad:
    """Spread open work over the coming weeks.

    Work counts for those who do it, in equal parts; for the accountable one if nobody is named.
    What has a start is spread evenly over their working days from then, or from today, to the due
    day; what has a due day only falls on that; what is overdue falls on today.

    Args:
        works: The works; of them items that are open count.
        snapshot: The workspace.
        today: The day of the question; its week is the first one.
    """
    monday = shift_day(today, -today.weekday())
    mondays = tuple(span_days(monday, shift_day(monday, _DAYS * WEEKS - 1))[::_DAYS])
    efforts = Efforts(snapshot)
    people: dict[str, _Weeks | None] = {}
    for work in works:
        if work.kind != "item" or not work.open:
            continue
        doers = work.assignees or (work.accountable,)
        effort = efforts.share(work.estimate, len(doers))
        for doer in doers:
            id_ = doer.lower()
            if id_ not in people:
                person = snapshot.person(id_)
                people[id_] = _Weeks(person, snapshot, today, mondays) if person else None
            weeks = people[id_]
            if weeks is not None:
                weeks.add(work, effort)
    found = (weeks.tell() for weeks in people.values() if weeks is not None)
    return WeeklyLoad(today, mondays, tuple(sorted(found, key=_worst_first)))


def _worst_first(load: PersonLoad) -> tuple[Decimal, str, str]:
    excess = sum((max(week.hours - week.available, Decimal(0)) for week in load.weeks), Decimal(0))
    return (-excess, load.name, load.id)


class _Weeks:
    """One person's weeks while work is added to them."""

    def __init__(
        self, person: Person, snapshot: Snapshot, today: date, mondays: Sequence[date]
    ) -> None:
        self._person = person
        self._today = today
        self._last = shift_day(mondays[-1], _DAYS - 1)
        self._mondays = mondays
        calendar = find_personal_calendar(snapshot, person)
        self._days = [
            day
            for day in span_days(today, self._last)
            if calendar.is_working_day(day) and person.present(day) and not person.away(day)
        ]
        self._day_hours = compute_day_hours(person, calendar)
        self._hours = [Decimal(0) for _ in mondays]
        self._later = Decimal(0)
        self._without_estimate = 0

    def add(self, work: Work, effort: Decimal | None) -> None:
        if effort is None:
            self._without_estimate += 1
            return
        start, due = work.start, work.due
        if due is None or (due > self._last and (start is None or start > self._last)):
            self._later += effort
            return
        first = max(start or due, self._today)
        if due <= first:
            self._put(max(due, self._today), effort)
        else:
            self._spread(first, due, effort)

    def tell(self) -> PersonLoad:
        available = [Decimal(0) for _ in self._mondays]
        for day in self._days:
            available[self._week(day)] += self._day_hours
        weeks = zip(self._hours, available, strict=True)
        return PersonLoad(
            self._person.id,
            self._person.name,
            tuple(WeekOfLoad(hours, time) for hours, time in weeks),
            self._later,
            self._without_estimate,
        )

    def _spread(self, first: date, due: date, effort: Decimal) -> None:
        """Put work on the working days until it is due; on the last day, if there are none."""
        near = self._days[bisect_left(self._days, first) : bisect_right(self._days, due)]
        beyond = max((due - max(self._last, first - timedelta(days=1))).days, 0)
        # Nobody looks at every day up to the year 9999: behind the last week five of seven count.
        far = Decimal(beyond * 5) / 7
        count = len(near) + far
        if not count:
            self._put(min(due, self._last), effort)
            return
        for day in near:
            self._hours[self._week(day)] += effort / count
        self._later += effort * far / count

    def _put(self, day: date, effort: Decimal) -> None:
        if day > self._last:
            self._later += effort
        else:
            self._hours[self._week(day)] += effort

    def _week(self, day: date) -> int:
        return (day - self._mondays[0]).days // _DAYS
