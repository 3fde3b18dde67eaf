"""Tables for programs: the whole workspace's, and the list of work of each part of it.

What a file holds is what the command of the same name prints (`plainwork list --format json`,
`plainwork portfolio`, …), so that one reader understands both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

import msgspec

from plainwork.site.address import data_address
from plainwork.site.page import Output
from plainwork.site.scopes import Scope
from plainwork.site.sources import Sources
from plainwork.views.attendance import compute_attendance
from plainwork.views.listing import Listing, compute_listing, listed_works
from plainwork.views.open_approvals import Asked, compute_waiting_work
from plainwork.views.ownership import compute_ownership
from plainwork.views.portfolio import compute_portfolio
from plainwork.views.raci import RaciRow, compute_raci
from plainwork.views.workflow_list import ListedWorkflow, compute_workflow_list

COLUMNS = (
    *("id", "title", "kind", "workflow", "status", "category", "owner", "accountable", "team"),
    *("assignees", "project", "parent", "milestone", "priority", "start", "due", "estimate"),
    *("blocked", "labels"),
)
"""The fields of work that a list has."""


class Forms(Protocol):
    """Values as programs read them; :mod:`plainwork.reporting` has the usual ones."""

    def json(self, name: str, value: msgspec.Struct, /) -> str:
        """Return a value as JSON that names the schema ``plainwork/<name>/1``."""

    def csv(self, headers: Sequence[str], columns: Sequence[Sequence[Any]], /) -> str:
        """Return columns of values as CSV that no spreadsheet runs."""


class _Table(msgspec.Struct, frozen=True):
    """A table of the whole workspace.

    Attributes:
        name: Of its files, and of its schema, which is that of the command with its value.
        compute: Returns the value.
        headers: Of the columns.
        rows: Returns, of each line, what columns hold by their header; others are empty.
    """

    name: str
    schema: str
    compute: Callable[[Sources], msgspec.Struct]
    headers: tuple[str, ...]
    rows: Callable[[Any], Sequence[Mapping[str, Any]]]


def plan_tables(sources: Sources, forms: Forms) -> Iterator[Output]:
    """Yield the tables of the whole workspace, lists of work left out."""
    for table in _TABLES:
        for form, make in (("csv", _make_csv), ("json", _make_json)):
            address = data_address(table.name, form)
            yield Output(address, sources.keys.everything, partial(make, table, sources, forms))


def plan_lists(scope: Scope, sources: Sources, forms: Forms) -> Iterator[Output]:
    """Yield the list of some work."""
    key = sources.keys.of_rows(scope.rows)
    csv = partial(_make_list_csv, scope.rows, sources, forms)
    json = partial(_make_list_json, scope.rows, sources, forms)
    yield Output(data_address(scope.name, "csv"), key, csv)
    yield Output(data_address(scope.name, "json"), key, json)


def _make_list_csv(rows: Sequence[int], sources: Sources, forms: Forms) -> bytes:
    listing = _list(rows, sources)
    return forms.csv(listing.columns, listing.values).encode()


def _make_list_json(rows: Sequence[int], sources: Sources, forms: Forms) -> bytes:
    return forms.json("list", listed_works(_list(rows, sources))).encode()


def _list(rows: Sequence[int], sources: Sources) -> Listing:
    found = compute_listing(sources.snapshot, rows, COLUMNS, today=sources.today)
    # Of a part's list the part is all there is: other work must not change it.
    return msgspec.structs.replace(found, total=len(rows))


def _make_json(table: _Table, sources: Sources, forms: Forms) -> bytes:
    return forms.json(table.schema, table.compute(sources)).encode()


def _make_csv(table: _Table, sources: Sources, forms: Forms) -> bytes:
    rows = table.rows(table.compute(sources))
    columns = [[row.get(name) for row in rows] for name in table.headers]
    return forms.csv(table.headers, columns).encode()


def _fields(value: msgspec.Struct) -> dict[str, Any]:
    """Return a value's fields as JSON's values; those of a value in it as ``presence_state``."""
    found: dict[str, Any] = {}
    for name, each in msgspec.to_builtins(value).items():
        if isinstance(each, dict):
            found |= {f"{name}_{inner}": part for inner, part in each.items()}
        else:
            found[name] = each
    return found


_STANDING = ("declared", "computed", "reasons", "finished", "of")
_OF_PROJECTS = (
    *("id", "title", "status", "state", "category", "priority", "owner", "sponsor", "team"),
    *("start", "due", "overdue", "blocked", *_STANDING, "budget", "spent", "hours", "open_risks"),
)

_PRESENCE = ("presence_state", "presence_until")
_OF_PEOPLE = ("id", "name", *_PRESENCE, "working", "duties", "stands_in_for", "teams")
_OF_OWNERS = (
    *("id", "name", *_PRESENCE, "leads", "projects", "routines", "proposed", "ready", "active"),
    *("waiting", "overdue", "open", "load_hours", "load_available"),
)


def _describe_project(overview: Any) -> dict[str, Any]:
    budget, spent = overview.budget, overview.spent
    return {
        **_fields(overview.work),
        "sponsor": overview.sponsor,
        "start": overview.start,
        **{name: getattr(overview, name) for name in _STANDING},
        "budget": f"{budget.amount} {budget.currency}" if budget else "",
        "spent": [f"{sum_.amount} {sum_.currency}" for sum_ in spent.money],
        "hours": spent.hours,
        "open_risks": len(overview.risks),
    }


def _ask(found: Any) -> list[dict[str, Any]]:
    return [
        {"person": person.id, "name": person.name, **_fields(asked)}
        for person in found.people
        for asked in person.asked
    ]


def _ownership(sources: Sources) -> msgspec.Struct:
    last_changed = sources.changes.last_changed
    return compute_ownership(sources.snapshot, today=sources.today, last_changed=last_changed)


def _raci(sources: Sources) -> msgspec.Struct:
    snapshot = sources.snapshot
    return compute_raci(snapshot, range(len(snapshot.works)), today=sources.today)


_TABLES = (
    _Table(
        "portfolio",
        "portfolio",
        lambda sources: compute_portfolio(sources.snapshot, today=sources.today),
        _OF_PROJECTS,
        lambda found: [_describe_project(each) for each in found.projects],
    ),
    _Table(
        "approvals",
        "approvals",
        lambda sources: compute_waiting_work(sources.snapshot, today=sources.today),
        ("person", "name", *Asked.__struct_fields__),
        _ask,
    ),
    _Table(
        "people",
        "who",
        lambda sources: compute_attendance(sources.snapshot, today=sources.today),
        _OF_PEOPLE,
        lambda found: [_fields(each) for each in found.people],
    ),
    _Table(
        "owners",
        "owners",
        _ownership,
        _OF_OWNERS,
        lambda found: [_fields(each) for each in found.owners],
    ),
    _Table(
        "raci",
        "raci",
        _raci,
        RaciRow.__struct_fields__,
        lambda found: [_fields(each) for each in found.works],
    ),
    _Table(
        "workflows",
        "workflow-list",
        lambda sources: compute_workflow_list(sources.snapshot),
        ListedWorkflow.__struct_fields__,
        lambda found: [_fields(each) for each in found.workflows],
    ),
)
