"""Atom (RFC 4287): what has changed, for feed readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from html import escape

import msgspec

from plainwork.site.text import one_line

_MOST_KEPT = 4096
"""Most changes stand in several feeds."""


class Entry(msgspec.Struct, frozen=True):
    """One change.

    Attributes:
        id: A UUID, the same in every feed that tells of it.
        title: What was done.
        time: When, in seconds.
        author: Who did it.
        address: The page that shows most of it.
        text: What it changed, in words.
    """

    id: str
    title: str
    time: int
    author: str
    address: str
    text: str


class Feed(msgspec.Struct, frozen=True):
    """Changes, the latest first.

    Attributes:
        id: A UUID, always the same for this feed.
        title: What it is about.
        own: Where the feed itself is, or ``""`` if nobody knows.
        address: The page about the same.
    """

    id: str
    title: str
    own: str
    address: str
    entries: Sequence[Entry]


def render_atom(feed: Feed) -> bytes:
    """Return a feed as UTF-8; it says when something changed last, never when it was made."""
    return "\n".join([*_lines(feed), ""]).encode()


def _lines(feed: Feed) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield f"<id>urn:uuid:{feed.id}</id>"
    yield f"<title>{_words(feed.title)}</title>"
    yield f"<updated>{_time(max((entry.time for entry in feed.entries), default=0))}</updated>"
    if feed.own:
        yield f'<link rel="self" type="application/atom+xml" href="{_words(feed.own)}"/>'
    yield f'<link rel="alternate" type="text/html" href="{_words(feed.address)}"/>'
    for entry in feed.entries:
        yield "<entry>"
        yield f"<id>urn:uuid:{entry.id}</id>"
        yield f"<title>{_words(entry.title) or 'A change'}</title>"
        yield f"<updated>{_time(entry.time)}</updated>"
        yield f"<author><name>{_words(entry.author) or 'unknown'}</name></author>"
        yield f'<link rel="alternate" type="text/html" href="{_words(entry.address)}"/>'
        yield f'<content type="text">{_words(entry.text)}</content>'
        yield "</entry>"
    yield "</feed>"


def _words(text: str) -> str:
    return escape(one_line(text))


@lru_cache(_MOST_KEPT)
def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
