import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.model.diagnostic import Diagnostic
from plainwork.parsing.daily_counts import parse_daily_counts


def read(text: str | bytes) -> tuple[int, ...] | Diagnostic:
    data = text if isinstance(text, bytes) else text.encode()
    return parse_daily_counts("counts.txt", data, 10_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2 0 0 5", (2, 0, 0, 5), id="blanks"),
        pytest.param("\ufeff2\r\n0\r\n\r\n007\n", (2, 0, 7), id="lines"),
        pytest.param("\t10000\t0 ", (10_000, 0), id="tabs"),
    ],
)
def test_counts_are_read_in_their_order(text: str, expected: tuple[int, ...]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        pytest.param("", "counts.txt", "no count in it", id="empty"),
        pytest.param(" \n\n", "counts.txt", "no count in it", id="blank"),
        pytest.param("1 2\n3 -4 x", "counts.txt:2:3", "`-4` is no count", id="negative"),
        pytest.param("1\n\n1.5", "counts.txt:3:1", "`1.5` is no count", id="half"),
        pytest.param("1,2", "counts.txt:1:1", "`1,2` is no count", id="commas"),
        pytest.param("1000000000", "counts.txt:1:1", "from 0 to 10,000", id="large"),
        pytest.param("10001", "counts.txt:1:1", "from 0 to 10,000", id="one too many"),
        pytest.param("9" * 9_999, "counts.txt:1:1", "from 0 to 10,000", id="endless"),
        pytest.param("٣", "counts.txt:1:1", "is no count", id="other digits"),
        pytest.param("1 2 \u2028x", "counts.txt:1:6", "is no count", id="no line to an editor"),
        pytest.param(b"1 \xff", "counts.txt:1:3", "not UTF-8", id="bytes"),
        pytest.param("1 " * 600_000, "counts.txt", "more than 1,048,576 bytes", id="too large"),
    ],
)
def test_what_is_no_count_is_said_with_its_place(
    text: str | bytes, place: str, message: str
) -> None:
    found = read(text)
    assert isinstance(found, Diagnostic)
    assert str(found.location) == place
    assert message in found.message


@given(st.lists(st.integers(0, 10_000), min_size=1), st.sampled_from([" ", "\n", "\r\n", "\t"]))
def test_what_is_written_is_read(counts: list[int], between: str) -> None:
    assert read(between.join(map(str, counts))) == tuple(counts)
