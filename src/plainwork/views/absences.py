"""Who is away from when to when, as a list of days tells it: once, not on every day of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from plainwork.views.calendar_days import Day

_DAY = timedelta(1)


class Absence(msgspec.Struct, frozen=True):
    """Somebody who is away, until when as far as the days are known that are looked at."""

    id: str
    name: str
    last: date


class ListedDay(msgspec.Struct, frozen=True):
    """A day on which something is, and who is away from then on.

    Attributes:
        unnamed: How many are away whom the day does not name.
    """

    day: Day
    absences: tuple[Absence, ...]
    unnamed: int


def list_with_absences(days: Iterable[Day]) -> tuple[ListedDay, ...]:
    """Return the days on which anything is or begins, in their order.

    Args:
        days: In their order; somebody who is away is named on each day of it.
    """
    found = list(days)
    listed = []
    for at, day in enumerate(found):
        before = found[at - 1] if at and found[at - 1].day + _DAY == day.day else None
        gone_on = _away(before)
        begun = tuple(
            Absence(id_, name, _find_last(id_, found[at:]))
            for id_, name in _away(day).items()
            if id_ not in gone_on
        )
        if begun or any(kind != "away" for kind, _ in day.counts):
            unnamed = dict(day.counts).get("away", 0) - len(_away(day))
            listed.append(ListedDay(day, begun, unnamed))
    return tuple(listed)


def _away(day: Day | None) -> dict[str, str]:
    entries = day.entries if day else ()
    return {entry.id: entry.title for entry in entries if entry.kind == "away"}


def _find_last(id_: str, days: Sequence[Day]) -> date:
    """Return the last of the days in a row, from the first one on, on which somebody is away."""
    last = days[0].day
    for day in days[1:]:
        if day.day != last + _DAY or id_ not in _away(day):
            break
        last = day.day
    return last
