"""Work: items, projects and routines, as a table that is read column by column.

A workspace may hold 100,000 works, and a list shows five of their forty fields. So works are
kept as columns, which the index decodes only when they are asked for, and a :class:`Work` is
a light handle on one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import msgspec

from plainwork.model.workflow import CLOSED, IN_PROGRESS, Category

T = TypeVar("T")

Columns = Mapping[str, Sequence[Any]]

VISIBILITIES = ("public", "internal", "restricted")
"""Who may see work on the site, the strictest last."""


class Dependency(msgspec.Struct, frozen=True, omit_defaults=True):
    """What work waits for: ``type`` is finish/start to start/finish, ``lag`` a duration."""

    on: str
    type: str = "FS"
    lag: str = ""


class ReferenceUse(msgspec.Struct, frozen=True, array_like=True):
    """One place where a document names another: what kind it must be, its id, and where."""

    to: str
    target: str
    field: tuple[str | int, ...]


class _Column(property, Generic[T]):
    """A typed view of one column; a property, because these are what Python reads fastest."""

    def __set_name__(self, owner: type, name: str) -> None:
        super().__init__(lambda work: work.columns[name][work.row])

    if TYPE_CHECKING:

        @overload
        def __get__(self, work: None, owner: type | None = None) -> _Column[T]: ...
        @overload
        def __get__(self, work: Work, owner: type | None = None) -> T: ...
        def __get__(self, work: Any, owner: type | None = None) -> Any: ...


class Work:
    """One item, project or routine.

    Fields with a *written* counterpart are effective: inherited and defaulted as ``FORMAT.md``
    says. ``fields`` is what the file itself says.

    Attributes:
        kind: ``item``, ``project`` or ``routine``: the kind of its workflow.
        category: The category of its state, or None if the workflow has no such state.
        owner: The accountable party after inheritance, or ``""``.
        accountable: The one human that ``owner`` comes to, or ``""``.
        team: The responsible team: of the state, else the work, else the workflow; or ``""``.
        project: Its own or its parent's, or ``""``; a project is not its own.
        visibility: The strictest of its own, its project's and its parents'.
        fields: Every field as written: JSON's values, in the order of the file.
        references: Every place where it names another document.
        body: The text after the front matter.
    """

    __slots__ = ("columns", "row")

    def __init__(self, columns: Columns, row: int) -> None:
        self.columns = columns
        self.row = row

    id = _Column[str]()
    path = _Column[str]()
    title = _Column[str]()
    workflow = _Column[str]()
    status = _Column[str]()
    reason = _Column[str]()
    requester = _Column[str]()
    assignees = _Column[tuple[str, ...]]()
    consulted = _Column[tuple[str, ...]]()
    informed = _Column[tuple[str, ...]]()
    parent = _Column[str]()
    milestone = _Column[str]()
    depends_on = _Column[tuple[Dependency, ...]]()
    priority = _Column[str]()
    labels = _Column[tuple[str, ...]]()
    start = _Column[date | None]()
    due = _Column[date | None]()
    estimate = _Column[str]()
    blocked = _Column[str]()
    made_by = _Column[str]()
    aliases = _Column[tuple[str, ...]]()
    fields = _Column[Mapping[str, Any]]()
    references = _Column[tuple[ReferenceUse, ...]]()
    body = _Column[str]()

    kind = _Column[str]()
    category = _Column[Category | None]()
    owner = _Column[str]()
    accountable = _Column[str]()
    team = _Column[str]()
    project = _Column[str]()
    visibility = _Column[str]()

    @property
    def open(self) -> bool:
        """Whether it is neither done nor dropped; a state that does not exist is open."""
        return self.category not in CLOSED

    @property
    def in_progress(self) -> bool:
        """Whether it is started and not finished: active or waiting."""
        return self.category in IN_PROGRESS

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Work) and self.row == other.row and self.columns is other.columns

    def __hash__(self) -> int:
        return self.row

    def __repr__(self) -> str:
        return f"<Work {self.id}>"


class WorkTable(Sequence[Work]):
    """Every work of a workspace, in the order of their paths."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns["path"])

    @overload
    def __getitem__(self, row: int) -> Work: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Work, ...]: ...
    def __getitem__(self, row: int | slice) -> Work | tuple[Work, ...]:
        if isinstance(row, slice):
            return self._rows[row]
        return self._rows[row]

    def __iter__(self) -> Iterator[Work]:
        return iter(self._rows)

    @cached_property
    def _rows(self) -> tuple[Work, ...]:
        return tuple(Work(self.columns, row) for row in range(len(self)))

    @cached_property
    def by_id(self) -> Mapping[str, Work]:
        """What an id or alias, in lower case, means: of works that share one the first; ids win."""
        # Backwards, so that the first of several is what remains; without a step of Python each.
        ids = map(str.lower, reversed(self.columns["id"]))
        found = dict(zip(ids, reversed(self._rows), strict=True))
        for row, aliases in enumerate(self.columns["aliases"]):
            for alias in aliases:
                found.setdefault(alias.lower(), self._rows[row])
        return found

    @cached_property
    def children(self) -> Mapping[str, tuple[Work, ...]]:
        """The works whose parent is the one with an id (lower case)."""
        found: dict[str, list[Work]] = {}
        for row, parent in enumerate(self.columns["parent"]):
            if parent:
                parent_work = self.by_id.get(parent.lower())
                key = parent_work.id if parent_work else parent
                found.setdefault(key.lower(), []).append(self._rows[row])
        return {parent: tuple(works) for parent, works in found.items()}
