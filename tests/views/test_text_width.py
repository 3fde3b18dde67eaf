"""Widths of texts, and texts cut to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.views.text_width import fit, text_width, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("mm", 20, id="wide letters"),
        pytest.param("ii", 6, id="narrow letters"),
        pytest.param("日", 10.5, id="East Asian"),
        pytest.param("e\u0301", 6.4, id="a combining mark has no width"),
    ],
)
def test_width(text: str, width: float) -> None:
    assert text_width(text, 10) == pytest.approx(width)


@given(st.text(max_size=60), st.floats(0, 500), st.sampled_from([11, 12]))
def test_what_is_cut_fits(text: str, width: float, size: float) -> None:
    found = fit(text, width, size)
    assert text_width(found, size) <= width + 1e-6
    assert found in (text, "") or found.endswith("…")
    assert text.startswith(found.removesuffix("…").rstrip())


def test_only_what_is_too_wide_is_cut() -> None:
    assert fit("mmm", 30, 10) == "mmm"
    assert fit("mmmm", 30, 10) == "mm…"
    assert fit("m", 5, 10) == ""


def test_marks_without_width_do_not_make_a_text_endless() -> None:
    assert len(fit("\u0301" * 100_000, 10, 10)) < 1_000


@given(st.text("ab ", max_size=80), st.integers(30, 90), st.integers(1, 3))
def test_lines_fit_and_only_the_last_is_cut(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, 10, most)
    assert len(lines) <= most
    assert all(text_width(line, 10) <= width for line in lines)
    if lines and not any("…" in line for line in lines):
        assert " ".join(lines).split() == text.split()


def test_a_long_title_is_not_read_to_its_end() -> None:
    lines = wrap("word " * 100_000, 100, 10, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
