"""The year of routines: on which days of each month they recur."""

from datetime import date
from typing import Any

import pytest

from plainwork.views.routine_year import compute_routine_year
from support.builders import make_snapshot, make_workflow

TODAY = date(2026, 3, 10)
WORKFLOW = make_workflow("routine", {"active": "active", "retired": "done"}, kind="routine")


def _year(today: date = TODAY, **fields: Any) -> dict[str, list[int]]:
    snapshot = make_snapshot(
        [{"workflow": "routine", "start": "2026-01-01", **fields}], workflows=[WORKFLOW]
    )
    year = compute_routine_year(list(snapshot.works), snapshot, today=today)
    assert len(year.months) <= 12
    return {
        f"{month:%Y-%m}": [day.day for day in days]
        for routine in year.routines
        for month, days in zip(year.months, routine.months, strict=True)
        if days
    }


def test_the_months_of_a_routine() -> None:
    quarterly = {"rrule": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=2,15"}
    assert _year(schedule=quarterly) == {
        "2026-04": [2, 15],
        "2026-07": [2, 15],
        "2026-10": [2, 15],
        "2027-01": [2, 15],
    }


def test_what_has_been_is_not_shown_and_today_is() -> None:
    weekly = _year(schedule={"rrule": "FREQ=WEEKLY;BYDAY=TU"})
    assert weekly["2026-03"] == [10, 17, 24, 31]
    assert list(weekly)[-1] == "2027-02"


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="a standing duty"),
        pytest.param({"schedule": {"rrule": "FREQ=NEVER"}}, id="a rule that is wrong"),
        pytest.param(
            {"schedule": {"rrule": "FREQ=DAILY"}, "status": "retired"}, id="a closed routine"
        ),
    ],
)
def test_what_never_recurs_has_no_row(fields: dict[str, Any]) -> None:
    assert _year(**fields) == {}


def test_the_calendar_ends_without_an_error() -> None:
    assert _year(date.max, schedule={"rrule": "FREQ=MONTHLY;BYMONTHDAY=5"}) == {}
