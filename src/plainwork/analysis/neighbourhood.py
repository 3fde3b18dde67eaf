"""The part of a workspace that decides whether one document is right.

After an edit of one document only it can have become wrong, so far as it is concerned; judging
it in a small workspace, of what it names and of what stands above and below it, gives the same
answers as checking all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from plainwork.analysis.preview import preview_work
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Columns, Work, WorkTable
from plainwork.parsing.definitions import make_party, make_policy, make_record, make_workflow

T = TypeVar("T")

_PARTIES = frozenset({"person", "team", "agent"})
_DEFINITIONS = _PARTIES | {"workflow", "policy"}


def compute_neighbourhood(document: Document, body: str, snapshot: Snapshot) -> Snapshot:
    """Return a document, new or changed, with what rules about it have to see.

    Args:
        document: As it would be.
        body: The text after its front matter.
        snapshot: The workspace as it is; where the document is in it already, the new one counts.
    """
    work = preview_work(document, body, snapshot) if document.kind == "work" else None
    rows = [row for row in _rows_around(document, snapshot) if not _is_row(row, document, snapshot)]
    kind = document.kind
    return Snapshot(
        settings=snapshot.settings,
        works=WorkTable(_Columns(work, snapshot.works.columns, rows)),
        workflows=_with(document, snapshot.workflows, make_workflow, "workflow"),
        parties=_with(document, snapshot.parties, make_party, *_PARTIES),
        policies=_with(document, snapshot.policies, make_policy, "policy"),
        records=[make_record(document)] if kind == "record" else snapshot.records,
        definitions=[document] if kind in _DEFINITIONS else (),
        record_documents=[document] if kind == "record" else (),
    )


def _with(
    document: Document, known: Mapping[str, T], make: Callable[[Document], T], *kinds: str
) -> Mapping[str, T]:
    """Return definitions by id with that of a document, if it is of their kinds."""
    if document.kind not in kinds:
        return known
    made = {document.id.lower(): make(document)}
    # First, as its row is among works: rings are reported where they begin.
    return made | {id_: each for id_, each in known.items() if id_ not in made}


class _Columns(Mapping[str, Sequence[Any]]):
    """The columns of one work and of some rows of a table, made when they are asked for."""

    def __init__(self, first: Work | None, table: Columns, rows: Sequence[int]) -> None:
        self._first = first
        self._table = table
        self._rows = rows
        self._made: dict[str, Sequence[Any]] = {}

    def __getitem__(self, name: str) -> Sequence[Any]:
        if name not in self._made:
            first = [self._first.columns[name][self._first.row]] if self._first else []
            column = self._table[name] if self._rows else ()
            self._made[name] = [*first, *(column[row] for row in self._rows)]
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def _is_row(row: int, document: Document, snapshot: Snapshot) -> bool:
    path: str = snapshot.works.columns["path"][row]
    return path == document.path


def _rows_around(document: Document, snapshot: Snapshot) -> list[int]:
    """Return the rows of what a document names, of all above it and of its children.

    What it depends on is followed to the end: a ring may close anywhere.
    """
    columns = snapshot.works.columns
    found: dict[int, None] = {}
    waiting = [use.target for use in document.references]
    while waiting:
        work = snapshot.work(waiting.pop())
        if work is not None and work.row not in found:
            found[work.row] = None
            waiting += [columns["parent"][work.row], columns["project"][work.row]]
            waiting += [dependency.on for dependency in columns["depends_on"][work.row]]
    if document.kind == "work":
        key = document.id.lower()
        parents = enumerate(columns["parent"])
        found |= {row: None for row, parent in parents if parent and parent.lower() == key}
    return list(found)
