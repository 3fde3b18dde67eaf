"""Long lists in pages of a bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

import msgspec

from plainwork.site.address import part_address
from plainwork.site.page import Link
from plainwork.site.page_breaks import find_page_breaks

T = TypeVar("T")


class Part(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list.

    Attributes:
        entries: What stands on it.
        total: How many entries the whole list has.
        number: Of this page, from 1.
        pages: Links to all pages.
    """

    entries: tuple[T, ...]
    total: int
    number: int
    pages: tuple[Link, ...]

    @property
    def address(self) -> str:
        """Where this page is."""
        return self.pages[self.number - 1].address

    def crumbs(self, title: str) -> tuple[Link, ...]:
        """Return the way to a further page of a list: its first page."""
        return (Link(self.pages[0].address, title),) if self.number > 1 else ()


def split(entries: Sequence[T], ids: Iterable[str], address: str, size: int) -> list[Part[T]]:
    """Return the pages of a list, the first at an address; there is one even of nothing.

    Args:
        entries: What it lists.
        ids: Of each entry.
        address: Of the first page.
        size: How many entries a page has at most.
    """
    starts = find_page_breaks(list(ids), size)
    links = tuple(Link(part_address(address, n), str(n)) for n in range(1, len(starts) + 1))
    ends = (*starts[1:], len(entries))
    return [
        Part(tuple(entries[start:end]), len(entries), number, links)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]


def name_part(title: str, number: int) -> str:
    """Return the title of a page of a list."""
    return title if number == 1 else f"{title}, page {number}"
