"""Days of the example organisation: counted back, over weekends, months and years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.plans.demo_dates import compute_moment, render_dates

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("moment", "today", "day"),
    [
        pytest.param("0", MONDAY, date(2026, 11, 23), id="today"),
        pytest.param("0", SUNDAY, date(2026, 11, 22), id="today, even on a Sunday"),
        pytest.param("-1", MONDAY, date(2026, 11, 20), id="over the weekend"),
        pytest.param("-1", SUNDAY, date(2026, 11, 20), id="from the weekend"),
        pytest.param("-6", MONDAY, date(2026, 11, 13), id="over two weekends"),
        pytest.param("3", MONDAY, date(2026, 11, 26), id="to come"),
        pytest.param("M-1+3", MONDAY, date(2026, 11, 4), id="after the end of last month"),
        pytest.param("M0-3", MONDAY, date(2026, 11, 25), id="before the end of this month"),
        pytest.param("M-9+1", MONDAY, date(2026, 3, 2), id="after the end of February"),
        pytest.param("S-1+0", MONDAY, date(2026, 10, 1), id="a first of month that is worked"),
        pytest.param("S0+0", MONDAY, date(2026, 11, 2), id="a first of month on a Sunday"),
        pytest.param("W-1+0", MONDAY, date(2026, 11, 16), id="Monday of last week"),
        pytest.param("W0+4", SUNDAY, date(2026, 11, 20), id="Friday of the week that ends"),
    ],
)
def test_a_moment_is_a_day(moment: str, today: date, day: date) -> None:
    assert compute_moment(moment, today) == day


@pytest.mark.parametrize("moment", ["", "yesterday", "M", "X-1+2", "-1.5", "W-2"])
def test_what_is_no_moment_is_refused(moment: str) -> None:
    with pytest.raises(ValueError, match="no moment"):
        compute_moment(moment, MONDAY)


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        pytest.param("due: {{ day(-3) }}", "due: 2026-11-20", id="days"),
        pytest.param("{{ workday(5) }}", "2026-11-30", id="working days"),
        pytest.param("{{ month_end(-9) }}", "2026-02-28", id="end of February"),
        pytest.param("{{ month_end(-1, 5) }}", "2026-11-06", id="working days after"),
        pytest.param("{{ month_start(-11) }}", "2025-12-01", id="last year"),
        pytest.param("{{ monday(-1, 2) }}", "2026-11-18", id="from a Monday"),
        pytest.param("{{ month(2) }}", "2027-01", id="next year's month"),
        pytest.param("{{ quarter(-2) }}", "2026-Q3", id="the quarter of a month"),
        pytest.param("{{ week(6) }}", "2027-W01", id="a week belongs to one year"),
        pytest.param("{{ year(0) }}-12-25", "2026-12-25", id="a fixed day"),
        pytest.param(
            'title: "Close {{ period }}"', 'title: "Close {{ period }}"', id="others stay"
        ),
        pytest.param("{{ day(x) }}", "{{ day(x) }}", id="no number"),
    ],
)
def test_a_placeholder_is_a_date(text: str, rendered: str) -> None:
    assert render_dates(text, MONDAY) == rendered


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-200, 200))
def test_working_days_come_in_order_and_never_on_a_weekend(today: date, count: int) -> None:
    day, next_day = (compute_moment(str(n), today) for n in (count, count + 1))
    assert day < next_day
    assert day == today or day.weekday() < 5
