"""How much was finished this week, beside a usual one."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from plainwork.flow.daily import FlowWeek
from plainwork.flow.pace import Pace, compute_pace

MONDAY = date(2026, 3, 2)


def make_weeks(counts: Sequence[int], first_days: int = 7) -> list[FlowWeek]:
    """Return weeks of which the last began on :data:`MONDAY` and has two days so far."""
    last = len(counts) - 1
    return [
        FlowWeek(
            monday=MONDAY - timedelta(weeks=last - place),
            days=2 if place == last else first_days if place == 0 else 7,
            finished=count,
            works=tuple(f"w{place}-{number}" for number in range(count)),
        )
        for place, count in enumerate(counts)
    ]


@pytest.mark.parametrize(
    ("counts", "first_days", "pace"),
    [
        pytest.param([], 7, None, id="no weeks"),
        pytest.param([3], 7, Pace(MONDAY, 3, None, 0), id="the first week"),
        pytest.param([1, 2, 3, 9], 7, Pace(MONDAY, 9, None, 3), id="too few"),
        pytest.param([5, 1, 3, 2, 0], 7, Pace(MONDAY, 0, 2, 4), id="nearest rank, not the mean"),
        pytest.param([0, 0, 0, 40, 7], 7, Pace(MONDAY, 7, 0, 4), id="weeks without anything"),
        pytest.param(
            [9, 1, 3, 2, 4, 6], 3, Pace(MONDAY, 6, 2, 4), id="a part of a week counts not"
        ),
    ],
)
def test_a_week_is_compared_with_whole_ones(
    counts: Sequence[int], first_days: int, pace: Pace | None
) -> None:
    assert compute_pace(make_weeks(counts, first_days)) == pace
