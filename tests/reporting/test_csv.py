import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.reporting.csv import format_columns_csv, format_csv

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


@given(st.lists(st.tuples(_CELLS, _CELLS)))
def test_columns_are_written_as_rows_are(rows: list[tuple[str, str]]) -> None:
    columns = list(zip(*rows, strict=True)) or [(), ()]
    lines = format_columns_csv(("a", "b"), columns)
    assert len(lines) == len(rows) + 1
    assert b"".join(lines).decode() == format_csv(("a", "b"), rows)


@given(st.lists(_CELLS))
def test_a_row_of_one_cell_is_a_row_even_without_a_text(cells: list[str]) -> None:
    written = format_csv(("a",), [(cell,) for cell in cells])
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert [len(row) for row in read] == [1] * (len(cells) + 1)
