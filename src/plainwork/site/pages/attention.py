"""The full lists behind the home page: everything that needs attention, sort by sort."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec

from plainwork.model.work import Work
from plainwork.site.address import list_address
from plainwork.site.page import Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.sources import Sources
from plainwork.views.approvals_waiting import describe_waiting
from plainwork.views.blocked import describe_blocked
from plainwork.views.late import describe_late
from plainwork.views.orphans import describe_orphan
from plainwork.views.promises import PromisedWork
from plainwork.views.status import StaleWork
from plainwork.views.summary import summarise

_SIZE = 50


class Sort(msgspec.Struct, frozen=True):
    """One sort of work that needs attention.

    Attributes:
        name: Of its page and of its template.
        section: The entry of the menu that it belongs to.
        describe: Returns what is shown of one.
    """

    name: str
    title: str
    section: str
    describe: Callable[[Work, Sources], Any]


def _describe_promised(work: Work, sources: Sources) -> PromisedWork:
    run = sources.clocks.promises.first(work)
    assert run is not None  # noqa: S101 - it presses
    return PromisedWork(summarise(work, sources.snapshot, sources.today), run)


def _describe_stale(work: Work, sources: Sources) -> StaleWork:
    changed = sources.changes.last_changed(work) or sources.today
    days = (sources.today - changed).days
    return StaleWork(summarise(work, sources.snapshot, sources.today), days)


SORTS = (
    Sort(
        "overdue",
        "Overdue",
        "home",
        lambda work, sources: describe_late(work, sources.snapshot, sources.today),
    ),
    Sort(
        "promises",
        "Promises missed or due soon",
        "home",
        _describe_promised,
    ),
    Sort(
        "approvals",
        "Waiting for approval",
        "approvals",
        lambda work, sources: describe_waiting(work, sources.snapshot, sources.today),
    ),
    Sort(
        "blocked",
        "Blocked",
        "home",
        lambda work, sources: describe_blocked(work, sources.snapshot, sources.today),
    ),
    Sort(
        "unowned",
        "Without an owner",
        "home",
        lambda work, sources: describe_orphan(work, sources.snapshot, sources.today),
    ),
    Sort("stale", "Not touched for long", "home", _describe_stale),
)


def plan_attention(sources: Sources) -> Iterator[Output]:
    """Yield the pages of each sort; there is one even without any work of it."""
    for sort in SORTS:
        address = list_address(sort.name)
        found = sources.attention[sort.name]
        for part in split(found, (work.id for work in found), address, _SIZE):
            make = partial(_make, sort, part, sources)
            yield Output(part.address, sources.keys.everything, make)


def _make(sort: Sort, part: Part[Work], sources: Sources) -> Page:
    described = tuple(sort.describe(work, sources) for work in part.entries)
    return Page(
        address=part.address,
        title=name_part(sort.title, part.number),
        template=f"{sort.name}.html",
        model=msgspec.structs.replace(part, entries=described),
        crumbs=part.crumbs(sort.title),
        section=sort.section,
        origin=sources.origin_of_list([work.path for work in part.entries]),
    )
