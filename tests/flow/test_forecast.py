from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.errors import UsageError
from plainwork.flow.forecast import (
    MOST_DAYS,
    MOST_ITEMS,
    Calibration,
    compute_calibration,
    compute_odds,
    forecast_days,
    forecast_items,
)

EXAMPLE = tuple(map(int, "2005132400112400010120000001200"))
"""The daily throughput of the worked example in the metrics' definitions."""


@pytest.mark.parametrize(("days", "expected"), [(10, [10, 8, 6, 4]), (30, [31, 27, 23, 19])])
def test_how_many_in_so_many_days(days: int, expected: list[int]) -> None:
    assert [answer.value for answer in forecast_items(EXAMPLE, days)] == expected


def test_when_so_many_are_finished() -> None:
    assert [answer.value for answer in forecast_days(EXAMPLE, 28)] == [27, 31, 35, 41]


def test_of_nothing_comes_nothing() -> None:
    assert [answer.value for answer in forecast_items([0, 0], 30)] == [0, 0, 0, 0]
    assert [answer.value for answer in forecast_days([0, 0], 1)] == [None] * 4


@pytest.mark.parametrize(
    ("sample", "days"), [([0, MOST_ITEMS], 1), ([0, 6000], 4)], ids=["a day", "several"]
)
def test_ten_thousand_stand_for_as_many_or_more(sample: list[int], days: int) -> None:
    (answer,) = forecast_items(sample, days, (50,))
    assert answer.value == MOST_ITEMS


def test_probabilities_that_are_exactly_as_asked_for_count() -> None:
    assert [answer.value for answer in forecast_items([0, 1], 1, (50, 51))] == [1, 0]
    twenty = [0] * 3 + [1] * 17
    assert [answer.value for answer in forecast_items(twenty, 1, (85, 86))] == [1, 0]


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=4),
    st.integers(1, 4),
    st.lists(st.integers(1, 99), min_size=1, max_size=3),
)
def test_it_agrees_with_counting_every_course_of_days(
    sample: list[int], days: int, confidences: list[int]
) -> None:
    totals = [sum(course) for course in product(sample, repeat=days)]

    def percent(items: int) -> float:
        return 100 * sum(total >= items for total in totals) / len(totals)

    for answer in forecast_items(sample, days, confidences):
        assert answer.value is not None
        assert percent(answer.value) >= answer.confidence - 1e-9
        assert percent(answer.value + 1) < answer.confidence


@given(st.lists(st.integers(0, 5), min_size=1, max_size=5).filter(any), st.integers(1, 9))
def test_both_questions_have_one_answer(sample: list[int], items: int) -> None:
    for answer in forecast_days(sample, items):
        if answer.value is None:
            continue
        (within,) = forecast_items(sample, answer.value, (answer.confidence,))
        assert within.value is not None
        assert within.value >= items
        if answer.value > 1:
            (before,) = forecast_items(sample, answer.value - 1, (answer.confidence,))
            assert before.value is not None
            assert before.value < items


def test_the_past_is_asked_how_often_forecasts_were_right() -> None:
    steady = [1] * 28
    found = compute_calibration(steady, horizon=7, sample=14, confidences=(85,))
    assert found == (Calibration(85, right=2, cases=2),)
    ending = [1] * 21 + [0] * 7
    found = compute_calibration(ending, horizon=7, sample=14, confidences=(85,))
    assert found == (Calibration(85, right=1, cases=2),)


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=4),
    st.integers(1, 10),
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
)
def test_odds_of_each_number_of_days_agree_with_counting(
    sample: list[int], items: int, days: list[int]
) -> None:
    courses = [[sum(course) for course in product(sample, repeat=each)] for each in days]
    exact = [sum(total >= items for total in totals) / len(totals) for totals in courses]
    assert compute_odds(sample, items, days) == pytest.approx(exact, abs=1e-12)


def test_odds_of_many_days_are_exact() -> None:
    sample, items = (0, 0, 0, 20, 31, 7), 600
    days = (1, 30, 62, 63, 75, 101)
    exact = pytest.approx([count_courses(sample, items, each) for each in days], abs=1e-13)
    assert compute_odds(sample, items, days) == exact
    for answer in forecast_days(sample, items):
        first, likely = answer.value or 0, answer.confidence / 100
        assert count_courses(sample, items, first - 1) < likely
        assert count_courses(sample, items, first) >= likely
    assert compute_odds(sample, items, days) == exact  # from the totals that the search has left


def count_courses(sample: tuple[int, ...], items: int, days: int) -> float:
    """Return in which part of all courses of days so much is finished, in whole numbers."""
    courses: int = len(sample) ** days
    width = courses.bit_length() // 8 + 1
    counts = sum(1 << 8 * width * each for each in sample) ** days
    slots = counts.to_bytes(width * (max(sample) * days + 1), "little")
    starts = range(0, min(width * items, len(slots)), width)
    below = sum(int.from_bytes(slots[at : at + width], "little") for at in starts)
    return (courses - below) / courses


@given(
    st.lists(st.integers(0, 6) | st.just(MOST_ITEMS), min_size=20, max_size=40),
    st.integers(1, 9),
    st.integers(1, 6),
)
def test_a_look_back_judges_what_would_have_been_forecast(
    throughput: list[int], horizon: int, sample: int
) -> None:
    right = dict.fromkeys((50, 70, 85, 95), 0)
    for start in range(sample, len(throughput) - horizon + 1, 7):
        actual = sum(throughput[start : start + horizon])
        for answer in forecast_items(throughput[start - sample : start], horizon):
            right[answer.confidence] += answer.value is not None and actual >= answer.value
    found = compute_calibration(throughput, horizon=horizon, sample=sample)
    assert {each.confidence: each.right for each in found} == right


@pytest.mark.parametrize("sample", [[], [1, -1], [MOST_ITEMS + 1]], ids=["none", "less", "more"])
def test_what_is_no_throughput_is_refused(sample: list[int]) -> None:
    with pytest.raises(UsageError, match="finished on each day"):
        forecast_items(sample, 1)


@pytest.mark.parametrize("days", [0, MOST_DAYS + 1])
def test_a_forecast_has_an_end(days: int) -> None:
    with pytest.raises(UsageError, match=f"{days} days"):
        forecast_items(EXAMPLE, days)


@pytest.mark.parametrize("items", [0, MOST_ITEMS + 1])
def test_a_forecast_is_about_something(items: int) -> None:
    with pytest.raises(UsageError, match=f"{items} items"):
        forecast_days(EXAMPLE, items)


@pytest.mark.parametrize(
    ("sample", "days", "items"),
    [
        pytest.param([3], 100, 300, id="always-the-same"),
        pytest.param([3], MOST_DAYS, MOST_ITEMS, id="so-many-or-more"),
        pytest.param([MOST_ITEMS], 2, MOST_ITEMS, id="all-on-one-day"),
    ],
)
def test_what_is_certain_is_said_at_every_confidence(
    sample: list[int], days: int, items: int
) -> None:
    assert [answer.value for answer in forecast_items(sample, days)] == [items] * 4


def test_ten_years_are_the_last_answer() -> None:
    assert [answer.value for answer in forecast_days([1], MOST_DAYS)] == [MOST_DAYS] * 4
    assert [answer.value for answer in forecast_days([1], MOST_DAYS + 1)] == [None] * 4


def test_the_largest_question_agrees_with_the_law_of_large_numbers() -> None:
    sample = [0, 0, 1, 2, 0, 4, 1]  # 8/7 a day, with a variance of 90/49
    half, *_, surest = (answer.value for answer in forecast_items(sample, MOST_DAYS))
    mean, deviation = MOST_DAYS * 8 / 7, (MOST_DAYS * 90 / 49) ** 0.5
    assert half == pytest.approx(mean, abs=1)
    assert surest == pytest.approx(mean - 1.645 * deviation, abs=1)
