"""Days along a line: which are named, and that their names stand side by side."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plainwork.site.pictures.svg import NARROWEST, SMALL
from plainwork.site.pictures.time_axis import TimeAxis, format_day
from plainwork.views.text_width import text_width


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param("2026-03-03", "2026-03-20", ["9 Mar", "16 Mar"], id="weeks, by their Mondays"),
        pytest.param(
            "2025-11-15", "2026-04-20", ["Dec", "Jan 2026", "Mar", "Apr"], id="months that fit"
        ),
        pytest.param(
            "2025-03-01",
            "2026-12-31",
            ["Apr", "Jul", "Oct", "Jan 2026", "Jul", "Oct"],
            id="quarters",
        ),
        pytest.param("2023-03-01", "2028-03-01", ["2024", "2025", "2026", "2027"], id="years"),
    ],
)
def test_what_is_named(first: str, last: str, expected: list[str]) -> None:
    axis = TimeAxis(date.fromisoformat(first), date.fromisoformat(last))
    assert [tick.words for tick in axis.ticks()] == expected


@given(st.dates(), st.integers(0, 2_000))
@example(date(9999, 12, 30), 1)
def test_names_never_overlap(first: date, days: int) -> None:
    last = date.fromordinal(min(first.toordinal() + days, date.max.toordinal()))
    ticks = list(TimeAxis(first, last).ticks())
    ends = [tick.part * NARROWEST + text_width(tick.words, SMALL) for tick in ticks]
    begins = [tick.part * NARROWEST for tick in ticks]
    places = [place for pair in zip(begins, ends, strict=True) for place in pair]
    assert places == sorted(places)
    assert all(0 <= place <= NARROWEST for place in places)


@given(st.dates(), st.integers(1, 800), st.integers(0, 800))
def test_days_follow_each_other(first: date, length: int, at: int) -> None:
    if first.toordinal() + max(length, at) + 1 > date.max.toordinal():
        return
    axis = TimeAxis(first, first + timedelta(days=length))
    day = first + timedelta(days=at)
    assert axis.end(day) == axis.begin(day + timedelta(days=1))
    assert axis.begin(first) == 0
    assert axis.end(axis.last) == 1


def test_a_day_as_people_write_it() -> None:
    assert format_day(date(2026, 5, 3)) == "3 May 2026"
