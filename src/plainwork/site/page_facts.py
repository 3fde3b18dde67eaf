"""What a finished page says of itself: its ids and links, and what is wrong with its HTML.

This is a small check of our own templates, not a validator: tags that do not close or nest, ids
given twice, and whatever the site's policy forbids.
"""

from __future__ import annotations

from html.parser import HTMLParser

import msgspec

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_FORBIDDEN = frozenset({"iframe", "object", "embed", "base", "form", "style"})
_ADDRESSES = frozenset({"href", "src", "action", "data"})
_NAMED = frozenset({"for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"})
_REQUESTED = frozenset({"script", "img", "source", "link"})
"""What a reader's browser fetches without being asked."""


class PageFacts(msgspec.Struct, frozen=True, array_like=True):
    """What one page says of itself.

    Attributes:
        ids: Of its elements.
        links: The addresses that it leads to, as written, each once.
        named: The ids that its attributes refer to.
        problems: What is wrong with it, in words.
    """

    ids: tuple[str, ...]
    links: tuple[str, ...]
    named: tuple[str, ...]
    problems: tuple[str, ...]


def parse_page(text: str) -> PageFacts:
    """Read a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._ids: dict[str, None] = {}
        self._links: dict[str, None] = {}
        self._named: dict[str, None] = {}
        self._problems: dict[str, None] = {}
        self._seen: set[str] = set()

    def finish(self) -> PageFacts:
        for tag in self._open:
            self._report(f"<{tag}> is not closed")
        for tag in ("html", "title", "main", "h1"):
            if tag not in self._seen:
                self._report(f"there is no <{tag}>")
        return PageFacts(*map(tuple, (self._ids, self._links, self._named, self._problems)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self._open.append(tag)
        self._look_at(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self._report(f"</{tag}> closes <{self._open[-1] if self._open else 'nothing'}>")
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def _look_at(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen.add(tag)
        if tag in _FORBIDDEN:
            self._report(f"<{tag}> is not allowed")
        if len({name for name, _ in attrs}) < len(attrs):
            self._report(f"<{tag}> says an attribute twice")
        values = {name: value or "" for name, value in attrs}
        if tag == "script" and not values.get("src"):
            self._report("a script stands in the page")
        if tag == "html" and not values.get("lang"):
            self._report("the page does not say its language")
        for name, value in values.items():
            self._look_at_attribute(tag, name, value)

    def _look_at_attribute(self, tag: str, name: str, value: str) -> None:
        if name == "style" or name.startswith("on"):
            self._report(f"<{tag}> has the attribute `{name}`")
        elif name == "id":
            if value in self._ids:
                self._report(f"the id `{value}` is given twice")
            self._ids[value] = None
        elif name in _ADDRESSES:
            self._links[value] = None
            if tag in _REQUESTED and ":" in value:
                self._report(f"<{tag}> asks for {value}")
        elif name in _NAMED:
            self._named |= dict.fromkeys(value.split())

    def _report(self, problem: str) -> None:
        self._problems[problem] = None
