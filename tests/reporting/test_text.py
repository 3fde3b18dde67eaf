import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.reporting.display_width import display_width
from plainwork.reporting.text import (
    ago,
    escape_line,
    plural,
    replace_surrogates,
    style,
    wrap,
)

_ANY = st.text(st.characters(codec=None, exclude_categories=[]))


@pytest.mark.parametrize(
    ("number", "noun", "many", "text"),
    [
        pytest.param(1, "item", "", "1 item", id="one"),
        pytest.param(0, "item", "", "0 items", id="none"),
        pytest.param(2, "policy", "", "2 policies", id="y"),
        pytest.param(2, "day", "", "2 days", id="vowel-y"),
        pytest.param(2, "branch", "", "2 branches", id="ch"),
        pytest.param(2, "person", "people", "2 people", id="irregular"),
    ],
)
def test_a_noun_follows_its_number(number: int, noun: str, many: str, text: str) -> None:
    assert plural(number, noun, many) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "today"),
        (1, "yesterday"),
        (-1, "tomorrow"),
        (3, "3 days ago"),
        (-2, "in 2 days"),
    ],
)
def test_days_are_told_in_words(days: int, text: str) -> None:
    assert ago(days) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Größe 作業 👩\u200d🔧", "Größe 作業 👩\u200d🔧", id="harmless"),
        pytest.param("a\u00a0b\u3000c", "a\u00a0b\u3000c", id="blanks"),
        pytest.param("\x1b[2J", r"\x1b[2J", id="ansi"),
        pytest.param("\x9b31m", r"\x9b31m", id="c1"),
        pytest.param("a\r\nb\tc\0", r"a\r\nb\tc\x00", id="control"),
        pytest.param("\u202eabc\u2066", r"\u202eabc\u2066", id="bidirectional"),
        pytest.param("a\u2028b\u200bc", r"a\u2028b\u200bc", id="separators"),
        pytest.param("\udc80", r"\udc80", id="surrogate"),
        pytest.param("\uffff\U000e0041", r"\uffff\U000e0041", id="noncharacter-and-tag"),
    ],
)
def test_what_does_not_print_is_shown(text: str, shown: str) -> None:
    assert escape_line(text) == shown


@given(_ANY)
def test_an_escaped_line_is_harmless(text: str) -> None:
    shown = escape_line(text)
    kept = {"\u200c", "\u200d"}
    assert all(
        character in kept or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        for character in shown
    )
    assert escape_line(shown) == shown


@given(_ANY)
def test_without_surrogates_every_text_can_be_encoded(text: str) -> None:
    replace_surrogates(text).encode()


def test_style_is_for_terminals_only() -> None:
    assert style("x", "red", on=True) == "\x1b[31mx\x1b[0m"
    assert style("x", "red", on=False) == "x"
    assert style("", "red", on=True) == ""


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("one two three", 8, ["> one", "> two", "> three"], id="words"),
        pytest.param("one two three", None, ["> one two three"], id="no-terminal"),
        pytest.param("a\r\n\nb", 8, ["> a", ">", "> b"], id="lines"),
        pytest.param("https://acme.example/x y", 8, ["> https://acme.example/x", "> y"], id="long"),
        pytest.param("作業 作業 作業", 8, ["> 作業", "> 作業", "> 作業"], id="wide"),
        pytest.param("a\x1b[1mb", None, [r"> a\x1b[1mb"], id="escaped"),
    ],
)
def test_text_is_wrapped_between_words(text: str, width: int | None, lines: list[str]) -> None:
    assert list(wrap(text, width=width, indent="> ")) == lines


def test_the_blanks_before_a_line_are_kept_where_it_is_broken() -> None:
    assert list(wrap("  - one two", width=9, indent="  ")) == ["    - one", "    two"]


@given(st.text("ab \n"), st.integers(5, 20))
def test_wrapping_keeps_every_word_and_the_width(text: str, width: int) -> None:
    lines = list(wrap(text, width=width))
    assert " ".join(lines).split() == text.split()
    assert all(display_width(line) <= width or len(line.split()) == 1 for line in lines)
