"""The HTML of a body, tag by tag: what is known is written anew, everything else is text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape

import msgspec

from plainwork.site.links import from_root, is_safe

_UNKNOWN = re.compile(
    r"<(?!/?(?:p|li|ul|ol|h[1-6r]|a|em|strong|code|pre|del|br|img|input|blockquote"
    r"|table|thead|tbody|t[rhd])[ >/])"
)
"""Where a tag begins that comrak does not make of Markdown: what follows is text."""

_TOKEN = re.compile(
    r"<h([1-6])>(.*?)</h\1>|<(/?)(a|code|pre|img|ol(?= )|t[hd](?= ))([^<>]*)>", re.DOTALL
)
"""Headings, and tags that are written anew; others have nothing in them but their names."""

_TAG = re.compile(r"<[^<>]*>")
_NESTING = re.compile(r"<(/?)(?:ul|ol|blockquote)[ >]")
_MOST_NESTED = 60
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_SIDES = frozenset({"left", "right", "center"})
_TICKED = '<input type="checkbox" checked="" disabled="" />'
_NOT_TICKED = '<input type="checkbox" disabled="" />'
_REPLACED = {
    "<br />": "<br>",
    "<hr />": "<hr>",
    "<table>": '<div class="wide" tabindex="0"><table>',
    "</table>": "</table></div>",
    _TICKED: '<span class="box" role="img" aria-label="done">☑</span>',
    _NOT_TICKED: '<span class="box" role="img" aria-label="to do">☐</span>',
}
"""What comrak writes to what a page shows; no text looks like it, for text is escaped."""

_COMMENT, _COMMENT_END = "&lt;!--", "--&gt;"
_NO_NAME = re.compile(r"[^a-z0-9]+")

# A word that may be an id, or an address. Neither begins inside a word, so that each character
# is looked at a fixed number of times, whatever the text.
_WORD = re.compile(
    r"(?<![\w./@-])(?:(?P<address>https?://[^\s<]+)"
    r"|(?P<id>[A-Za-z0-9][A-Za-z0-9._]*-[A-Za-z0-9._-]*[A-Za-z0-9]))"
)
_ADDRESS_END = re.compile(r"&(?:quot|gt|lt|#\w+);.*", re.DOTALL)
_LONGEST_ID = 64


class TooDeepError(Exception):
    """The text is nested deeper than a page should be."""


class Boxes(msgspec.Struct, frozen=True):
    """How many boxes stand between a heading and the next one, and how many are ticked."""

    heading: str
    ticked: int
    boxes: int


class Rewriter:
    """Rewrites the HTML of one body.

    Args:
        find_work: Returns the address of the work with an id in lower case, or ``""``.

    Attributes:
        mentions: The words that look like ids, and the address that each leads to.
    """

    def __init__(self, find_work: Callable[[str], str]) -> None:
        self.mentions: dict[str, str] = {}
        self._find_work = find_work
        self._names: dict[str, int] = {}
        self._headings: list[tuple[str, int]] = [("", 0)]
        self._outline: list[int] = []  # the levels, as written, of a heading and of those above it
        self._verbatim = 0  # inside code or a link, where nothing becomes a link
        self._link_end = ""
        self._html = ""

    def rewrite(self, html: str) -> str:
        """Return the HTML of a page for what comrak made of a body.

        Raises:
            TooDeepError: If lists and quotations are nested too deep.
        """
        _refuse_deep(html)
        self._html = _UNKNOWN.sub("&lt;", html)
        found = "".join(self._pieces(self._html))
        if " />" in found or "table>" in found:
            for written, shown in _REPLACED.items():
                found = found.replace(written, shown)
        return found

    def boxes(self) -> Iterator[Boxes]:
        """Yield the checklists of what was rewritten."""
        if "<input" not in self._html:
            return
        ends = (*(start for _, start in self._headings[1:]), len(self._html))
        for (heading, start), end in zip(self._headings, ends, strict=True):
            ticked = self._html.count(_TICKED, start, end)
            boxes = ticked + self._html.count(_NOT_TICKED, start, end)
            if boxes:
                yield Boxes(heading, ticked, boxes)

    def _pieces(self, html: str) -> Iterator[str]:
        end = 0
        for match in _TOKEN.finditer(html):
            start = match.start()
            if start > end:
                yield self._text(html[end:start])
            level, inside, closing, name, rest = match.groups()
            end = match.end()
            if level:
                yield self._heading(int(level), inside, end)
            else:
                yield self._close(name) if closing else self._open(name, rest)
        yield self._text(html[end:])

    def _open(self, name: str, rest: str) -> str:
        if name in ("code", "pre"):
            self._verbatim += 1
            # It scrolls, and not every browser lets the keyboard do so by itself.
            return '<pre tabindex="0">' if name == "pre" else "<code>"
        attributes = dict(_ATTRIBUTE.findall(rest))
        if name == "a":
            return self._open_link(attributes.get("href", ""))
        if name == "img":
            return self._image(attributes)
        if name == "ol":
            start = attributes.get("start", "")
            return f'<ol start="{start}">' if start.isdecimal() else "<ol>"
        side = attributes.get("align", "")
        return f'<{name} class="{side}">' if side in _SIDES else f"<{name}>"

    def _close(self, name: str) -> str:
        if name in ("code", "pre", "a"):
            self._verbatim -= 1
        return self._link_end if name == "a" else f"</{name}>"

    def _heading(self, written: int, inside: str, end: int) -> str:
        text, name = _name_heading(inside)
        self._headings.append((text, end))
        number = self._names[name] = self._names.get(name, 0) + 1
        suffix = f"--{number}" if number > 1 else ""
        level = self._level(written)
        shown = "".join(self._pieces(inside)) if "<" in inside else self._text(inside)
        return f'<h{level} id="text-{name}{suffix}">{shown}</h{level}>'

    def _level(self, written: int) -> int:
        """Return the level of a heading on a page, below the page's title and the part's.

        It follows from how deep a heading stands, for who writes may begin with any level and leave
        levels out, and a page must not (WCAG technique G141).
        """
        while self._outline and self._outline[-1] >= written:
            self._outline.pop()
        self._outline.append(written)
        return min(len(self._outline) + 2, 6)

    def _open_link(self, href: str) -> str:
        self._verbatim += 1
        if is_safe(unescape(href)):
            self._link_end = "</a>"
            return f'<a href="{href}" rel="noreferrer">'
        self._link_end = "</span>"
        return '<span class="no-link">'

    def _image(self, attributes: dict[str, str]) -> str:
        """Return a link to a picture: a page asks nothing of any other place."""
        address, words = attributes.get("src", ""), attributes.get("alt") or "picture"
        if self._verbatim or not is_safe(unescape(address)):
            return words
        return f'<a href="{address}" rel="noreferrer">{words}</a>'

    def _text(self, text: str) -> str:
        if self._verbatim:
            return text
        if _COMMENT in text:
            text = _remove_comments(text)
        return _WORD.sub(self._link_word, text) if "-" in text or "://" in text else text

    def _link_word(self, match: re.Match[str]) -> str:
        if match["address"]:
            return _link_address(match["address"])
        word, id_ = match["id"], match["id"].lower()
        if len(id_) > _LONGEST_ID:
            return word
        address = self.mentions.get(id_)
        if address is None:
            address = self.mentions[id_] = self._find_work(id_)
        return f'<a href="{from_root(address)}">{word}</a>' if address else word


@lru_cache(maxsize=1000)  # documents that are made alike have the same headings
def _name_heading(inside: str) -> tuple[str, str]:
    """Return the text of a heading, and the name by which it can be linked to."""
    text = unescape(_TAG.sub("", inside))
    return text, _NO_NAME.sub("-", text.lower()).strip("-")[:60] or "part"


def _refuse_deep(html: str) -> None:
    if html.count("<") <= 2 * _MOST_NESTED:  # each of them is closed, too
        return
    depth = 0
    for match in _NESTING.finditer(html):
        depth += -1 if match[1] else 1
        if depth > _MOST_NESTED:
            raise TooDeepError


def _remove_comments(text: str) -> str:
    kept, position = [], 0
    while (start := text.find(_COMMENT, position)) >= 0:
        end = text.find(_COMMENT_END, start)
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + len(_COMMENT_END)
    return "".join((*kept, text[position:]))


def _link_address(written: str) -> str:
    address = _ADDRESS_END.sub("", written).rstrip(".,;:!?)*_~'")
    if not is_safe(unescape(address)):
        return written
    return f'<a href="{address}" rel="noreferrer">{address}</a>{written[len(address) :]}'
