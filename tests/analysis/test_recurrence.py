"""Recurrence: the examples of RFC 5545, and every rule against scanning day by day."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, islice

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plainwork.analysis.recurrence import (
    next_occurrences,
    occurrences,
    parse_rule,
    period_of,
    shift,
)
from plainwork.analysis.recurrence_rule import Rule
from plainwork.analysis.working_calendar import WorkingCalendar
from plainwork.model.settings import Calendar
from support.recurrence import rule_texts

ONE_DAY = timedelta(days=1)
# RFC 5545, section 3.8.5.3. Where its UNTIL is a time before that of the event, it is the day
# before here, for our occurrences are days. A final `...` marks a rule that goes on.
EXAMPLES = """
19970902 FREQ=DAILY;COUNT=10 : 1997-09 2 3 4 5 6 7 8 9 10 11
19970902 FREQ=DAILY;INTERVAL=2 : 1997-09 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 1997-10 2 4 ...
19970902 FREQ=DAILY;INTERVAL=10;COUNT=5 : 1997-09 2 12 22 1997-10 2 12
19970902 FREQ=WEEKLY;COUNT=10 : 1997-09 2 9 16 23 30 1997-10 7 14 21 28 1997-11 4
19970902 FREQ=WEEKLY;UNTIL=19971223 : 1997-09 2 9 16 23 30 1997-10 7 14 21 28 1997-11 4 11 18 25 1997-12 2 9 16 23
19970902 FREQ=WEEKLY;INTERVAL=2;WKST=SU : 1997-09 2 16 30 1997-10 14 28 1997-11 11 25 1997-12 9 23 1998-01 6 20 1998-02 3 17 ...
19970902 FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH : 1997-09 2 4 9 11 16 18 23 25 30 1997-10 2
19970901 FREQ=WEEKLY;INTERVAL=2;UNTIL=19971223;WKST=SU;BYDAY=MO,WE,FR : 1997-09 1 3 5 15 17 19 29 1997-10 1 3 13 15 17 27 29 31 1997-11 10 12 14 24 26 28 1997-12 8 10 12 22
19970902 FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH : 1997-09 2 4 16 18 30 1997-10 2 14 16
19970905 FREQ=MONTHLY;COUNT=10;BYDAY=1FR : 1997-09 5 1997-10 3 1997-11 7 1997-12 5 1998-01 2 1998-02 6 1998-03 6 1998-04 3 1998-05 1 1998-06 5
19970905 FREQ=MONTHLY;UNTIL=19971223;BYDAY=1FR : 1997-09 5 1997-10 3 1997-11 7 1997-12 5
19970907 FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU : 1997-09 7 28 1997-11 2 30 1998-01 4 25 1998-03 1 29 1998-05 3 31
19970922 FREQ=MONTHLY;COUNT=6;BYDAY=-2MO : 1997-09 22 1997-10 20 1997-11 17 1997-12 22 1998-01 19 1998-02 16
19970928 FREQ=MONTHLY;BYMONTHDAY=-3 : 1997-09 28 1997-10 29 1997-11 28 1997-12 29 1998-01 29 1998-02 26 ...
19970902 FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15 : 1997-09 2 15 1997-10 2 15 1997-11 2 15 1997-12 2 15 1998-01 2 15
19970930 FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1 : 1997-09 30 1997-10 1 31 1997-11 1 30 1997-12 1 31 1998-01 1 31 1998-02 1
19970910 FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15 : 1997-09 10 11 12 13 14 15 1999-03 10 11 12 13
19970902 FREQ=MONTHLY;INTERVAL=2;BYDAY=TU : 1997-09 2 9 16 23 30 1997-11 4 11 18 25 1998-01 6 13 20 27 1998-03 3 10 17 24 31 ...
19970610 FREQ=YEARLY;COUNT=10;BYMONTH=6,7 : 1997-06 10 1997-07 10 1998-06 10 1998-07 10 1999-06 10 1999-07 10 2000-06 10 2000-07 10 2001-06 10 2001-07 10
19970310 FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3 : 1997-03 10 1999-01 10 1999-02 10 1999-03 10 2001-01 10 2001-02 10 2001-03 10 2003-01 10 2003-02 10 2003-03 10
19970101 FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200 : 1997-01 1 1997-04 10 1997-07 19 2000-01 1 2000-04 9 2000-07 18 2003-01 1 2003-04 10 2003-07 19 2006-01 1
19970519 FREQ=YEARLY;BYDAY=20MO : 1997-05 19 1998-05 18 1999-05 17 ...
19970512 FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO : 1997-05 12 1998-05 11 1999-05 17 ...
19970313 FREQ=YEARLY;BYMONTH=3;BYDAY=TH : 1997-03 13 20 27 1998-03 5 12 19 26 1999-03 4 11 18 25 ...
19970605 FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8 : 1997-06 5 12 19 26 1997-07 3 10 17 24 31 1997-08 7 14 21 28 1998-06 4 11 18 25 ...
19970903 FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13 : 1998-02 13 1998-03 13 1998-11 13 1999-08 13 2000-10 13 ...
19970913 FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13 : 1997-09 13 1997-10 11 1997-11 8 1997-12 13 1998-01 10 1998-02 7 1998-03 7 1998-04 11 1998-05 9 1998-06 13 ...
19961105 FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 : 1996-11 5 2000-11 7 2004-11 2 ...
19970904 FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3 : 1997-09 4 1997-10 7 1997-11 6
19970929 FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2 : 1997-09 29 1997-10 30 1997-11 27 1997-12 30 1998-01 29 1998-02 26 1998-03 30 ...
19970805 FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO : 1997-08 5 10 19 24
19970805 FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU : 1997-08 5 17 19 31
20070115 FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5 : 2007-01 15 30 2007-02 15 2007-03 15 30
""".strip().splitlines()  # noqa: E501


def rule_of(text: str, start: date) -> Rule:
    rule = parse_rule(text, start)
    assert isinstance(rule, Rule), rule
    return rule


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda line: line.split()[1])
def test_an_example_of_the_standard(example: str) -> None:
    given_, _, expected = example.partition(" : ")
    start, text = given_.split()
    rule = rule_of(text, date.fromisoformat(start))
    days = list(_dates(expected.removesuffix(" ...").split()))
    more = len(days) if expected.endswith("...") else len(days) + 1
    assert next_occurrences(rule, rule.start - ONE_DAY, more) == tuple(days)


def _dates(words: list[str]) -> Iterator[date]:
    month = ""
    for word in words:
        if "-" in word:
            month = word
        else:
            yield date.fromisoformat(f"{month}-{int(word):02}")


def test_every_day_in_january_has_two_forms() -> None:
    start = date(1998, 1, 1)
    days = [date(year, 1, day) for year in (1998, 1999, 2000) for day in range(1, 32)]
    for text in ("FREQ=YEARLY;BYDAY=SU,MO,TU,WE,TH,FR,SA", "FREQ=DAILY"):
        rule = rule_of(f"{text};UNTIL=20000131;BYMONTH=1", start)
        assert list(occurrences(rule, start, date.max, 100)) == days


@given(rule_texts, st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 3_000))
def test_a_rule_is_what_scanning_finds(text: str, start: date, skipped: int) -> None:
    rule = parse_rule(text, start)
    assume(isinstance(rule, Rule))
    assert isinstance(rule, Rule)
    first = start + timedelta(days=skipped)
    last = first + timedelta(days=800)
    assert list(occurrences(rule, first, last, 1_000)) == [
        day for day in islice(_scan(rule, last), rule.count) if day >= first
    ]


def _scan(rule: Rule, last: date) -> Iterator[date]:
    """Yield what a rule means, by asking of every day, a period after the other."""
    begin = rule.start.replace(month=1, day=1) - timedelta(days=7)
    days = (begin + timedelta(days=n) for n in range((last - begin).days + 400))
    for period, group in groupby(days, lambda day: _period(rule, day)):
        if (period - _period(rule, rule.start)) % rule.interval == 0:
            found = [day for day in group if _fits(rule, day)]
            picked = {position - 1 if position > 0 else position for position in rule.positions}
            for index, day in enumerate(found):
                wanted = not picked or index in picked or index - len(found) in picked
                if wanted and rule.start <= day <= min(last, rule.until or last):
                    yield day


def _period(rule: Rule, day: date) -> int:
    return {
        "DAILY": day.toordinal(),
        "WEEKLY": (day.toordinal() - 1 - rule.week_start) // 7,
        "MONTHLY": 12 * day.year + day.month,
        "YEARLY": day.year,
    }[rule.frequency]


def _fits(rule: Rule, day: date) -> bool:
    year_end = date(day.year, 12, 31)
    month_end = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - ONE_DAY
    monthly = rule.frequency == "MONTHLY" or rule.months
    first, last = (
        (day.replace(day=1), month_end) if monthly else (day.replace(month=1, day=1), year_end)
    )
    which = {0, (day - first).days // 7 + 1, -((last - day).days // 7) - 1}
    midweek = day - timedelta(days=(day.weekday() - rule.week_start) % 7 - 3)
    week = (midweek.timetuple().tm_yday - 1) // 7 + 1
    weeks_left = (date(midweek.year, 12, 31) - midweek).days // 7
    return (
        _in(rule.months, {day.month})
        and _in(rule.month_days, {day.day, day.day - month_end.day - 1})
        and _in(rule.year_days, {(day - year_end).days - 1, day.timetuple().tm_yday})
        and _in(rule.week_numbers, {week, -weeks_left - 1})
        and _in(rule.weekdays, {(n, day.weekday()) for n in which})
    )


def _in(wanted: tuple[object, ...], values: set[object]) -> bool:
    return not wanted or not values.isdisjoint(wanted)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no part of a rule"),
        ("FREQ=DAILY;", "no part of a rule"),
        ("RRULE:FREQ=DAILY", "no part of a rule"),
        ("freq=daily", "no part of a rule"),
        ("FREQ=daily", "expected DAILY, WEEKLY"),
        ("BYMONTHDAY=1", "`FREQ` is missing"),
        ("FREQ=HOURLY", "expected DAILY"),
        ("FREQ=SECONDLY", "expected DAILY"),
        ("FREQ=DAILY;BYHOUR=9", "finer than a day"),
        ("FREQ=DAILY;BYMINUTE=9", "finer than a day"),
        ("FREQ=DAILY;BYSECOND=9", "finer than a day"),
        ("DTSTART=20260101;FREQ=DAILY", "`DTSTART` does not belong here"),
        ("FREQ=DAILY;FREQ=DAILY", "stands twice"),
        ("FREQ=YEARLY;BYEASTER=0", "no part of a rule"),
        ("FREQ=DAILY;INTERVAL=0", "from 1 to 999"),
        ("FREQ=DAILY;INTERVAL=1000", "from 1 to 999"),
        ("FREQ=DAILY;INTERVAL=\u0661", "from 1 to 999"),
        ("FREQ=DAILY;COUNT=0", "from 1 to 9999"),
        ("FREQ=DAILY;COUNT=-1", "from 1 to 9999"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "exclude each other"),
        ("FREQ=DAILY;UNTIL=20260230", "no such day"),
        ("FREQ=DAILY;UNTIL=20261231T000000Z", "a date such as"),
        ("FREQ=DAILY;BYMONTH=13", "months from 1 to 12"),
        ("FREQ=DAILY;BYMONTH=-1", "months from 1 to 12"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "days from 1 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "days from 1 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,,2", "days from 1 to 31"),
        ("FREQ=YEARLY;BYYEARDAY=367", "days from 1 to 366"),
        ("FREQ=YEARLY;BYWEEKNO=54", "weeks from 1 to 53"),
        ("FREQ=MONTHLY;BYDAY=XX", "weekdays such as"),
        ("FREQ=MONTHLY;BYDAY=0MO", "weekdays such as"),
        ("FREQ=MONTHLY;BYDAY=54MO", "weekdays such as"),
        ("FREQ=WEEKLY;WKST=1", "a weekday such as"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "`BYMONTHDAY` does not go with"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "`BYYEARDAY` goes with"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "`BYWEEKNO` goes with"),
        ("FREQ=WEEKLY;BYDAY=1MO", "a counted weekday"),
        ("FREQ=DAILY;BYDAY=-1MO", "a counted weekday"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "a counted weekday"),
        ("FREQ=MONTHLY;BYSETPOS=1", "`BYSETPOS` needs another"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "no day fits"),
        ("FREQ=DAILY;UNTIL=20251231", "no day fits"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "no day fits"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", ""),
        ("FREQ=YEARLY;INTERVAL=999;BYMONTH=1;BYMONTHDAY=1", "no day fits"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "no day fits"),
        ("FREQ=DAILY;BYMONTH=" + "1," * 300 + "1", "at most 500 characters"),
    ],
)
def test_what_is_no_rule(text: str, problem: str) -> None:
    rule = parse_rule(text, date(2026, 1, 31))
    assert isinstance(rule, str) == bool(problem)
    assert isinstance(rule, Rule) or problem in rule


@pytest.mark.parametrize("start", [date.min, date(1899, 12, 31), date(9900, 1, 1), date.max])
def test_a_rule_starts_in_time_that_people_plan(start: date) -> None:
    assert parse_rule("FREQ=DAILY", start) == "a rule starts in the years 1900 to 9899"


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=-1", 0),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", 0),
        ("FREQ=YEARLY;BYWEEKNO=20", 1),
        ("FREQ=YEARLY;INTERVAL=2;BYWEEKNO=20;BYDAY=MO", 1),
        ("FREQ=MONTHLY;BYDAY=MO,1TU", 1),
    ],
)
def test_what_other_programs_read_differently_is_told(text: str, warnings: int) -> None:
    assert len(rule_of(text, date(2026, 1, 31)).warnings) == warnings


@given(st.text() | st.text("FREQ=DAILYWMONTHBS;,+-0123456789", max_size=60), st.dates())
def test_any_text_is_answered(text: str, start: date) -> None:
    assert parse_rule(text, start)


@given(rule_texts, st.dates(date(1900, 1, 1), date(9899, 12, 31)), st.dates(), st.dates())
def test_any_window_is_answered(text: str, start: date, first: date, last: date) -> None:
    rule = parse_rule(text, start)
    assume(isinstance(rule, Rule))
    assert isinstance(rule, Rule)
    days = list(occurrences(rule, first, last, 5))
    assert days == sorted(set(days))
    assert all(max(first, start) <= day <= last for day in days)
    assert len(days) <= 5
    assert all(day > first for day in next_occurrences(rule, first, 3))


def test_a_week_beyond_the_end_of_time_is_no_error() -> None:
    # In the last cycle of the calendar, this rule falls on Saturday, 1 January 10000 first.
    rule = parse_rule(
        "FREQ=WEEKLY;INTERVAL=999;BYMONTH=1;BYDAY=SA", date.fromisoformat("2036-03-17")
    )
    assert rule == "no day fits the rule within 50 years of its start"


@pytest.mark.parametrize(
    ("direction", "expected"),
    [("", "2026-05-31"), ("previous", "2026-05-29"), ("next", "2026-06-02")],
)
def test_a_day_is_shifted_to_a_working_day(direction: str, expected: str) -> None:
    hours = (*((((540, 1020),),) * 5), (), ())
    calendar = WorkingCalendar(Calendar("office", hours, holidays=(date(2026, 6, 1),)))
    assert shift(date(2026, 5, 31), calendar, direction).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "name", "first_day", "last_day"),
    [
        ("FREQ=DAILY", "2027-01-01", "2027-01-01", "2027-01-01"),
        ("FREQ=WEEKLY;BYDAY=FR", "2026-W53", "2026-12-28", "2027-01-03"),
        ("FREQ=MONTHLY", "2027-01", "2027-01-01", "2027-01-31"),
        ("FREQ=MONTHLY;INTERVAL=3", "2027-Q1", "2027-01-01", "2027-03-31"),
        ("FREQ=MONTHLY;INTERVAL=6", "2027-01", "2027-01-01", "2027-01-31"),
        ("FREQ=MONTHLY;BYMONTH=1,4,7,10", "2027-Q1", "2027-01-01", "2027-03-31"),
        ("FREQ=YEARLY;BYMONTH=1,4,7,10", "2027-Q1", "2027-01-01", "2027-03-31"),
        ("FREQ=YEARLY", "2027", "2027-01-01", "2027-12-31"),
    ],
)
def test_the_period_of_an_occurrence(text: str, name: str, first_day: str, last_day: str) -> None:
    period = period_of(date(2027, 1, 1), rule_of(text, date(2027, 1, 1)))
    days = (period.first_day.isoformat(), period.last_day.isoformat())
    assert (period.name, *days) == (name, first_day, last_day)


def test_a_period_can_end_a_year() -> None:
    period = period_of(date(2026, 12, 31), rule_of("FREQ=MONTHLY", date(2026, 1, 31)))
    assert (period.name, period.last_day) == ("2026-12", date(2026, 12, 31))
