"""The days over which something is computed, and on which day of them a moment lies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property

import msgspec

WEEK = 7
_WEEKS = 26
_DAY = timedelta(days=1)


class Period(msgspec.Struct, frozen=True, dict=True):
    """Days, the first and the last included, which begin in a time zone."""

    since: date
    until: date
    zone: tzinfo

    @cached_property
    def start(self) -> int:
        """The first second."""
        return _midnight(self.since, self.zone)

    @cached_property
    def end(self) -> int:
        """The first second that lies behind it."""
        last = self.until == date.max
        return _midnight(self.until if last else self.until + _DAY, self.zone)

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days + 1

    def days(self) -> Iterator[date]:
        """Yield its days."""
        return (self.since + number * _DAY for number in range(self.length))

    def find_day(self, time: int) -> date:
        """Return the day of a moment, which may lie elsewhere."""
        return datetime.fromtimestamp(time, self.zone).date()

    def find_position(self, time: int) -> int:
        """Return how many of its days lie before that of a moment."""
        return (self.find_day(time) - self.since).days

    def find_moment(self, time: int) -> datetime:
        """Return a moment in the zone of the period."""
        return datetime.fromtimestamp(time, self.zone)


def find_usual_start(until: date) -> date:
    """Return the Monday with which the last 26 weeks begin; the last of them may be a part."""
    monday = find_monday(until)
    return monday - min((_WEEKS - 1) * WEEK * _DAY, monday - date.min)


def find_monday(day: date) -> date:
    """Return the day with which the week of a day begins."""
    return day - min(day.weekday() * _DAY, day - date.min)


def _midnight(day: date, zone: tzinfo) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())
