"""Which days are public holidays where."""

from datetime import date

import pytest

from plainwork.parsing.public_holidays import YEARS, find_public_holidays, known_regions


@pytest.mark.parametrize(
    ("region", "day"),
    [
        pytest.param("DE", date(2026, 10, 3), id="unity-day"),
        pytest.param("DE-SH", date(2026, 10, 31), id="reformation-day-in-the-north"),
        pytest.param("DE-SH", date(2026, 4, 6), id="easter-monday"),
        pytest.param("US", date(2026, 7, 3), id="observed-on-friday"),
    ],
)
def test_a_public_holiday_is_known(region: str, day: date) -> None:
    days = find_public_holidays(region)

    assert days is not None
    assert day in days
    assert list(days) == sorted(set(days))
    assert days[-1].year == YEARS[-1]


def test_a_holiday_of_one_part_is_none_of_the_whole() -> None:
    assert date(2026, 10, 31) not in (find_public_holidays("DE") or ())


@pytest.mark.parametrize("region", ["XX", "DE-XX"])
def test_a_region_that_is_none(region: str) -> None:
    assert find_public_holidays(region) is None
    assert region not in set(known_regions())


def test_regions_are_offered_as_they_are_written() -> None:
    assert {"DE", "DE-SH", "US-CA"} <= set(known_regions())
