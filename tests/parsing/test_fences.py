"""Fences, and the body behind them: found without reading YAML, as if it had been read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.parsing.fences import find_fences, parse_body
from plainwork.parsing.front_matter import parse_front_matter


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\ntitle: T\n---\nBody\n", "Body\n"),
        ("---\ntitle: T\n---", ""),
        ("---\ntitle: T\n---\n", ""),
        ("---\ntitle: T\n---\n\n---\nx", "\n---\nx"),
        ("\ufeff---\r\ntitle: T\r\n--- \r\nBody\r\n", "Body\r\n"),
        ("---\n---\nBody", "Body"),
        ("---\ntitle: T\n----\nno fence", ""),
        ("---\ntitle: T\n", ""),
        ("Body", ""),
        (" ---\n---\nBody", ""),
        ("", ""),
    ],
)
def test_the_body_of_a_file(text: str, body: str) -> None:
    assert parse_body(text.encode()) == body


def test_bytes_that_are_no_text() -> None:
    assert parse_body(b"---\n\xff\n---\nBody") == ""


LINES = st.sampled_from(["---", "---\t", "--- x", "title: T", "", "Body", "- a", "\ufeff"])
ENDS = st.sampled_from(["\n", "\r\n", ""])
FILES = st.lists(st.tuples(LINES, ENDS)).map(lambda lines: "".join(a + b for a, b in lines))


@given(FILES)
def test_it_is_the_body_that_the_reader_finds(text: str) -> None:
    read, _ = parse_front_matter("a.md", text.encode())
    if read is not None:
        assert parse_body(text.encode()) == read.body
        fences = find_fences(text)
        assert fences is not None
        assert fences.body == read.body_start
