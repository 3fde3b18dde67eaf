"""Lists of work for programs: of each part of the workspace, and of what needs attention.

What a file holds is what `plainwork list --format json` and `csv` print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial

import msgspec

from plainwork.model.work import Work
from plainwork.site.address import data_address
from plainwork.site.page import Output
from plainwork.site.registers import list_decisions, list_risks, list_routines
from plainwork.site.sources import Sources
from plainwork.site.table import Forms
from plainwork.views.listing import ListedWorks, Listing, compute_listing, listed_works

COLUMNS = (
    *("id", "title", "kind", "workflow", "status", "category", "owner", "accountable", "team"),
    *("assignees", "project", "parent", "milestone", "priority", "start", "due", "estimate"),
    *("blocked", "labels"),
)
"""The fields of work that a list has."""


class Lists:
    """Lists of work: what they say of each work is found once, for it stands in several."""

    def __init__(self, sources: Sources, forms: Forms) -> None:
        self._sources = sources
        self._forms = forms

    def csv(self, rows: Sequence[int]) -> bytes:
        """Return some works as CSV."""
        head, *lines = self._lines
        return b"".join([head, *map(lines.__getitem__, rows)])

    def json(self, rows: Sequence[int]) -> bytes:
        """Return some works as JSON: they are all that there is, so others do not change it."""
        around = self._forms.json("list", ListedWorks(COLUMNS, (), len(rows), len(rows)))
        return self._forms.fill(around, "works", list(map(self._entries.__getitem__, rows)))

    @cached_property
    def _listing(self) -> Listing:
        snapshot = self._sources.snapshot
        rows = range(len(snapshot.works))
        return compute_listing(snapshot, rows, COLUMNS, today=self._sources.today)

    @cached_property
    def _lines(self) -> Sequence[bytes]:
        return self._forms.csv(COLUMNS, self._listing.values)

    @cached_property
    def _entries(self) -> Sequence[bytes]:
        return list(map(self._forms.entry, listed_works(self._listing).works))


def plan_lists(name: str, rows: Sequence[int], sources: Sources, lists: Lists) -> Iterator[Output]:
    """Yield the list of some work."""
    key = sources.keys.of_rows(rows)
    yield Output(data_address(name, "csv"), key, partial(lists.csv, rows))
    yield Output(data_address(name, "json"), key, partial(lists.json, rows))


def plan_work_tables(sources: Sources, forms: Forms, lists: Lists) -> Iterator[Output]:
    """Yield the tables of some work of the workspace: what needs attention, and registers."""
    for name in ("overdue", "blocked", "unowned", "stale"):
        yield from plan_lists(name, _rows(sources.attention[name]), sources, lists)
    yield from plan_lists("decisions", _rows(list_decisions(sources)), sources, lists)
    for name, works, more in (
        ("risks", list_risks(sources), ("likelihood", "impact")),
        ("routines", list_routines(sources), ("schedule",)),
    ):
        yield from _plan_works(name, _rows(works), (*COLUMNS, *more), sources, forms)


def _rows(works: Iterable[Work]) -> Sequence[int]:
    return [work.row for work in works]


def _plan_works(
    name: str, rows: Sequence[int], columns: Sequence[str], sources: Sources, forms: Forms
) -> Iterator[Output]:
    key = sources.keys.of_works(rows, sources.keys.day)

    def listing() -> Listing:
        found = compute_listing(sources.snapshot, rows, columns, today=sources.today)
        return msgspec.structs.replace(found, total=len(rows))

    def make_csv() -> bytes:
        return b"".join(forms.csv(columns, listing().values))

    def make_json() -> bytes:
        return forms.json("list", listed_works(listing()))

    yield Output(data_address(name, "csv"), key, make_csv)
    yield Output(data_address(name, "json"), key, make_json)
