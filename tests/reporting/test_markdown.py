"""Hostile text in Markdown: it reads as it was written, and nothing in it acts."""

import html
import re

import pytest
from comrak import ExtensionOptions, render_markdown
from hypothesis import given
from hypothesis import strategies as st

from plainwork.reporting.markdown import code, limit, prose
from plainwork.reporting.text import escape_line

_PAUSE = "\u200b"
_NASTY = st.lists(
    st.one_of(
        st.sampled_from("\\`*_{}[]()#+-.!|<>&@:$%~^='\" \n\r\u202e\u200b1aw/"),
        st.sampled_from(["www.x", "`www.x`", "https://x.y", "@a", "``", "`a`"]),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=30,
).map("".join)


def _extensions() -> ExtensionOptions:
    options = ExtensionOptions()
    for name in ("autolink", "strikethrough", "table", "tasklist", "footnotes", "shortcodes"):
        setattr(options, name, True)
    options.math_dollars = True
    return options


def _shown(markdown: str) -> str:
    """What a reader sees of the one paragraph; what is not text stays visible as a tag."""
    rendered = render_markdown(markdown, extension_options=_extensions())
    return rendered.strip().removeprefix("<p>").removesuffix("</p>")


def _read(markdown: str) -> str:
    """What a reader sees, with backticks around what is shown as code."""
    shown = re.sub(r"</?code>", "`", _shown(markdown))
    return html.unescape(shown).replace(_PAUSE, "")


@given(_NASTY)
def test_threat_63_prose_is_one_paragraph_of_plain_text(text: str) -> None:
    expected = escape_line(text).strip().replace(_PAUSE, "")
    assert _read(f"x {prose(text)}") == f"x {expected}".strip()


@given(_NASTY)
def test_threat_63_prose_at_the_start_of_a_line_begins_nothing(text: str) -> None:
    assert _read(prose(text)) == escape_line(text).strip().replace(_PAUSE, "")


@given(_NASTY)
def test_threat_63_code_holds_text_as_it_is(text: str) -> None:
    expected = escape_line(text).strip()
    shown = _shown(code(text))
    if expected:
        assert re.fullmatch(r"<code>[^<]*</code>", shown)
        assert html.unescape(shown)[6:-7] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("@acme/board", id="mention"),
        pytest.param("fixes #12", id="reference"),
        pytest.param("acme/ops!7 and acme/ops#7", id="reference elsewhere"),
        pytest.param("https://evil.example/", id="address"),
        pytest.param("www.evil.example", id="address without scheme"),
        pytest.param(":white_check_mark:", id="emoji"),
        pytest.param("you@evil.example", id="e-mail"),
        pytest.param("`a`@b `www.x` `` ` @c", id="between backticks"),
    ],
)
def test_threat_63_what_forges_read_in_plain_text_is_broken(text: str) -> None:
    shown = html.unescape(re.sub("<code>[^<]*</code>", "", _shown(prose(text))))
    assert not re.search(r"[@#!][\w]|://|www\.|:\w+:|<", shown)


def test_what_is_cut_is_said() -> None:
    text = "".join(f"- line {number}\n" for number in range(100))
    cut = limit(text, 200, "*cut*")
    assert len(cut) <= 200
    assert cut.endswith("\n\n*cut*\n")
    assert text.startswith(cut.removesuffix("\n*cut*\n"))


def test_what_fits_is_not_cut() -> None:
    assert limit("abc\n", 4, "*cut*") == "abc\n"
