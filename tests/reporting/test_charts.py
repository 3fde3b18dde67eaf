"""Small charts, as they stand on a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.reporting.charts import choose_bins, draw_bar, draw_columns

COLUMNS = {
    "nothing": ([], ""),
    "only zeros": ([0, 0], "▁▁"),
    "least is seen": ([0, 1, 1000], "▁▂█"),
    "even": ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
    "the last of many": ([9, 0, 1, 2], "▁▅█"),
}


@pytest.mark.parametrize(
    ("values", "drawn"), [pytest.param(*case, id=name) for name, case in COLUMNS.items()]
)
def test_columns(values: list[int], drawn: str) -> None:
    assert draw_columns(values, 3 if len(values) == 4 else 8, blocks=True) == drawn


BARS = [(0, 4, ""), (4, 4, "████"), (1, 4, "█"), (1, 64, "▏"), (1, 1000, "▏"), (3, 8, "█▌")]


@pytest.mark.parametrize(("value", "most", "drawn"), BARS)
def test_bars(value: int, most: int, drawn: str) -> None:
    assert draw_bar(value, most, 4, blocks=True) == drawn


@given(st.lists(st.integers(0, 10**6), min_size=1), st.integers(1, 40))
def test_charts_of_ascii_are_as_long(values: list[int], width: int) -> None:
    drawn = draw_columns(values, width, blocks=False)
    assert drawn.isascii()
    assert len(drawn) == len(draw_columns(values, width, blocks=True)) == min(len(values), width)
    most = max(values) or 1
    for value in values:
        bar = draw_bar(value, most, width, blocks=False)
        assert bar == "#" * len(draw_bar(value, most, width, blocks=True))
        assert (bar == "") == (value == 0)


@given(st.lists(st.integers(0, 10**5), min_size=1, max_size=30), st.integers(1, 12))
def test_every_value_is_in_one_class(values: list[int], most: int) -> None:
    bins = choose_bins(values, most)
    assert 1 <= len(bins) <= most
    assert all(sum(first <= value <= last for first, last in bins) == 1 for value in values)
    assert {last - first for first, last in bins} == {bins[0][1] - bins[0][0]}
