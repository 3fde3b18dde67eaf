"""The part of a workspace that decides whether one document is right.

After an edit of one document only it can have become wrong, so far as it is concerned; judging
it in a small workspace, of what it names and of what stands above and below it, gives the same
answers as checking all of them.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from plainwork.analysis.work_columns import WRITTEN_COLUMNS, compute_effective_columns
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Columns, WorkTable
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
    workflows = _with(document, snapshot.workflows, make_workflow, "workflow")
    parties = _with(document, snapshot.parties, make_party, *_PARTIES)
    columns = _Columns(document, body, snapshot.works.columns, _rows_around(document, snapshot))
    effective = compute_effective_columns(columns, workflows, parties)
    kind = document.kind
    return Snapshot(
        settings=snapshot.settings,
        works=WorkTable(ChainMap(effective, columns)),
        workflows=workflows,
        parties=parties,
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


class _Columns(dict[str, Sequence[Any]]):
    """What works say, of a document and of some rows of a table, made when it is asked for."""

    def __init__(self, document: Document, body: str, table: Columns, rows: Sequence[int]) -> None:
        super().__init__()
        self._document = document
        self._own = {"fields": document.fields, "references": document.references, "body": body}
        self._table = table
        self._rows = rows

    def __missing__(self, name: str) -> Sequence[Any]:
        column: list[Any] = []
        if self._document.kind == "work":
            own = self._own
            column = [own[name] if name in own else WRITTEN_COLUMNS[name](self._document)]
        if self._rows:
            table = self._table[name]
            column += [table[row] for row in self._rows]
        self[name] = column
        return column


def _rows_around(document: Document, snapshot: Snapshot) -> list[int]:
    """Return the rows of what a document names, of all above it and of its children.

    What it depends on is followed to the end: a ring may close anywhere.
    """
    columns, paths = snapshot.works.columns, snapshot.works.columns["path"]
    found: dict[int, None] = {}
    waiting = [use.target for use in document.references]
    while waiting:
        work = snapshot.work(waiting.pop())
        if work is not None and work.row not in found:
            found[work.row] = None
            waiting += [columns["parent"][work.row], columns["written_project"][work.row]]
            waiting += [dependency.on for dependency in columns["depends_on"][work.row]]
    if document.kind == "work":
        key = document.id.lower()
        parents = enumerate(columns["parent"])
        found |= {row: None for row, parent in parents if parent and parent.lower() == key}
    return [row for row in found if paths[row] != document.path]
