"""Sentences of views in HTML: ids become links that say what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from plainwork.site.directory import Directory
from plainwork.site.links import from_root
from plainwork.site.text import shorten, show_invisible

if TYPE_CHECKING:
    from markupsafe import Markup

_LONGEST_ID = 64
_MARKED = re.compile(
    r"`(?P<code>[^`]+)`|(?<![\w./@-])(?P<word>[A-Za-z0-9][A-Za-z0-9._]*-[A-Za-z0-9._-]*[A-Za-z0-9])"
)
"""What may be an id has a hyphen: other words are too often just words."""

_BETWEEN = re.compile(r"\s*[-–—:]\s+")
"""What stands between an id and the title, where people write both."""


def make_marker(directory: Directory) -> Callable[[str], Markup]:
    """Return what sets a sentence: ids of work as links, what stands in backticks as code."""
    from markupsafe import Markup, escape  # costs start-up time

    def mark(match: re.Match[str]) -> Markup:
        word, code = match["word"], match["code"]
        if code is not None:
            return Markup("<code>{}</code>").format(show_invisible(code))
        address = directory.work(word.lower()) if len(word) <= _LONGEST_ID else ""
        if not address:
            return escape(word)
        title = show_invisible(shorten(directory.title(word)))
        return Markup('<a href="{}"><bdi>{}</bdi></a>').format(from_root(address), title)

    def mark_all(text: str) -> Markup:
        end = 0
        parts: list[Markup] = []
        for match in _MARKED.finditer(text):
            if match.start() < end:  # it stands in a title that is said already
                continue
            parts += (escape(show_invisible(text[end : match.start()])), mark(match))
            end = _skip_title(text, match, directory)
        return Markup("").join((*parts, escape(show_invisible(text[end:]))))

    return mark_all


def _skip_title(text: str, match: re.Match[str], directory: Directory) -> int:
    """Return where a text goes on after an id, and after its title if that follows."""
    word, between = match["word"], _BETWEEN.match(text, match.end())
    if between and word and len(word) <= _LONGEST_ID and directory.work(word.lower()):
        title = directory.title(word)
        end = between.end() + len(title)
        if text[between.end() : end].casefold() == title.casefold():
            return end
    return match.end()
