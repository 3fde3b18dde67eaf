"""Tables for programs: the whole workspace's, and the list of work of each part of it.

What a file holds is what the command of the same name prints (`plainwork list --format json`,
`plainwork portfolio`, …), so that one reader understands both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import Any, Protocol

import msgspec

from plainwork.flow.items import StartedItem
from plainwork.flow.measures import Flow
from plainwork.model.work import Work
from plainwork.site.address import data_address
from plainwork.site.page import Output
from plainwork.site.registers import list_decisions, list_risks, list_routines
from plainwork.site.scopes import Scope
from plainwork.site.sources import Sources
from plainwork.views.attendance import compute_attendance
from plainwork.views.listing import ListedWorks, Listing, compute_listing, listed_works
from plainwork.views.open_approvals import Asked, compute_waiting_work
from plainwork.views.ownership import TeamRow, compute_ownership
from plainwork.views.policy_list import compute_policy_list
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

    def csv(self, headers: Sequence[str], columns: Sequence[Sequence[Any]], /) -> list[str]:
        """Return columns of values as lines of CSV that no spreadsheet runs, headers first."""


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
        compute = cache(partial(table.compute, sources))
        for form, make in (("csv", _make_csv), ("json", _make_json)):
            address = data_address(table.name, form)
            yield Output(address, sources.keys.everything, partial(make, table, compute, forms))


class Lists:
    """Lists of work: what they say of each work is found once, for it stands in several."""

    def __init__(self, sources: Sources, forms: Forms) -> None:
        self._sources = sources
        self._forms = forms

    def csv(self, rows: Sequence[int]) -> bytes:
        """Return some works as CSV."""
        head, *lines = self._lines
        return "".join([head, *map(lines.__getitem__, rows)]).encode()

    def json(self, rows: Sequence[int]) -> bytes:
        """Return some works as JSON: they are all that there is, so others do not change it."""
        works = tuple(map(self._works.__getitem__, rows))
        return self._forms.json(
            "list", ListedWorks(COLUMNS, works, len(works), len(works))
        ).encode()

    @cached_property
    def _listing(self) -> Listing:
        snapshot = self._sources.snapshot
        rows = range(len(snapshot.works))
        return compute_listing(snapshot, rows, COLUMNS, today=self._sources.today)

    @cached_property
    def _lines(self) -> Sequence[str]:
        return self._forms.csv(COLUMNS, self._listing.values)

    @cached_property
    def _works(self) -> Sequence[dict[str, Any]]:
        return listed_works(self._listing).works


def plan_lists(scope: Scope, sources: Sources, lists: Lists) -> Iterator[Output]:
    """Yield the list of some work."""
    key = sources.keys.of_rows(scope.rows)
    yield Output(data_address(scope.name, "csv"), key, partial(lists.csv, scope.rows))
    yield Output(data_address(scope.name, "json"), key, partial(lists.json, scope.rows))


def plan_flow_tables(sources: Sources, forms: Forms) -> Iterator[Output]:
    """Yield how work flows, with everything that it rests on, if history tells of any."""
    key = sources.keys.past

    def flow() -> Flow | None:
        past = sources.past
        return past.flow if past and past.history.events and not past.history.shallow else None

    def make_csv() -> bytes:
        found = flow()
        items = msgspec.to_builtins(found.finished if found else ())
        columns = [[item[name] for item in items] for name in _OF_ITEMS]
        return "".join(forms.csv(_OF_ITEMS, columns)).encode()

    def make_json() -> bytes:
        found = flow()
        return forms.json("flow", found).encode() if found else b"{}"

    yield Output(data_address("flow", "csv"), key, make_csv, precise=True)
    yield Output(data_address("flow", "json"), key, make_json, precise=True)


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
        return "".join(forms.csv(columns, listing().values)).encode()

    def make_json() -> bytes:
        return forms.json("list", listed_works(listing())).encode()

    yield Output(data_address(name, "csv"), key, make_csv)
    yield Output(data_address(name, "json"), key, make_json)


def _make_json(table: _Table, compute: Callable[[], msgspec.Struct], forms: Forms) -> bytes:
    return forms.json(table.schema, compute()).encode()


def _make_csv(table: _Table, compute: Callable[[], msgspec.Struct], forms: Forms) -> bytes:
    rows = table.rows(compute())
    columns = [[row.get(name) for row in rows] for name in table.headers]
    return "".join(forms.csv(table.headers, columns)).encode()


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

_OF_ITEMS = StartedItem.__struct_fields__

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
        lambda sources: sources.portfolio,
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
        "teams",
        "owners",
        _ownership,
        TeamRow.__struct_fields__,
        lambda found: [_fields(each) for each in found.teams],
    ),
    _Table(
        "policies",
        "policies",
        lambda sources: compute_policy_list(sources.snapshot),
        ("id", "title", "owner", "default", "approvals", "checks", "waivers"),
        lambda found: [_fields(each) for each in found.policies],
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
