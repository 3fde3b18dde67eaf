"""Bodies as HTML that is safe to put into a page, in bounded time.

comrak parses CommonMark and escapes raw HTML; what it makes is then rewritten tag by tag, and
nothing passes that is not known here. The limits are measured: a body of the largest size takes
about a second, and what would take longer is shown as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

import msgspec

from plainwork.site.body_html import Boxes, Rewriter, TooDeepError
from plainwork.site.text import show_invisible

MOST_BYTES = 512 * 1024
MOST_CELLS = 50_000
"""A short line in a table of 2,000 columns makes 2,000 cells: 38 kB became 200 MB in 70 s."""

_DEEPEST_QUOTE = 30
_DEEP_QUOTE = re.compile(r"^(?:[ \t]*>){31}", re.MULTILINE)
_DELIMITERS = frozenset("|:- \t>\r")


class Text(msgspec.Struct, frozen=True):
    """A body as HTML.

    Attributes:
        html: Safe to put into a page.
        mentions: The words in it that look like ids, in lower case, and the address that each
            leads to, or ``""``.
        boxes: Its checklists.
    """

    html: str
    mentions: dict[str, str] = {}
    boxes: tuple[Boxes, ...] = ()


def render_markdown(body: str, find_work: Callable[[str], str]) -> Text:
    """Render a body.

    Args:
        body: CommonMark with GitHub's tables, task lists and struck text; hostile.
        find_work: Returns the address of the work with an id in lower case, or ``""``.
    """
    text = show_invisible(body)
    if len(text) > MOST_BYTES or _quotes_deeply(text) or _count_cells(text) > MOST_CELLS:
        return _as_written(text)
    rewriter = Rewriter(find_work)
    try:
        html = rewriter.rewrite(_to_html(text))
    except TooDeepError:
        return _as_written(text)
    return Text(html, rewriter.mentions, tuple(rewriter.boxes()))


def _quotes_deeply(text: str) -> bool:
    # Counting first: most texts quote little, and the pattern looks at every line.
    return text.count(">") > _DEEPEST_QUOTE and _DEEP_QUOTE.search(text) is not None


def _as_written(text: str) -> Text:
    return Text(f'<pre class="plain">{escape(text)}</pre>')


def _count_cells(text: str) -> int:
    """Return at least as many cells as the tables of a text have, missing ones included."""
    if "|" not in text:
        return 0
    cells = columns = 0
    for line in text.split("\n"):
        if not line or line.isspace():
            columns = 0
        elif "|" in line and "-" in line and _DELIMITERS.issuperset(line):
            columns = max(columns, line.count("|") + 1)
        cells += columns
    return cells


def _to_html(text: str) -> str:
    render, extensions, options = _load_renderer()
    html: str = render(text, extension_options=extensions, render_options=options)
    return html


@cache
def _load_renderer() -> tuple[Callable[..., str], Any, Any]:
    import comrak  # costs start-up time

    # Not its autolinks: "a@b.c " written 10,000 times takes them a second. No raw HTML either.
    extensions = comrak.ExtensionOptions()
    extensions.table = extensions.tasklist = extensions.strikethrough = True
    options = comrak.RenderOptions()
    options.escape = True
    return comrak.render_markdown, extensions, options
