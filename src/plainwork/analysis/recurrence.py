"""On which days a rule falls.

dateutil expands the rule; here stands what it leaves open: it looks for the next day to the end
of time, begins at the first day however long that is ago, and reads plain weekdays beside counted
ones as a contradiction.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import dropwhile, islice

import msgspec

from plainwork.analysis.recurrence_rule import Rule, read_rule
from plainwork.analysis.working_calendar import WorkingCalendar

_HORIZON_YEARS = 50
_HORIZON = timedelta(days=_HORIZON_YEARS * 365.25)
# The Gregorian calendar repeats every 400 years, weekdays included. A rule is expanded in the last
# cycle that `datetime` has, so that the end of time is near when no day fits any more.
_CYCLE = 400
_LAST_DAY = date(9990, 12, 31)
_QUARTER = (1, 2, 3)
_QUARTERS = [tuple(range(month, 13, len(_QUARTER))) for month in _QUARTER]


class Period(msgspec.Struct, frozen=True):
    """What an occurrence belongs to.

    Attributes:
        name: ``2026``, ``2026-Q2``, ``2026-05``, ``2026-W19`` or the date.
        first_day: Its first day.
        last_day: Its last day.
    """

    name: str
    first_day: date
    last_day: date


def parse_rule(text: str, start: date) -> Rule | str:
    """Read a rule of RFC 5545, daily or coarser.

    Args:
        text: For example ``FREQ=MONTHLY;BYMONTHDAY=-1``.
        start: The first day on which it can occur.

    Returns:
        The rule, or what is wrong in one line.
    """
    rule = read_rule(text, start)
    if isinstance(rule, Rule) and not next_occurrences(rule, start - timedelta(days=1), 1):
        return f"no day fits the rule within {_HORIZON_YEARS} years of its start"
    return rule


def occurrences(rule: Rule, first: date, last: date, limit: int) -> Iterator[date]:
    """Yield the days from ``first`` to ``last`` on which a rule falls, at most ``limit``."""
    # A rule that counts has to be counted from its start.
    days = _expand(rule, rule.start if rule.count else max(first, rule.start), last)
    counted = islice(days, rule.count)
    return islice(dropwhile(lambda day: day < first, counted), limit)


def next_occurrences(rule: Rule, after: date, count: int) -> tuple[date, ...]:
    """Return the first ``count`` days after a day on which a rule falls.

    They are fewer if the rule ends, or falls on fewer days within fifty years.
    """
    if after >= _LAST_DAY:
        return ()
    first = max(after + timedelta(days=1), rule.start)
    last = first + min(_HORIZON, _LAST_DAY - first)
    return tuple(occurrences(rule, first, last, count))


def shift(day: date, calendar: WorkingCalendar, direction: str) -> date:
    """Return a working day itself, else the ``previous`` or ``next`` one; ``""`` shifts nothing."""
    match direction:
        case "previous":
            return calendar.previous_working_day(day)
        case "next":
            return calendar.next_working_day(day)
        case _:
            return day


def period_of(day: date, rule: Rule) -> Period:
    """Return the period that an occurrence belongs to, by the rule's frequency.

    A rule is quarterly if it is monthly, every third month, or names four months so apart.
    """
    if rule.frequency == "DAILY":
        return Period(day.isoformat(), day, day)
    if rule.frequency == "WEEKLY":
        year, week, _ = day.isocalendar()
        monday = day - timedelta(days=day.weekday())
        return Period(f"{year}-W{week:02}", monday, monday + timedelta(days=6))
    if _is_quarterly(rule):
        quarter = (day.month - 1) // 3
        return _months(f"{day.year}-Q{quarter + 1}", day.year, 3 * quarter + 1, 3)
    if rule.frequency == "MONTHLY":
        return _months(f"{day:%Y-%m}", day.year, day.month, 1)
    return _months(f"{day.year}", day.year, 1, 12)


def _is_quarterly(rule: Rule) -> bool:
    every_third = rule.frequency == "MONTHLY" and rule.interval == len(_QUARTER)
    return every_third or rule.months in _QUARTERS


def _months(name: str, year: int, month: int, count: int) -> Period:
    after, index = divmod(12 * year + month - 1 + count, 12)
    return Period(name, date(year, month, 1), date(after, index + 1, 1) - timedelta(days=1))


def _expand(rule: Rule, first: date, last: date) -> Iterator[date]:
    """Yield the days of a rule, without its count; ``first`` is not before its start."""
    from dateutil import rrule

    last = min(last, rule.until or last, _LAST_DAY)
    if first > last:
        return
    cycles = (_LAST_DAY.year - last.year) // _CYCLE * _CYCLE
    days = rrule.rrule(
        getattr(rrule, rule.frequency),
        dtstart=_midnight(_period_start(rule, first), cycles),
        until=_midnight(last, cycles),
        interval=rule.interval,
        wkst=rule.week_start,
        bymonth=rule.months or None,
        byweekno=rule.week_numbers or None,
        byyearday=rule.year_days or None,
        bymonthday=rule.month_days or None,
        byweekday=[rrule.weekday(day, which or None) for which, day in _weekdays(rule)] or None,
        bysetpos=rule.positions or None,
    )
    # The week that begins on 27 December 9999 does not end; it is behind the last day anyway.
    with suppress(ValueError, OverflowError):
        for found in days:
            day = found.date().replace(year=found.year - cycles)
            if day >= first:
                yield day


def _midnight(day: date, later: int) -> datetime:
    return datetime(day.year + later, day.month, day.day)  # noqa: DTZ001 (days have no zone)


def _period_start(rule: Rule, day: date) -> date:
    """Return the first day of the last period that is repeated and begins by ``day``."""
    start = rule.start
    match rule.frequency:
        case "YEARLY":
            return date(day.year - (day.year - start.year) % rule.interval, 1, 1)
        case "MONTHLY":
            passed = 12 * (day.year - start.year) + day.month - start.month
            year, month = divmod(12 * day.year + day.month - 1 - passed % rule.interval, 12)
            return date(year, month + 1, 1)
        case "WEEKLY":
            week = start - timedelta(days=(start.weekday() - rule.week_start) % 7)
            return day - timedelta(days=(day - week).days % (7 * rule.interval))
        case "DAILY":
            return day - timedelta(days=(day - start).days % rule.interval)


def _weekdays(rule: Rule) -> Iterator[tuple[int, int]]:
    """Yield the weekdays; beside counted ones a plain one is spelled as all that there can be."""
    counted = any(which for which, _ in rule.weekdays)
    most = 5 if rule.months or rule.frequency == "MONTHLY" else 53
    for which, day in rule.weekdays:
        if counted and not which:
            yield from ((every, day) for every in range(1, most + 1))
        else:
            yield which, day
