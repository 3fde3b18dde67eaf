"""The calendar: what stands on which day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plainwork.model.party import Absence, Person
from plainwork.views.calendar_days import MOST_ENTRIES, Month, compute_months
from support.builders import make_person, make_snapshot, make_workflow

TODAY = date(2026, 3, 4)
WORKFLOWS = (
    make_workflow(),
    make_workflow("milestone"),
    make_workflow("routine", kind="routine"),
)


def months(
    *works: Mapping[str, Any], people: tuple[Person, ...] = (), count: int = 1
) -> tuple[Month, ...]:
    snapshot = make_snapshot(works, workflows=WORKFLOWS, parties=people)
    return compute_months(snapshot, snapshot.works, people, today=TODAY, first=TODAY, count=count)


def entries(found: tuple[Month, ...]) -> list[tuple[str, str, str]]:
    return [
        (day.day.isoformat(), entry.kind, entry.id)
        for month in found
        for week in month.weeks
        for day in week
        if day
        for entry in day.entries
    ]


def routine(rule: str, **schedule: str) -> dict[str, Any]:
    said = {"schedule": {"rrule": rule, **schedule}}
    return {"workflow": "routine", "start": "2026-01-01", "fields": said}


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        pytest.param({"due": "2026-03-09"}, [("2026-03-09", "due")], id="due"),
        pytest.param({"due": "2026-03-03"}, [("2026-03-03", "late")], id="overdue"),
        pytest.param({"due": "2026-03-03", "status": "done"}, [], id="done"),
        pytest.param({"due": "2026-04-01"}, [], id="another month"),
        pytest.param(
            {"due": "2026-03-31", "workflow": "milestone"},
            [("2026-03-31", "milestone")],
            id="milestone",
        ),
        pytest.param(
            routine("FREQ=MONTHLY;BYMONTHDAY=1"), [("2026-03-01", "routine")], id="routine"
        ),
        pytest.param(
            routine("FREQ=MONTHLY;BYMONTHDAY=1", shift="next"),
            [("2026-03-02", "routine")],
            id="shifted",
        ),
        pytest.param(
            routine("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28", shift="next"),
            [("2026-03-02", "routine")],
            id="shifted into the month",
        ),
        pytest.param(
            routine("FREQ=MONTHLY;BYMONTHDAY=1", shift="previous"), [], id="shifted out of it"
        ),
        pytest.param(routine("FREQ=SOMETIMES"), [], id="a rule that is none"),
        pytest.param({"workflow": "routine", "fields": {}}, [], id="standing responsibility"),
    ],
)
def test_days(work: Mapping[str, Any], expected: list[tuple[str, str]]) -> None:
    assert entries(months(work)) == [(day, kind, "w1") for day, kind in expected]


def test_of_leave_only_that_somebody_is_away() -> None:
    leave = (
        Absence(date(2025, 12, 1), date(2026, 3, 2)),
        Absence(date(2026, 3, 2), date(2026, 3, 2)),
        Absence(date(2026, 3, 30), date(2027, 1, 1)),
    )
    ann = make_person("ann", leave=leave, last=date(2026, 3, 30))
    assert entries(months(people=(ann,))) == [
        ("2026-03-01", "away", "ann"),
        ("2026-03-02", "away", "ann"),
        ("2026-03-30", "away", "ann"),
    ]


def test_a_full_day_names_some_and_counts_all() -> None:
    works = [{"due": "2026-03-09"}] * (MOST_ENTRIES + 5)
    (month,) = months(*works, {"due": "2026-03-09", "workflow": "milestone"})
    (day,) = (day for week in month.weeks for day in week if day and day.entries)
    assert day.counts == (("milestone", 1), ("due", MOST_ENTRIES + 5))
    assert len(day.entries) == MOST_ENTRIES + 1


def test_working_days_are_those_of_the_workspace() -> None:
    (month,) = months()
    working = [day.working for day in month.weeks[1] if day]
    assert working == [True] * 5 + [False] * 2


@given(st.dates(), st.integers(1, 3))
@example(date.max, 3)
def test_months_are_whole(first: date, count: int) -> None:
    snapshot = make_snapshot([routine("FREQ=DAILY", shift="next")], workflows=WORKFLOWS)
    found = compute_months(snapshot, snapshot.works, (), today=TODAY, first=first, count=count)
    days = [day.day for month in found for week in month.weeks for day in week if day]
    assert days[0] == first.replace(day=1)
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert all(len(week) == 7 for month in found for week in month.weeks)
    assert days[-1] == date.max or (days[-1] + timedelta(days=1)).day == 1
