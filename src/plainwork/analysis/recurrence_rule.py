"""The text of a recurrence rule: RFC 5545, section 3.3.10, from days upwards.

What the standard forbids is refused, and so is what it allows but nobody means: a rule is short,
finite in every part, and written in capitals.
"""

import re
from datetime import date
from typing import Literal, cast

import msgspec

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TOO_FINE = ("BYHOUR", "BYMINUTE", "BYSECOND")
_LONGEST_TEXT = 500
_FIRST_START = date(1900, 1, 1)
_LAST_START = date(9900, 1, 1)


class Rule(msgspec.Struct, frozen=True):
    """A recurrence rule whose parts are all written out.

    What the text leaves to the first day (``FREQ=MONTHLY`` is the day of the month of ``start``)
    stands in the parts. A day recurs if it is in every part that is not empty.

    Attributes:
        text: The rule as written.
        start: The first day on which it can occur; it is no occurrence unless the rule says so.
        frequency: The period that is repeated.
        interval: Every how many periods.
        count: How often it occurs in all, or None.
        until: The last day on which it can occur, or None.
        week_start: The first day of a week, Monday is 0.
        months: From 1 to 12.
        week_numbers: ISO weeks, from 1 to 53; negative ones count from the end of the year.
        year_days: From 1 to 366, or negative.
        month_days: From 1 to 31, or negative.
        weekdays: Pairs of (which, weekday): the second Tuesday is ``(2, 1)``, the last Friday
            ``(-1, 4)``, every Monday ``(0, 0)``. Which counts in the month if the rule has
            months or is monthly, else in the year.
        positions: Which of the days of each period, from 1, or negative; empty: all.
        warnings: What other programs read differently.
    """

    text: str
    start: date
    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: date | None = None
    week_start: int = 0
    months: tuple[int, ...] = ()
    week_numbers: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


def _many(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})(?:,(?:{pattern}))*")


_TO_366 = r"[+-]?(?:36[0-6]|3[0-5][0-9]|[12][0-9]{2}|0?[1-9][0-9]|0{0,2}[1-9])"
_TO_53 = r"[+-]?(?:5[0-3]|[1-4][0-9]|0?[1-9])"
_TO_31 = r"[+-]?(?:3[01]|[12][0-9]|0?[1-9])"
_WEEKDAY = "MO|TU|WE|TH|FR|SA|SU"

_SYNTAX: dict[str, tuple[re.Pattern[str], str]] = {
    "FREQ": (re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"), "DAILY, WEEKLY, MONTHLY or YEARLY"),
    "INTERVAL": (re.compile(r"[1-9][0-9]{0,2}"), "a number from 1 to 999"),
    "COUNT": (re.compile(r"[1-9][0-9]{0,3}"), "a number from 1 to 9999"),
    "UNTIL": (re.compile(r"[0-9]{8}"), "a date such as 20261231"),
    "WKST": (re.compile(_WEEKDAY), "a weekday such as MO"),
    "BYMONTH": (_many(r"1[0-2]|0?[1-9]"), "months from 1 to 12"),
    "BYWEEKNO": (_many(_TO_53), "weeks from 1 to 53 or -1 to -53"),
    "BYYEARDAY": (_many(_TO_366), "days from 1 to 366 or -1 to -366"),
    "BYMONTHDAY": (_many(_TO_31), "days from 1 to 31 or -1 to -31"),
    "BYDAY": (_many(rf"(?:{_TO_53})?(?:{_WEEKDAY})"), "weekdays such as MO, 2TU or -1FR"),
    "BYSETPOS": (_many(_TO_366), "positions from 1 to 366 or -1 to -366"),
}


def read_rule(text: str, start: date) -> Rule | str:
    """Read a rule by the letter, without asking whether any day fits it.

    Args:
        text: For example ``FREQ=MONTHLY;BYMONTHDAY=-1``.
        start: The first day on which it can occur.

    Returns:
        The rule, or what is wrong in one line.
    """
    if len(text) > _LONGEST_TEXT:
        return f"a rule has at most {_LONGEST_TEXT} characters"
    if not _FIRST_START <= start < _LAST_START:
        return f"a rule starts in the years {_FIRST_START.year} to {_LAST_START.year - 1}"
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        problem = f"`{name}` stands twice" if name in parts else _part_problem(part, name, value)
        if problem:
            return problem
        parts[name] = value
    problem = _combination_problem(parts)
    return problem or _rule(text, start, parts)


def _part_problem(part: str, name: str, value: str) -> str:
    if name in _TOO_FINE:
        return f"`{name}` is finer than a day"
    if name == "DTSTART":
        return "`DTSTART` does not belong here; the first day is in `start`"
    if name not in _SYNTAX:
        return f"`{part}` is no part of a rule, which is such as `FREQ=MONTHLY;BYMONTHDAY=-1`"
    pattern, expected = _SYNTAX[name]
    if not pattern.fullmatch(value):
        return f"`{part}`: expected {expected}"
    if name == "UNTIL" and _until(value) is None:
        return f"`{part}`: there is no such day"
    return ""


def _combination_problem(parts: dict[str, str]) -> str:
    """Return what RFC 5545 says against parts that are right each by itself, or ``""``."""
    frequency = parts.get("FREQ")
    if frequency is None:
        return "`FREQ` is missing"
    counted = any(which for which, _ in _weekdays(parts.get("BYDAY", "")))
    wrong = {
        "`COUNT` and `UNTIL` exclude each other": "COUNT" in parts and "UNTIL" in parts,
        "`BYMONTHDAY` does not go with `FREQ=WEEKLY`": (
            "BYMONTHDAY" in parts and frequency == "WEEKLY"
        ),
        "`BYYEARDAY` goes with `FREQ=YEARLY` only": (
            "BYYEARDAY" in parts and frequency != "YEARLY"
        ),
        "`BYWEEKNO` goes with `FREQ=YEARLY` only": "BYWEEKNO" in parts and frequency != "YEARLY",
        "`BYSETPOS` needs another `BY…` part": (
            "BYSETPOS" in parts and sum(name.startswith("BY") for name in parts) == 1
        ),
        "a counted weekday in `BYDAY` goes with `FREQ=MONTHLY` or `FREQ=YEARLY` only": (
            counted and frequency in ("DAILY", "WEEKLY")
        ),
        "a counted weekday in `BYDAY` does not go with `BYWEEKNO`": (
            counted and "BYWEEKNO" in parts
        ),
    }
    return next((problem for problem, applies in wrong.items() if applies), "")


def _rule(text: str, start: date, parts: dict[str, str]) -> Rule:
    frequency = cast("Frequency", parts["FREQ"])
    months = _numbers(parts, "BYMONTH")
    month_days = _numbers(parts, "BYMONTHDAY")
    year_days = _numbers(parts, "BYYEARDAY")
    week_numbers = _numbers(parts, "BYWEEKNO")
    weekdays = _weekdays(parts.get("BYDAY", ""))
    if not (month_days or year_days or weekdays):
        if frequency == "WEEKLY" or week_numbers:
            weekdays = ((0, start.weekday()),)
        elif frequency == "MONTHLY":
            month_days = (start.day,)
        elif frequency == "YEARLY":
            months, month_days = months or (start.month,), (start.day,)
    return Rule(
        text=text,
        start=start,
        frequency=frequency,
        interval=int(parts.get("INTERVAL", "1")),
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
        months=months,
        week_numbers=week_numbers,
        year_days=year_days,
        month_days=month_days,
        weekdays=weekdays,
        positions=_numbers(parts, "BYSETPOS"),
        warnings=tuple(_warnings(parts)),
    )


def _warnings(parts: dict[str, str]) -> list[str]:
    found = []
    if "BYWEEKNO" in parts and "BYDAY" not in parts:
        found.append("`BYWEEKNO` without `BYDAY` is read differently by other programs")
    if "BYWEEKNO" in parts and parts.get("INTERVAL", "1") != "1":
        found.append("`BYWEEKNO` with `INTERVAL` is read differently by other programs")
    if len({which == 0 for which, _ in _weekdays(parts.get("BYDAY", ""))}) > 1:
        found.append(
            "`BYDAY` with counted and plain weekdays is read differently by other programs"
        )
    return found


def _until(value: str) -> date | None:
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return None


def _numbers(parts: dict[str, str], name: str) -> tuple[int, ...]:
    """Return the numbers of a part in order: counted from the start first, then from the end."""
    numbers = {int(number) for number in parts[name].split(",")} if name in parts else set()
    return tuple(sorted(numbers, key=lambda number: (number < 0, number)))


def _weekdays(value: str) -> tuple[tuple[int, int], ...]:
    found = {(int(day[:-2] or 0), WEEKDAYS.index(day[-2:])) for day in value.split(",") if day}
    return tuple(sorted(found, key=lambda pair: (pair[0] < 0, *pair)))
