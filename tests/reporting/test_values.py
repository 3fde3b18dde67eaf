"""Values of fields as people write them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.reporting.values import format_column, format_value

_SCALARS = (
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from([0.0, 1.0, Decimal(1)])
) | st.sampled_from(["", "1", "true", date(2026, 5, 1), ["a"], ("a", "b")])


@pytest.mark.parametrize(
    ("values", "written"),
    [
        pytest.param([True, 1, 1.0, False, 0], ["true", "1", "1.0", "false", "0"], id="equal"),
        pytest.param(["a", None, ["b", "c"]], ["a", "", "b, c"], id="lists"),
        pytest.param([date(2026, 5, 1), None] * 2, ["2026-05-01", ""] * 2, id="days"),
    ],
)
def test_a_column_is_written_value_by_value(values: list[Any], written: list[str]) -> None:
    assert list(format_column(values)) == written


@given(st.lists(_SCALARS))
def test_a_column_is_written_as_its_values_are(values: list[Any]) -> None:
    assert list(format_column(values)) == list(map(format_value, values))
