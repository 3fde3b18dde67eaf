"""A workspace as some audience may see it: what is left out is left out of everything.

``visibility`` filters the site and nothing else (``FORMAT.md``, *Who may read*). Whatever is
computed from the filtered workspace, counts and relations included, cannot tell what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from copy import copy
from itertools import chain
from typing import Any, TypeVar

import msgspec

from plainwork.analysis.references import WORK_KINDS
from plainwork.model.document import Document
from plainwork.model.party import Party, Person
from plainwork.model.policy import Policy
from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import VISIBILITIES, Columns, ReferenceUse, WorkTable
from plainwork.model.workflow import Workflow
from plainwork.parsing.definitions import make_policy, make_workflow
from plainwork.parsing.parties import make_party

T = TypeVar("T", Workflow, Party, Policy)
Place = tuple[str | int, ...]

_RELATIONS = frozenset({"parent", "project", "milestone", "written_project"})
"""The columns that name one work."""

_FIELDS_OF_COLUMNS = {"accountable": "owner", "category": "status"}
"""The field that a column follows from, if it is not called like it."""

_BLANK: Mapping[str, Any] = {
    **dict.fromkeys(("due", "start", "category")),
    **dict.fromkeys(("assignees", "consulted", "informed", "labels", "aliases"), ()),
    "depends_on": (),
}
"""What a column holds where a field is not set, if that is no empty text."""


class Hidden(msgspec.Struct, frozen=True):
    """What an audience does not see.

    Attributes:
        works: Ids and aliases, in lower case, that mean no visible work.
        workflows: Ids of workflows, in lower case.
        paths: Of documents that are left out.
        fields: Of each workflow, by id in lower case, the fields that are left out.
    """

    works: frozenset[str] = frozenset()
    workflows: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()
    fields: Mapping[str, frozenset[str]] = {}

    @property
    def anything(self) -> bool:
        """Whether anything at all is left out."""
        return bool(self.works or self.workflows or self.paths or self.fields)

    def names(self, use: ReferenceUse) -> bool:
        """Whether a reference is to something that is left out."""
        target = use.target.lower()
        if use.to in WORK_KINDS:
            return target in self.works
        return use.to == "workflow" and target in self.workflows

    def shows(self, document: Document | Record | Workflow | Policy) -> bool:
        """Whether a document is not left out."""
        return document.path not in self.paths


def filter_snapshot(snapshot: Snapshot, audience: str) -> tuple[Snapshot, Hidden]:
    """Return the workspace without what an audience may not see, and what that is.

    Work of unknown visibility, because its front matter cannot be read, is seen by those only
    who see everything. When people are away is nothing for the public.

    Args:
        snapshot: All of it.
        audience: One of :data:`plainwork.model.work.VISIBILITIES`: it sees what is that, or less
            strict.
    """
    most = VISIBILITIES.index(audience)
    if most == len(VISIBILITIES) - 1:
        return snapshot, Hidden()

    def may_see(visibility: str) -> bool:
        return not visibility or VISIBILITIES.index(visibility) <= most

    columns = snapshot.works.columns
    rows = [row for row, visibility in enumerate(columns["visibility"]) if may_see(visibility)]
    hidden = _find_hidden(snapshot, rows, may_see)
    shown = _build(snapshot, rows, hidden) if hidden.anything else snapshot
    return (_without_absences(shown) if audience == "public" else shown), hidden


def _without_absences(snapshot: Snapshot) -> Snapshot:
    """Return the workspace without leave, and without who stands in for some days only."""
    changed = copy(snapshot)
    changed.parties = {
        key: _always_there(party) if isinstance(party, Person) else party
        for key, party in snapshot.parties.items()
    }
    return changed


def _always_there(person: Person) -> Person:
    standing = tuple(each for each in person.delegates if not (each.first or each.last))
    return msgspec.structs.replace(person, leave=(), delegates=standing)


def _find_hidden(snapshot: Snapshot, rows: Sequence[int], may_see: Callable[[str], bool]) -> Hidden:
    columns, seen = snapshot.works.columns, set(rows)
    ids: tuple[set[str], set[str]] = set(), set()
    for row, (id_, aliases) in enumerate(zip(columns["id"], columns["aliases"], strict=True)):
        ids[row in seen].update(map(str.lower, (id_, *aliases)))
    works = ids[False] - ids[True]
    workflows = {key for key, each in snapshot.workflows.items() if not may_see(each.visibility)}
    left_out = (
        (path for row, path in enumerate(columns["path"]) if row not in seen),
        snapshot.unreadable,
        (snapshot.workflows[key].path for key in workflows),
        (each.path for each in snapshot.records if not works.isdisjoint(_lower(each.about))),
        (
            each.path
            for each in snapshot.policies.values()
            if not workflows.isdisjoint(_lower(each.applies_to.workflows))
        ),
    )
    fields = {
        key: frozenset(field.name for field in each.fields if not may_see(field.visibility))
        for key, each in snapshot.workflows.items()
    }
    return Hidden(
        works=frozenset(works),
        workflows=frozenset(workflows),
        paths=frozenset(chain.from_iterable(left_out)),
        fields={key: names for key, names in fields.items() if names},
    )


def _lower(ids: Iterable[str]) -> Iterable[str]:
    return map(str.lower, ids)


def _build(snapshot: Snapshot, rows: Sequence[int], hidden: Hidden) -> Snapshot:
    documents = {each.path: each for each in filter(hidden.shows, snapshot.definitions)}
    scrubbed = {path: _scrub_definition(each, hidden) for path, each in documents.items()}

    def remake(made: Mapping[str, T], make: Callable[[Document], T]) -> dict[str, T]:
        return {
            key: each if scrubbed[each.path] is documents[each.path] else make(scrubbed[each.path])
            for key, each in made.items()
            if each.path in scrubbed
        }

    return Snapshot(
        settings=snapshot.settings,
        works=WorkTable(_Columns(snapshot.works.columns, rows, hidden)),
        workflows=remake(snapshot.workflows, make_workflow),
        parties=remake(snapshot.parties, make_party),
        policies=remake(snapshot.policies, make_policy),
        records=list(filter(hidden.shows, snapshot.records)),
        diagnostics=[
            each for each in snapshot.diagnostics if each.location.path not in hidden.paths
        ],
        duplicates=[each for each in snapshot.duplicates if each[2] not in hidden.paths],
        definitions=list(scrubbed.values()),
        record_documents=list(filter(hidden.shows, snapshot.record_documents)),
        digests=snapshot.digests,
    )


def _scrub_definition(document: Document, hidden: Hidden) -> Document:
    """Return a definition without what names anything that is left out."""
    gone: set[Place] = {use.field for use in document.references if hidden.names(use)}
    if document.kind == "workflow":
        fields = hidden.fields.get(document.id.lower(), ())
        gone |= {("fields", name) for name in fields}
    if document.kind == "agent":
        gone |= _permissions_for(hidden.workflows, document.fields.get("may", {}))
    if document.kind == "person":
        gone |= _delegations_for(hidden.workflows, document.fields.get("delegates", ()))
    if not gone:
        return document
    return msgspec.structs.replace(
        document,
        fields=_without(document.fields, (), gone),
        references=tuple(use for use in document.references if not hidden.names(use)),
    )


def _permissions_for(workflows: Container[str], may: Mapping[str, Any]) -> set[Place]:
    return {
        ("may", verb, position)
        for verb, entries in may.items()
        for position, entry in enumerate(entries)
        if str(entry).partition(".")[0].lower() in workflows
    }


def _delegations_for(workflows: Container[str], delegates: Sequence[Any]) -> set[Place]:
    """Return the delegations for such workflows only: without them they would be for all."""
    return {
        ("delegates", position)
        for position, entry in enumerate(delegates)
        if (named := entry.get("workflows")) and all(name.lower() in workflows for name in named)
    }


class _Columns(dict[str, Sequence[Any]]):
    """The columns of the visible rows, each made when it is first asked for.

    Nothing in them names work that is left out. What is read or decoded row by row stays so.
    """

    def __init__(self, columns: Columns, rows: Sequence[int], hidden: Hidden) -> None:
        super().__init__(
            body=_Rows(rows, columns["body"].__getitem__),
            fields=_Rows(rows, self._fields),
            references=_Rows(rows, self._references),
        )
        self._columns = columns
        self._table_rows = rows
        self._hidden = hidden

    def __missing__(self, name: str) -> Sequence[Any]:
        column = self._columns[name]
        found = self._scrub(name, [column[row] for row in self._table_rows])
        self[name] = found = self._blank(name, found)
        return found

    def _blank(self, name: str, values: list[Any]) -> list[Any]:
        """Return a column without the values of a field that some workflows hide."""
        field = _FIELDS_OF_COLUMNS.get(name, name.removeprefix("written_"))
        hide = {key for key, fields in self._hidden.fields.items() if field in fields}
        if not hide:
            return values
        blank = _BLANK.get(name, "")
        workflows = map(self._columns["workflow"].__getitem__, self._table_rows)
        return [
            blank if workflow.lower() in hide else value
            for value, workflow in zip(values, workflows, strict=True)
        ]

    def _scrub(self, name: str, values: list[Any]) -> list[Any]:
        works = self._hidden.works
        if name in _RELATIONS:
            return ["" if value.lower() in works else value for value in values]
        if name == "depends_on":
            return [
                tuple(each for each in value if each.on.lower() not in works) for value in values
            ]
        if name == "targets":
            return list(map(self._targets, values, self._table_rows))
        return values

    def _targets(self, targets: tuple[str, ...], row: int) -> tuple[str, ...]:
        if self._hidden_fields(row):
            return tuple(dict.fromkeys(f"{use.to} {use.target}" for use in self._references(row)))
        works = self._hidden.works
        return tuple(each for each in targets if each.partition(" ")[2].lower() not in works)

    def _references(self, row: int) -> tuple[ReferenceUse, ...]:
        uses: tuple[ReferenceUse, ...] = self._columns["references"][row]
        fields = self._hidden_fields(row)
        return tuple(
            each for each in uses if each.field[0] not in fields and not self._hidden.names(each)
        )

    def _hidden_fields(self, row: int) -> frozenset[str]:
        return self._hidden.fields.get(self._columns["workflow"][row].lower(), frozenset())

    def _fields(self, row: int) -> Mapping[str, Any]:
        fields: Mapping[str, Any] = self._columns["fields"][row]
        gone: set[Place] = {(name,) for name in self._hidden_fields(row)}
        gone |= {use.field for use in self._columns["references"][row] if self._hidden.names(use)}
        return _without(fields, (), gone) if gone else fields


def _without(value: Any, path: Place, gone: set[Place]) -> Any:
    """Return a value without what stands in some places, and without what holds only that."""
    if isinstance(value, Mapping):
        entries = {
            key: _without(each, (*path, key), gone)
            for key, each in value.items()
            if (*path, key) not in gone
        }
        return {key: each for key, each in entries.items() if each not in ([], {})}
    if isinstance(value, list):
        kept = [
            _without(each, (*path, position), gone)
            for position, each in enumerate(value)
            if (*path, position) not in gone
        ]
        return [each for each in kept if each not in ([], {}) and _says_something(each)]
    return value


def _says_something(value: Any) -> bool:
    """Whether an entry of a list is more than the rest of ``{on: WORK, type: FS}``."""
    return not isinstance(value, Mapping) or "on" in value or not {"type", "lag"} & value.keys()


class _Rows(Sequence[Any]):
    """Some rows of a column, each made when it is asked for."""

    def __init__(self, rows: Sequence[int], make: Callable[[int], Any]) -> None:
        self._rows = rows
        self._make = make

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: Any) -> Any:
        return self._make(self._rows[row])
