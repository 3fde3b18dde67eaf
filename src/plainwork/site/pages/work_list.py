"""All work as a list, in pages of a bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plainwork.site.address import list_address
from plainwork.site.page import Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.sources import Sources
from plainwork.views.summary import summarise_rows

PAGE_SIZE = 100


def plan_work_list(sources: Sources) -> Iterator[Output]:
    """Yield the pages of the list; there is one even without any work."""
    rows = sources.order
    ids = map(sources.snapshot.works.columns["id"].__getitem__, rows)
    for part in split(rows, ids, list_address("work"), PAGE_SIZE):
        words = f"{part.total} {part.number} {len(part.pages)}"
        key = sources.keys.of_rows(part.entries, sources.keys.day, words)
        yield Output(part.address, key, partial(_make, sources, part))


def _make(sources: Sources, part: Part[int]) -> Page:
    shown = summarise_rows(part.entries, sources.snapshot, sources.today)
    return Page(
        address=part.address,
        title=name_part("All work", part.number),
        template="work_list.html",
        model=Part(shown, part.total, part.number, part.pages),
        crumbs=part.crumbs("All work"),
        section="work",
        origin=sources.origin_of(sources.paths_of(part.entries)),
    )
