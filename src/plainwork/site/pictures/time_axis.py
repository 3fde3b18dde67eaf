"""Days along a line: where each is, and which of them are named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from plainwork.site.pictures.svg import NARROWEST, SMALL, words_width

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MOST_TICKS = 8
_STEPS = (1, 2, 3, 6, 12, 24, 60, 600, 6_000)
"""Months between two names."""
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

    def ticks(self, aside: float = 0) -> Iterator[Tick]:
        """Yield named days: weeks, months, quarters or years, so few that all fit.

        Args:
            aside: How many pixels right of its day each name begins.
        """
        free = 0.0
        named = self._weeks() if self._days <= 7 * _MOST_TICKS else self._beginnings()
        for day, words in named:
            part = self.begin(day)
            at, width = part * NARROWEST, words_width(words, SMALL)
            if at >= free and at + aside + width <= NARROWEST:
                free = at + width + _GAP
                yield Tick(part, words)

    def _weeks(self) -> Iterator[tuple[date, str]]:
        # Day 1 is a Monday. Numbers, because there is no day behind the last one.
        first, last = self.first.toordinal(), self.last.toordinal()
        for number in range(first + (1 - first) % 7, last + 1, 7):
            day = date.fromordinal(number)
            yield day, f"{day.day} {month_name(day.month)}"

    def _beginnings(self) -> Iterator[tuple[date, str]]:
        """Yield the first days of months; where all are years, they are called so."""
        months = self._months()
        step = next((step for step in _STEPS if months / step <= _MOST_TICKS), _STEPS[-1])
        number = 12 * self.first.year + self.first.month - 1
        for n in range(number + -number % step, number + months, step):
            day = date(n // 12, n % 12 + 1, 1)
            if day < self.first:
                continue
            month = month_name(day.month)
            if step % 12 == 0:
                yield day, str(day.year)
            else:
                yield day, f"{month} {day.year}" if day.month == 1 else month

    def _months(self) -> int:
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1

    @property
    def _days(self) -> int:
        return (self.last - self.first).days + 1


def month_name(month: int) -> str:
    """Return the short name of a month, which counts from 1."""
    return _MONTHS[month - 1][:3]


def format_month(day: date) -> str:
    """Return the month of a day: ``May 2026``."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def format_day(day: date) -> str:
    """Return a day as people write it: ``5 May 2026``."""
    return f"{day.day} {month_name(day.month)} {day.year}"
