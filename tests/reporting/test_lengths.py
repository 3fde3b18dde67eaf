"""Lengths of time, as they are shown."""

import pytest

from plainwork.reporting.lengths import format_length, format_working


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        pytest.param(None, "·", id="none"),
        pytest.param(0, "0", id="at once"),
        pytest.param(59, "<1m", id="less than a minute"),
        pytest.param(60, "1m", id="a minute"),
        pytest.param(5_400, "1.5h", id="hours"),
        pytest.param(86_399, "24h", id="almost a day"),
        pytest.param(86_400, "1d", id="a day"),
        pytest.param(861_000, "10d", id="almost ten"),
        pytest.param(86_400 * 14 + 43_199, "14d", id="weeks"),
        pytest.param(86_400 * 2_411, "2,411d", id="years"),
    ],
)
def test_elapsed(seconds: int | None, shown: str) -> None:
    assert format_length(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        pytest.param(None, "·", id="none"),
        pytest.param(0, "0", id="out of hours"),
        pytest.param(5_400, "1.5bh", id="hours"),
        pytest.param(3_600 * 10_056, "10,056bh", id="years"),
    ],
)
def test_working(seconds: int | None, shown: str) -> None:
    assert format_working(seconds) == shown
