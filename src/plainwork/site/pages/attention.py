"""The full lists behind the home page: everything that needs attention, sort by sort."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from plainwork.analysis.attention import StaleTest, awaits_approval, is_overdue, is_unowned
from plainwork.analysis.blocking import is_blocked
from plainwork.model.work import Work
from plainwork.site.address import list_address
from plainwork.site.page import Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.sources import Sources
from plainwork.views.approvals_waiting import describe_waiting
from plainwork.views.blocked import describe_blocked
from plainwork.views.late import describe_late
from plainwork.views.orphans import describe_orphan
from plainwork.views.status import StaleWork
from plainwork.views.summary import Urgency, open_works, summarise

_SIZE = 100


class Sort(msgspec.Struct, frozen=True):
    """One sort of work that needs attention.

    Attributes:
        name: Of its page and of its template.
        section: The entry of the menu that it belongs to.
        find: Returns the open works that are of this sort.
        describe: Returns what is shown of one.
    """

    name: str
    title: str
    section: str
    find: Callable[[Sequence[Work], Sources], Iterable[Work]]
    describe: Callable[[Work, Sources], Any]


def _find_overdue(works: Sequence[Work], sources: Sources) -> Iterable[Work]:
    return (work for work in works if is_overdue(work, sources.today))


def _find_waiting(works: Sequence[Work], sources: Sources) -> Iterable[Work]:
    return (work for work in works if awaits_approval(work, sources.snapshot))


def _find_blocked(works: Sequence[Work], sources: Sources) -> Iterable[Work]:
    return (work for work in works if is_blocked(work, sources.snapshot))


def _find_unowned(works: Sequence[Work], sources: Sources) -> Iterable[Work]:
    return filter(is_unowned, works)


def _find_stale(works: Sequence[Work], sources: Sources) -> Iterable[Work]:
    last_changed = sources.changes.last_changed
    test = StaleTest(sources.snapshot, today=sources.today, last_changed=last_changed)
    return filter(test, works)


def _describe_stale(work: Work, sources: Sources) -> StaleWork:
    changed = sources.changes.last_changed(work) or sources.today
    days = (sources.today - changed).days
    return StaleWork(summarise(work, sources.snapshot, sources.today), days)


SORTS = (
    Sort(
        "overdue",
        "Overdue",
        "home",
        _find_overdue,
        lambda work, sources: describe_late(work, sources.snapshot, sources.today),
    ),
    Sort(
        "approvals",
        "Waiting for approval",
        "approvals",
        _find_waiting,
        lambda work, sources: describe_waiting(work, sources.snapshot, sources.today),
    ),
    Sort(
        "blocked",
        "Blocked",
        "home",
        _find_blocked,
        lambda work, sources: describe_blocked(work, sources.snapshot, sources.today),
    ),
    Sort(
        "unowned",
        "Without an owner",
        "home",
        _find_unowned,
        lambda work, sources: describe_orphan(work, sources.snapshot, sources.today),
    ),
    Sort("stale", "Not touched for long", "home", _find_stale, _describe_stale),
)


def plan_attention(sources: Sources) -> Iterator[Output]:
    """Yield the pages of each sort; there is one even without any work of it."""
    works = open_works(sources.snapshot)
    urgency = Urgency(sources.snapshot, sources.changes.last_changed)
    for sort in SORTS:
        address = list_address(sort.name)
        found = urgency.sort(sort.find(works, sources))
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
        section=sort.section,
        origin=sources.origin_of([work.path for work in part.entries]),
    )
