"""Load by person and week: where the hours of an estimate fall, and what time there is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.model.party import Absence, Person
from plainwork.views.weekly_load import WEEKS, WeeklyLoad, compute_weekly_load
from support.builders import make_person, make_snapshot, make_team

WEDNESDAY = date(2026, 3, 4)


def load(*works: Mapping[str, Any], people: tuple[Person, ...] = ()) -> WeeklyLoad:
    everybody = people or (make_person("ann"), make_person("ben"))
    snapshot = make_snapshot(
        [{"assignees": ("ann",), **work} for work in works],
        parties=[*everybody, make_team("crew", members=("ann",))],
    )
    return compute_weekly_load(snapshot.works, snapshot, today=WEDNESDAY)


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        pytest.param({"estimate": "8h", "due": "2026-03-10"}, {1: 8}, id="in its week"),
        pytest.param({"estimate": "8h", "due": "2026-01-10"}, {0: 8}, id="overdue is for now"),
        pytest.param(
            {"estimate": "8h", "start": "2026-03-05", "due": "2026-03-10"},
            {0: 4, 1: 4},
            id="spread over Thursday, Friday, Monday and Tuesday",
        ),
        pytest.param(
            {"estimate": "8h", "start": "2025-03-05", "due": "2026-03-06"},
            {0: 8},
            id="what has begun goes on from today",
        ),
        pytest.param(
            {"estimate": "8h", "start": "2026-03-07", "due": "2026-03-08"},
            {0: 8},
            id="a weekend only",
        ),
        pytest.param({"estimate": "8h", "due": "2026-06-10"}, {}, id="later"),
        pytest.param({"estimate": "8h"}, {}, id="never due"),
        pytest.param({"due": "2026-03-10"}, {}, id="without an estimate"),
        pytest.param({"estimate": "8h", "due": "2026-03-10", "status": "done"}, None, id="done"),
        pytest.param(
            {"estimate": "8h", "due": "2026-03-10", "assignees": ("ann", "ben")},
            {1: 4},
            id="in equal parts",
        ),
    ],
)
def test_where_hours_fall(work: Mapping[str, Any], expected: Mapping[int, int] | None) -> None:
    people = {each.id: each for each in load(work).people}
    if expected is None:
        assert not people
        return
    weeks = people["ann"].weeks
    assert {at: int(week.hours) for at, week in enumerate(weeks) if week.hours} == expected


def test_what_is_not_in_these_weeks_is_said() -> None:
    found = load({"estimate": "8h"}, {"estimate": "2h", "due": "2027-01-01"}, {})
    (ann,) = found.people
    assert (int(ann.later), ann.without_estimate) == (10, 1)


def test_of_this_week_what_is_left_is_available() -> None:
    away = Absence(date(2026, 3, 9), date(2026, 3, 11))
    part = make_person("ann", leave=(away,), capacity="20h")
    found = load({"estimate": "1h"}, people=(part,))
    assert [week.available for week in found.people[0].weeks][:3] == [12, 8, 20]
    assert found.mondays[0] == date(2026, 3, 2)


def test_who_has_too_much_comes_first() -> None:
    found = load(
        {"estimate": "1h", "due": "2026-03-10"},
        {"estimate": "99h", "due": "2026-03-10", "assignees": ("ben",)},
    )
    assert [each.id for each in found.people] == ["ben", "ann"]
    assert [week.over for week in found.people[0].weeks][:2] == [False, True]


def test_teams_and_strangers_have_no_weeks() -> None:
    assert load({"estimate": "1h", "assignees": ("crew", "nobody")}).people == ()


@given(
    start=st.dates(date(2026, 1, 1), date(2026, 9, 1)),
    due=st.dates(date(2026, 1, 1), date.max),
    effort=st.integers(1, 500),
)
def test_no_hour_is_lost(start: date, due: date, effort: int) -> None:
    found = load({"estimate": f"{effort}h", "start": start, "due": due})
    (ann,) = found.people
    assert len(ann.weeks) == WEEKS
    total = sum((week.hours for week in ann.weeks), ann.later)
    assert abs(total - effort) < Decimal("0.0001")
