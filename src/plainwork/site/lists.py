"""Lists of work for programs: of each part of the workspace, and of what needs attention.

What a file holds is what `plainwork list --format json` and `csv` print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import Any

import msgspec

from plainwork.model.work import Work
from plainwork.site.address import data_address
from plainwork.site.page import Output
from plainwork.site.registers import list_decisions, list_risks, list_routines
from plainwork.site.scopes import Scope
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
        works = tuple(map(self._works.__getitem__, rows))
        return self._forms.json("list", ListedWorks(COLUMNS, works, len(works), len(works)))

    @cached_property
    def _listing(self) -> Listing:
        snapshot = self._sources.snapshot
        rows = range(len(snapshot.works))
        return compute_listing(snapshot, rows, COLUMNS, today=self._sources.today)

    @cached_property
    def _lines(self) -> Sequence[bytes]:
        return self._forms.csv(COLUMNS, self._listing.values)

    @cached_property
    def _works(self) -> Sequence[dict[str, Any]]:
        return listed_works(self._listing).works


def plan_lists(scope: Scope, sources: Sources, lists: Lists) -> Iterator[Output]:
    """Yield the list of some work."""
    key = sources.keys.of_rows(scope.rows)
    yield Output(data_address(scope.name, "csv"), key, partial(lists.csv, scope.rows))
    yield Output(data_address(scope.name, "json"), key, partial(lists.json, scope.rows))


def plan_work_tables(sources: Sources, forms: Forms) -> Iterator[Output]:
    """Yield the tables of some work of the workspace: what needs attention, and registers."""
    for name in ("overdue", "blocked", "unowned", "stale"):
        works = sources.attention[name]
        yield from _plan_works(name, works, COLUMNS, sources, forms)
    for name, list_works, more in (
        ("risks", list_risks, ("likelihood", "impact")),
        ("decisions", list_decisions, ()),
        ("routines", list_routines, ("schedule",)),
    ):
        yield from _plan_works(name, list_works(sources), (*COLUMNS, *more), sources, forms)


def _plan_works(
    name: str, works: Sequence[Work], columns: Sequence[str], sources: Sources, forms: Forms
) -> Iterator[Output]:
    rows = [work.row for work in works]
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
