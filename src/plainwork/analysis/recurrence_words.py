"""Recurrence rules in plain English words.

Common rules read as people say them; every other one is spelled out part by part, after the
meaning that :class:`~plainwork.analysis.recurrence_rule.Rule` gives to its parts.
"""

from collections.abc import Sequence

from plainwork.analysis.recurrence_rule import Rule

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY_SETS = {(0, 1, 2, 3, 4): "weekday", (5, 6): "weekend day", (0, 1, 2, 3, 4, 5, 6): "day"}
_PERIODS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_EVERY_OTHER = 2
_COUNTS = ("first", "second", "third", "fourth", "fifth")


def describe(rule: Rule) -> str:
    """Return a rule in words: ``the last day of every month``, ``every second Monday``."""
    words = _as_said(rule) or _spelled_out(rule)
    weekly = rule.frequency == "WEEKLY" and (rule.interval > 1 or rule.positions)
    if rule.week_start and (weekly or rule.week_numbers):
        words += f", weeks beginning on {_WEEKDAYS[rule.week_start]}"
    if rule.count is not None:
        words += ", once" if rule.count == 1 else f", {rule.count} times"
    if rule.until is not None:
        words += f", until {rule.until.day} {_MONTHS[rule.until.month - 1]} {rule.until.year}"
    return words


def _as_said(rule: Rule) -> str:
    """Return the words for a common rule, or ``""`` if this one combines too much."""
    parts = [
        name
        for name in ("month_days", "weekdays", "year_days", "week_numbers")
        if getattr(rule, name)
    ]
    match rule.frequency, parts:
        case "DAILY", []:
            return "" if rule.positions else _every("day", rule.interval) + _only_in(rule)
        case (("DAILY" | "WEEKLY"), ["weekdays"]):
            return _days_of_weeks(rule)
        case "YEARLY", ["weekdays", "week_numbers"]:
            return _days_of_numbered_weeks(rule)
        case (("MONTHLY" | "YEARLY"), [_]):
            return _days_of_months(rule)
        case _:
            return ""


def _days_of_weeks(rule: Rule) -> str:
    days = [day for _, day in rule.weekdays]
    if rule.positions or (rule.frequency == "DAILY" and rule.interval > 1):
        return ""
    # "Every third Monday" would be taken for the third one of a month.
    if rule.interval == 1 or (rule.interval == _EVERY_OTHER and len(days) == 1):
        return _every(_names(days, "and"), rule.interval) + _only_in(rule)
    return f"{_each(days)} of {_every('week', rule.interval)}{_only_in(rule)}"


def _days_of_numbered_weeks(rule: Rule) -> str:
    if rule.months or rule.positions:
        return ""
    days = _each([day for _, day in rule.weekdays])
    return f"{days} of {_join(_weeks(rule), 'and')} {_every('year', rule.interval)}{_if_any(rule)}"


def _days_of_months(rule: Rule) -> str:
    """Return the words for a monthly or yearly rule that has one kind of days."""
    if rule.frequency == "MONTHLY" and rule.months and rule.interval > 1:
        return ""
    if rule.positions:
        return _picked_weekdays(rule)
    if rule.months and len(rule.month_days) == 1 and rule.month_days[0] > 0:
        dates = [f"{rule.month_days[0]} {_MONTHS[month - 1]}" for month in rule.months]
        years = rule.interval if rule.frequency == "YEARLY" else 1
        return f"on {_join(dates, 'and')} {_every('year', years)}{_if_any(rule)}"
    days = _month_days(rule) + _year_days(rule) + _counted_weekdays(rule)
    plain = [day for which, day in rule.weekdays if not which]
    if plain:
        days.insert(0, f"every {_names(plain, 'and')}")
    return f"{_join(days, 'and')} of {_span(rule)}{_if_any(rule)}"


def _picked_weekdays(rule: Rule) -> str:
    """Return ``the last weekday of every month``, or ``""`` if what is picked has no name."""
    days = tuple(day for which, day in rule.weekdays if not which)
    named = len(days) == 1 or days in _WEEKDAY_SETS
    # Positions count through all the months of a year.
    several = rule.frequency == "YEARLY" and len(rule.months) > 1
    if several or not named or len(days) != len(rule.weekdays):
        return ""
    picked = _join([_nth(position) for position in rule.positions], "and")
    return f"the {picked} {_names(days, 'and')} of {_span(rule)}{_if_any(rule)}"


def _spelled_out(rule: Rule) -> str:
    """Return the words for any rule: a day recurs if it is in all parts."""
    where = "month" if rule.months or rule.frequency == "MONTHLY" else "year"
    plain = [day for which, day in rule.weekdays if not which]
    counted = _counted_weekdays(rule)
    weekdays = ([f"a {_names(plain, 'or')}"] if plain else []) + counted
    of_period = f" of the {where}" if counted else ""
    parts = (
        ("is in {}", [_MONTHS[month - 1] for month in rule.months]),
        ("is in {} of the year", _weeks(rule)),
        ("is {} of the year", _year_days(rule)),
        ("is {} of the month", _month_days(rule)),
        (f"is {{}}{of_period}", weekdays),
    )
    conditions = " and ".join(form.format(_join(days, "or")) for form, days in parts if days)
    every = _every(_PERIODS[rule.frequency], rule.interval)
    if rule.frequency == "DAILY":
        return f"{every} if it {conditions}"
    picked = _join([f"the {_nth(position)}" for position in rule.positions], "and")
    return f"in {every}, {picked or 'each'} day that {conditions}"


def _span(rule: Rule) -> str:
    """Return what the days of a monthly or yearly rule are days of."""
    yearly = _every("year", rule.interval if rule.frequency == "YEARLY" else 1)
    if rule.months:
        return f"{_month_names(rule)} {yearly}"
    if rule.frequency == "MONTHLY":
        return _every("month", rule.interval)
    if rule.month_days:
        return "every month" if rule.interval == 1 else f"every month of {yearly}"
    return yearly


def _if_any(rule: Rule) -> str:
    """Return a note if there are periods that lack one of the days."""
    months = [_MONTH_LENGTHS[month - 1] for month in rule.months] or _MONTH_LENGTHS
    in_months = bool(rule.months) or rule.frequency == "MONTHLY"
    weeks = 4 if in_months else 52
    most = (
        (rule.month_days, min(months)),
        (rule.year_days, 365),
        (rule.week_numbers, 52),
        ([which for which, _ in rule.weekdays], weeks),
        (rule.positions, weeks * len(rule.weekdays)),
    )
    missing = any(abs(number) > limit for numbers, limit in most for number in numbers)
    return ", where there is one" if missing else ""


def _only_in(rule: Rule) -> str:
    return f", in {_month_names(rule)} only" if rule.months else ""


def _month_names(rule: Rule) -> str:
    return _join([_MONTHS[month - 1] for month in rule.months], "and")


def _month_days(rule: Rule) -> list[str]:
    return [f"the {_ordinal(n)}" if n > 0 else f"the {_nth(n)} day" for n in rule.month_days]


def _year_days(rule: Rule) -> list[str]:
    return [f"day {n}" if n > 0 else f"the {_nth(n)} day" for n in rule.year_days]


def _counted_weekdays(rule: Rule) -> list[str]:
    return [f"the {_nth(which)} {_WEEKDAYS[day]}" for which, day in rule.weekdays if which]


def _weeks(rule: Rule) -> list[str]:
    return [f"week {n}" if n > 0 else f"the {_nth(n)} week" for n in rule.week_numbers]


def _names(days: Sequence[int], conjunction: str) -> str:
    named = _WEEKDAY_SETS.get(tuple(days))
    return named or _join([_WEEKDAYS[day] for day in days], conjunction)


def _each(days: Sequence[int]) -> str:
    names = _names(days, "and")
    return f"every {names}" if tuple(days) in _WEEKDAY_SETS else names


def _every(period: str, interval: int) -> str:
    return f"every {period}" if interval == 1 else f"every {_nth(interval)} {period}"


def _nth(number: int) -> str:
    if number < 0:
        return "last" if number == -1 else f"{_nth(-number)} to last"
    return _COUNTS[number - 1] if number <= len(_COUNTS) else _ordinal(number)


def _ordinal(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _join(words: Sequence[str], conjunction: str) -> str:
    *most, last = words or [""]
    return f"{', '.join(most)} {conjunction} {last}" if most else last
