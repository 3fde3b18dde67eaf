"""Dates of the example organisation, counted back from one day.

Its documents and their story name no date. They say `{{ workday(-12) }}`, and mean the twelfth
working day before today, so that the example is never out of date.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from plainwork.parsing.public_holidays import find_public_holidays

_PLACEHOLDER = re.compile(
    r"\{\{ (day|workday|monday|week|month_start|month_end|month|quarter|year)"
    r"\((-?\d+)(?:, (-?\d+))?\) \}\}"
)
_MOMENT = re.compile(r"(?:(?P<anchor>[MSW])(?P<back>-?\d+))?(?P<offset>[+-]?\d+)")
_FRIDAY = 4
_REGION = "DE-SH"
_DECEMBER = 12


def render_dates(text: str, today: date) -> str:
    """Replace the placeholders for dates; every other placeholder stays.

    The first number counts days, working days, weeks, months (of a quarter, too) or years from
    today; the second, working days from there.
    """

    def rendered(match: re.Match[str]) -> str:
        kind, count, workdays = match.groups()
        return _FORMS[kind](today, int(count), int(workdays or 0))

    return _PLACEHOLDER.sub(rendered, text)


def compute_moment(text: str, today: date) -> date:
    """Return the day that a moment of the story means: ``-12``, ``M-2+3``, ``S-1+0``, ``W-20+1``.

    Raises:
        ValueError: It is no moment.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        message = f"no moment of the story: {text}"
        raise ValueError(message)
    offset = int(match["offset"])
    if match["anchor"] is None:
        return _workday(today, offset)
    anchor = _ANCHORS[match["anchor"]](today, int(match["back"]))
    return _add_workdays(anchor, offset)


def _is_workday(day: date) -> bool:
    return day.weekday() <= _FRIDAY and day not in _holidays()


@cache
def _holidays() -> frozenset[date]:
    """Return the days on which nobody in Kiel works; the calendars of the example say the same."""
    return frozenset(find_public_holidays(_REGION) or ())


def _add_workdays(day: date, count: int) -> date:
    """Return the count-th working day after (or before) a day; 0 moves a free day to the next."""
    step = timedelta(days=-1 if count < 0 else 1)
    if count == 0:
        while not _is_workday(day):
            day += step
    for _ in range(abs(count)):
        day += step
        while not _is_workday(day):
            day += step
    return day


def _workday(today: date, count: int) -> date:
    # Today is today, even on a Sunday: the history ends on the day that was asked for.
    return _add_workdays(today, count) if count else today


def _monday(today: date, weeks: int) -> date:
    return today + timedelta(weeks=weeks, days=-today.weekday())


def _month_start(today: date, months: int) -> date:
    years, month = divmod(today.month - 1 + months, _DECEMBER)
    return date(today.year + years, month + 1, 1)


def _month_end(today: date, months: int) -> date:
    return _month_start(today, months + 1) - timedelta(days=1)


_ANCHORS: dict[str, Callable[[date, int], date]] = {
    "M": _month_end,
    "S": _month_start,
    "W": _monday,
}


def _shifted(day: date, workdays: int) -> str:
    return (_add_workdays(day, workdays) if workdays else day).isoformat()


def _week(today: date, weeks: int, _: int) -> str:
    year, week, _day = _monday(today, weeks).isocalendar()
    return f"{year}-W{week:02}"


def _quarter(today: date, months: int, _: int) -> str:
    day = _month_start(today, months)
    return f"{day.year}-Q{(day.month + 2) // 3}"


_FORMS: dict[str, Callable[[date, int, int], str]] = {
    "day": lambda today, n, k: _shifted(today + timedelta(days=n), k),
    "workday": lambda today, n, k: _shifted(_workday(today, n), k),
    "monday": lambda today, n, k: _shifted(_monday(today, n), k),
    "month_start": lambda today, n, k: _shifted(_month_start(today, n), k),
    "month_end": lambda today, n, k: _shifted(_month_end(today, n), k),
    "week": _week,
    "month": lambda today, n, _: f"{_month_start(today, n):%Y-%m}",
    "quarter": _quarter,
    "year": lambda today, n, _: str(today.year + n),
}
