"""Working days and working hours: what three business days are, and how much of a wait was work.

Everything is computed from running totals (how much work there is before a day), so that years
cost as little as minutes.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from math import ceil

from plainwork.analysis.days import find_day
from plainwork.model.quantity import Duration, Unit
from plainwork.model.settings import Calendar

_SECONDS: dict[Unit, int] = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_HOUR = _SECONDS["h"]
_DAY = _SECONDS["d"]
_OFFICE_DAY = ((9 * 60, 17 * 60),)

OFFICE_HOURS = Calendar("", (*((_OFFICE_DAY,) * 5), (), ()))
"""Monday to Friday, 09:00 to 17:00: where nothing else is said."""


class WorkingCalendar:
    """What a calendar of ``plainwork.toml`` means.

    Times are wall-clock times in the zone of the ``datetime`` that is passed, which is aware and
    in the workspace's zone. Where a result would lie beyond year 9999, it is the end of time.

    Attributes:
        day_hours: The hours of a working day; their mean, if the days of the week differ.
    """

    def __init__(self, calendar: Calendar = OFFICE_HOURS) -> None:
        """Read a calendar, whose hours are in order and do not overlap.

        One without any working hours counts as :data:`OFFICE_HOURS`, for nothing would ever be
        due in it.
        """
        hours = calendar.hours if any(calendar.hours) else OFFICE_HOURS.hours
        self._hours = tuple(
            tuple((start * 60, end * 60) for start, end in weekday) for weekday in hours
        )
        self._holidays = frozenset(calendar.holidays)
        seconds = [sum(end - start for start, end in weekday) for weekday in self._hours]
        holidays = sorted(day.toordinal() for day in self._holidays)
        self._days = _RunningTotal([int(bool(weekday)) for weekday in self._hours], holidays)
        self._time = _RunningTotal(seconds, holidays)
        self._reached: dict[tuple[date, int], date] = {}  # much begins on one day
        self._week_hours = Decimal(self._time.week) / _HOUR
        self.day_hours = self._week_hours / self._days.week

    def is_working_day(self, day: date) -> bool:
        """Return whether anybody works on a day."""
        return bool(self._hours_of(day))

    def next_working_day(self, day: date) -> date:
        """Return the day itself if it is a working day, else the next one."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def previous_working_day(self, day: date) -> date:
        """Return the day itself if it is a working day, else the one before."""
        return day if self.is_working_day(day) else self.add_working_days(day, -1)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after a day, or before it if negative.

        The day itself never counts: one business day after Saturday is Monday, as it is after
        Friday. With ``count`` 0 it is the day itself, whether working or not.
        """
        if count == 0:
            return day
        known = self._reached.get((day, count))
        if known is None:
            ordinal = day.toordinal()
            first = self._days.before(ordinal + 1) if count > 0 else self._days.before(ordinal) + 1
            known = self._reached[day, count] = find_day(self._days.reached(first + count))
        return known

    def add_to_date(self, day: date, duration: Duration, sign: int = 1) -> date:
        """Return the day that lies a duration later, or earlier with ``sign`` -1.

        A date has no hours, so a begun day counts as a whole one.
        """
        if duration.business:
            days = duration.amount / (1 if duration.unit == "d" else self.day_hours)
            return self.add_working_days(day, sign * ceil(days))
        return find_day(
            day.toordinal() + sign * ceil(duration.amount * _SECONDS[duration.unit] / _DAY)
        )

    def add(self, moment: datetime, duration: Duration) -> datetime:
        """Return when a duration that begins at a moment ends.

        Elapsed time is exact across changes of the clock. Business hours pass in working time
        only; business days end at the same time of day, and a part of one is its working time.
        """
        if not duration.business:
            return add_seconds(moment, int(duration.amount * _SECONDS[duration.unit]))
        if duration.unit == "h":
            return self.add_working_time(moment, int(duration.amount * _HOUR))
        days = int(duration.amount)
        day = self.add_working_days(moment.date(), days)
        part = (duration.amount - days) * self.day_hours
        return self.add_working_time(
            _existing(datetime.combine(day, moment.timetz())), int(part * _HOUR)
        )

    def add_working_time(self, moment: datetime, seconds: int) -> datetime:
        """Return the first moment at which so much working time has passed."""
        if seconds <= 0:
            return moment
        rest = self._worked(moment) + seconds
        day = find_day(self._time.reached(rest))
        rest -= self._time.before(day.toordinal())
        midnight = datetime.combine(day, datetime.min.time(), moment.tzinfo)
        for start, end in self._hours_of(day):
            if rest <= end - start:
                return _existing(midnight + timedelta(seconds=start + rest))
            rest -= end - start
        return midnight

    def count_working_days(self, first: date, last: date) -> int:
        """Return how many working days there are from one day to another, both included."""
        return max(
            0, self._days.before(last.toordinal() + 1) - self._days.before(first.toordinal())
        )

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Return how much of the time between two moments is working time; never negative."""
        return timedelta(seconds=max(0, self._worked(end) - self._worked(start)))

    def hours(self, effort: Duration) -> Decimal:
        """Return the hours of an effort, where days and weeks are those of this calendar."""
        match effort.unit:
            case "m":
                return effort.amount / 60
            case "h":
                return effort.amount
            case "d":
                return effort.amount * self.day_hours
            case "w":
                return effort.amount * self._week_hours

    def _hours_of(self, day: date) -> tuple[tuple[int, int], ...]:
        """Return the working hours of a day, in seconds after midnight."""
        return () if day in self._holidays else self._hours[day.weekday()]

    def _worked(self, moment: datetime) -> int:
        """Return the seconds of working time since the beginning of time."""
        second = moment.hour * _HOUR + moment.minute * 60 + moment.second
        return self._time.before(moment.toordinal()) + sum(
            min(second, end) - start
            for start, end in self._hours_of(moment.date())
            if second > start
        )


class _RunningTotal:
    """How much there is before each day, if every weekday has its amount and holidays none."""

    def __init__(self, weekdays: Sequence[int], holidays: Sequence[int]) -> None:
        self._weekdays = (0, *accumulate(weekdays))
        self._holidays = holidays
        # Day 1 of the proleptic Gregorian calendar is a Monday.
        self._lost = (0, *accumulate(weekdays[(ordinal - 1) % 7] for ordinal in holidays))
        self.week = self._weekdays[-1]

    def before(self, ordinal: int) -> int:
        weeks, days = divmod(ordinal - 1, 7)
        lost = self._lost[bisect_left(self._holidays, ordinal)]
        return weeks * self.week + self._weekdays[days] - lost

    def reached(self, amount: int) -> int:
        """Return the first day at whose end there is so much."""
        # Without holidays it would be in this week; with them it is as much later as they cost.
        first = min(max(amount * 7 // self.week - 7, 0), len(_ORDINALS))
        last = min(max((amount + self._lost[-1]) * 7 // self.week + 7, 0), len(_ORDINALS))
        return 1 + bisect_left(
            _ORDINALS, amount, first, last, key=lambda ordinal: self.before(ordinal + 1)
        )


_ORDINALS = range(1, date.max.toordinal() + 1)


def add_seconds(moment: datetime, seconds: int) -> datetime:
    """Return the moment so many seconds later, in the same zone."""
    try:
        return (moment.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(moment.tzinfo)
    except OverflowError:
        # A day before the end of time, so that it can be told in every zone.
        return datetime.max.replace(tzinfo=moment.tzinfo) - timedelta(days=1)


def _existing(moment: datetime) -> datetime:
    """Return the moment, or an hour later if the clocks pass over it."""
    return add_seconds(moment, 0)
