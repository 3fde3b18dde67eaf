"""Rules in words."""

from datetime import date

import pytest
from hypothesis import given

from plainwork.analysis.recurrence import next_occurrences, parse_rule
from plainwork.analysis.recurrence_rule import Rule
from plainwork.analysis.recurrence_words import describe
from support.recurrence import similar_rule_texts

START = date(2026, 1, 31)  # a Saturday


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=2", "every second day"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=DAILY;BYMONTH=1", "every day, in January only"),
        (
            "FREQ=DAILY;INTERVAL=3;BYDAY=FR;BYMONTHDAY=13",
            "every third day if it is the 13th of the month and is a Friday",
        ),
        ("FREQ=WEEKLY", "every Saturday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every second Monday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "Monday of every third week"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR", "every weekday of every second week"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
            "Tuesday and Sunday of every second week, weeks beginning on Sunday",
        ),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=10", "every Monday, Wednesday and Friday, 10 times"),
        ("FREQ=WEEKLY;BYDAY=SA,SU;BYMONTH=7,8", "every weekend day, in July and August only"),
        (
            "FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=-1",
            "in every week, the last day that is a Monday or Wednesday",
        ),
        ("FREQ=MONTHLY", "the 31st of every month, where there is one"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "the last day of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1;COUNT=1", "the 1st of every month, once"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-2,15,1;UNTIL=20261231",
            "the 1st, the 15th and the second to last day of every month, until 31 December 2026",
        ),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "the 1st of every third month"),
        ("FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=12", "the 12th of every 18th month"),
        (
            "FREQ=MONTHLY;BYDAY=2TU,-1FR",
            "the second Tuesday and the last Friday of every month",
        ),
        ("FREQ=MONTHLY;BYDAY=5MO", "the fifth Monday of every month, where there is one"),
        ("FREQ=MONTHLY;BYDAY=MO,1TU", "every Monday and the first Tuesday of every month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "every Tuesday of every second month"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "the last weekday of every month"),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            "in every month, each day that is the 13th of the month and is a Friday",
        ),
        (
            "FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=1,3",
            "in every month, the first and the third day that is a Tuesday, Wednesday or Thursday",
        ),
        (
            "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
            "the last day of March, June, September and December every year",
        ),
        (
            "FREQ=MONTHLY;BYMONTH=3;INTERVAL=2;BYMONTHDAY=-1",
            "in every second month, each day that is in March and is the last day of the month",
        ),
        ("FREQ=YEARLY", "on 31 January every year"),
        ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1", "on 1 January and 1 July every year"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "on 29 February every year, where there is one"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=1", "on 1 May every second year"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "the fourth Thursday of November every year"),
        ("FREQ=YEARLY;BYDAY=20MO", "the 20th Monday of every year"),
        ("FREQ=YEARLY;BYYEARDAY=1,100,-1", "day 1, day 100 and the last day of every year"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "Monday of week 20 every year"),
        (
            "FREQ=YEARLY;BYWEEKNO=20,-1",
            "Saturday of week 20 and the last week every year",
        ),
        ("FREQ=YEARLY;BYMONTHDAY=1", "the 1st of every month"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=1", "the 1st of every month of every second year"),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "in every fourth year, each day that is in November and is the 2nd, the 3rd, the 4th,"
            " the 5th, the 6th, the 7th or the 8th of the month and is a Tuesday",
        ),
        (
            "FREQ=YEARLY;BYMONTH=1;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
            "the first weekday of January every year",
        ),
        (
            "FREQ=YEARLY;BYMONTH=1,2;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
            "in every year, the first day that is in January or February and is a weekday",
        ),
    ],
)
def test_a_rule_in_words(text: str, words: str) -> None:
    rule = parse_rule(text, date(2028, 1, 31) if "29" in text else START)
    assert isinstance(rule, Rule), rule
    assert describe(rule) == words


@given(similar_rule_texts)
def test_the_same_words_mean_the_same_days(texts: tuple[str, str]) -> None:
    one, other = (parse_rule(text, START) for text in texts)
    if isinstance(one, Rule) and isinstance(other, Rule) and describe(one) == describe(other):
        assert next_occurrences(one, START, 50) == next_occurrences(other, START, 50)
