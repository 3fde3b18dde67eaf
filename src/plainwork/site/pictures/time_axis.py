"""Days along a line: where each is, and which of them are named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from plainwork.site.pictures.svg import NARROWEST, SMALL, words_width

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_TICKS = 8
_GAP = 8


class Tick(msgspec.Struct, frozen=True):
    """A day with a name, and its part of the way from the first to the last day."""

    part: float
    words: str


class TimeAxis(msgspec.Struct, frozen=True):
    """The days from a first to a last one, both included."""

    first: date
    last: date

    def begin(self, day: date) -> float:
        """Return where a day begins, as a part of the whole."""
        return (day - self.first).days / self._days

    def end(self, day: date) -> float:
        """Return where a day ends, as a part of the whole."""
        return ((day - self.first).days + 1) / self._days

    def ticks(self) -> Iterator[Tick]:
        """Yield named days: weeks, months, quarters or years, so few that all fit."""
        free = 0.0
        for day in self._named():
            part = self.begin(day)
            words = self._words(day)
            at, width = part * NARROWEST, words_width(words, SMALL) + _GAP
            if at >= free and at + width <= NARROWEST:
                free = at + width
                yield Tick(part, words)

    def _named(self) -> Iterator[date]:
        weeks = self._days / 7
        if weeks <= _MOST_TICKS:
            # Day 1 is a Monday. Numbers, because there is no day behind the last one.
            first, last = self.first.toordinal(), self.last.toordinal()
            yield from map(date.fromordinal, range(first + (1 - first) % 7, last + 1, 7))
            return
        months = self._months()
        step = next((step for step in (1, 3, 6, 12, 24) if months / step <= _MOST_TICKS), 60)
        number = 12 * self.first.year + self.first.month - 1
        number += -number % step
        while number // 12 <= self.last.year:
            day = date(number // 12, number % 12 + 1, 1)
            if self.first <= day <= self.last:
                yield day
            number += step

    def _words(self, day: date) -> str:
        if self._days / 7 <= _MOST_TICKS:
            return f"{day.day} {month_name(day.month)}"
        month = month_name(day.month)
        # A year is named where it begins and where the axis does.
        return f"{month} {day.year}" if day.month == 1 or self.begin(day) == 0 else month

    def _months(self) -> int:
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1

    @property
    def _days(self) -> int:
        return (self.last - self.first).days + 1


def month_name(month: int) -> str:
    """Return the short name of a month, which counts from 1."""
    return _MONTHS[month - 1]


def format_day(day: date) -> str:
    """Return a day as people write it: ``5 May 2026``."""
    return f"{day.day} {month_name(day.month)} {day.year}"
