"""All work as a list, in pages of a bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from plainwork.site.address import list_address
from plainwork.site.page import Link, Output, Page
from plainwork.site.sources import Sources
from plainwork.views.listing import order_rows
from plainwork.views.summary import WorkSummary, summarise

PAGE_SIZE = 200


class WorkList(msgspec.Struct, frozen=True):
    """One page of the list.

    Attributes:
        works: In the usual order: open before closed, what is due soonest first.
        total: How many works there are in all.
        number: Of this page, from 1.
        pages: Links to all pages.
    """

    works: tuple[WorkSummary, ...]
    total: int
    number: int
    pages: tuple[Link, ...]


def plan_work_list(sources: Sources) -> Iterator[Output]:
    """Yield the pages of the list; there is one even without any work."""
    snapshot = sources.snapshot
    rows = order_rows(snapshot, range(len(snapshot.works)))
    count = max(1, -(-len(rows) // PAGE_SIZE))
    links = tuple(Link(list_address("work", n), str(n)) for n in range(1, count + 1))
    for number in range(1, count + 1):
        part = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        key = sources.keys.of_rows(part, sources.keys.day, f"{len(rows)} {number}")
        make = partial(_make, sources, part, len(rows), number, links)
        yield Output(list_address("work", number), key, make)


def _make(
    sources: Sources, rows: Sequence[int], total: int, number: int, links: tuple[Link, ...]
) -> Page:
    snapshot = sources.snapshot
    works = tuple(summarise(snapshot.works[row], snapshot, sources.today) for row in rows)
    address = list_address("work", number)
    title = "Work" if number == 1 else f"Work, page {number}"
    model = WorkList(works, total, number, links)
    return Page(address, title, "work_list.html", model, section="work")
