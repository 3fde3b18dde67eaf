import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.reporting.csv import format_csv

_CELLS = st.text(st.characters(codec="utf-8"))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("@sum", "'@sum", id="at"),
        pytest.param("-cmd", "'-cmd", id="minus"),
        pytest.param("-", "'-", id="dash"),
        pytest.param("\tx", "'\tx", id="tab"),
        pytest.param("\uff1d1", "'\uff1d1", id="full-width"),
        pytest.param("-5", "-5", id="number"),
        pytest.param("+1840.50", "+1840.50", id="decimal"),
        pytest.param("-1.2.3", "'-1.2.3", id="not-a-number"),
        pytest.param("a=b", "a=b", id="inside"),
        pytest.param('say "hi", please', '"say ""hi"", please"', id="quoted"),
        pytest.param("two\nlines", '"two\nlines"', id="line-feed"),
        pytest.param("\udc80", "\\udc80", id="surrogate"),
    ],
)
def test_a_cell_is_text_and_never_a_formula(cell: str, written: str) -> None:
    assert format_csv(("id", "title"), [("a", cell)]) == f"id,title\r\na,{written}\r\n"


@given(st.lists(st.tuples(_CELLS, _CELLS)))
def test_what_is_written_is_read_back(rows: list[tuple[str, str]]) -> None:
    read = list(csv.reader(io.StringIO(format_csv(("a", "b"), rows), newline="")))
    assert read[0] == ["a", "b"]
    assert len(read) == len(rows) + 1
    for found, row in zip(read[1:], rows, strict=True):
        assert [cell.removeprefix("'") for cell in found] == [
            cell.removeprefix("'") for cell in row
        ]
