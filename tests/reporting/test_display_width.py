import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.reporting.display_width import cut, display_width, is_narrow, pad

_TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]))


@pytest.mark.parametrize(
    ("text", "width"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("plain", 5, id="ascii"),
        pytest.param("Größe – “€”", 11, id="latin"),
        pytest.param("作業", 4, id="wide"),
        pytest.param("\uff21", 2, id="full-width"),
        pytest.param("e\u0301", 1, id="combining"),
        pytest.param("👩\u200d🔧", 4, id="joined"),
    ],
)
def test_width_is_what_a_terminal_shows(text: str, width: int) -> None:
    assert display_width(text) == width


def test_narrow_characters_are_narrow_indeed() -> None:
    wrong = [
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if character.isprintable()
        and is_narrow(character)
        and (
            unicodedata.category(character) in {"Mn", "Me", "Cf"}
            or unicodedata.east_asian_width(character) in {"W", "F"}
        )
    ]
    assert wrong == []


@given(_TEXTS, st.integers(0, 30))
def test_what_is_cut_fits_and_begins_the_same(text: str, width: int) -> None:
    shown = cut(text, width)
    assert display_width(shown) <= width
    assert shown == text or text.startswith(shown.removesuffix("…"))


@given(_TEXTS, st.integers(0, 30), st.booleans())
def test_what_is_padded_is_as_wide_as_asked(text: str, width: int, right: bool) -> None:
    shown = pad(text, width, right=right)
    assert display_width(shown) == max(width, display_width(text))
    assert shown.strip(" ") == text.strip(" ")
