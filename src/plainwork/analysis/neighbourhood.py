"""The part of a workspace in which an edit of one document can make something wrong.

What the document names, what stands above it and below it: judging these before and after the
edit tells what the edit does, without judging all of the workspace.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from plainwork.analysis.creations import creations_in, find_set_references
from plainwork.analysis.work_columns import WRITTEN_COLUMNS, compute_effective_columns
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Columns, WorkTable
from plainwork.parsing.definitions import make_policy, make_record, make_workflow
from plainwork.parsing.parties import make_party

T = TypeVar("T")

_TARGETS = "targets"
_PARTIES = frozenset({"person", "team", "agent"})
_DEFINITIONS = _PARTIES | {"workflow", "policy"}


def compute_neighbourhood(
    document: Document | None, body: str, versions: Iterable[Document], snapshot: Snapshot
) -> Snapshot:
    """Return a small workspace around a document.

    Args:
        document: One version of the document; None: the workspace without it.
        body: The text below its fields.
        versions: All versions that are compared: what any of them names is in the neighbourhood,
            so that neighbourhoods differ in the document only.
        snapshot: The workspace as it is.
    """
    kind = document.kind if document else ""
    workflows = _with(document, snapshot.workflows, make_workflow, "workflow")
    parties = _with(document, snapshot.parties, make_party, *_PARTIES)
    rows = _rows_around(tuple(versions), snapshot)
    columns = _Columns(document, body, snapshot.works.columns, rows)
    effective = compute_effective_columns(columns, workflows, parties)
    return Snapshot(
        settings=snapshot.settings,
        works=WorkTable(ChainMap(effective, columns)),
        workflows=workflows,
        parties=parties,
        policies=_with(document, snapshot.policies, make_policy, "policy"),
        records=[make_record(document)] if document and kind == "record" else snapshot.records,
        definitions=[document] if document and kind in _DEFINITIONS else (),
        record_documents=[document] if document and kind == "record" else (),
    )


def _with(
    document: Document | None, known: Mapping[str, T], make: Callable[[Document], T], *kinds: str
) -> Mapping[str, T]:
    """Return definitions by id with that of a document, if it is of their kinds."""
    if document is None or document.kind not in kinds:
        return known
    return {**known, document.id.lower(): make(document)}


class _Columns(dict[str, Sequence[Any]]):
    """What works say, of a document and of some rows of a table, made when it is asked for."""

    def __init__(
        self, document: Document | None, body: str, table: Columns, rows: Sequence[int]
    ) -> None:
        super().__init__()
        self._work = document if document and document.kind == "work" else None
        self._body = body
        self._table = table
        self._rows = rows

    def __missing__(self, name: str) -> Sequence[Any]:
        column = [self._own(name, self._work)] if self._work else []
        if name == _TARGETS:  # what neighbours name need not be in the neighbourhood
            column += [()] * len(self._rows)
        elif self._rows:
            table = self._table[name]
            column += [table[row] for row in self._rows]
        self[name] = column
        return column

    def _own(self, name: str, work: Document) -> Any:
        own = {"fields": work.fields, "references": work.references, "body": self._body}
        return own[name] if name in own else WRITTEN_COLUMNS[name](work)


def _rows_around(versions: Sequence[Document], snapshot: Snapshot) -> list[int]:
    """Return the rows of what a document names, of all above it and of its children.

    What it depends on is followed to the end: a ring may close anywhere.
    """
    columns, paths = snapshot.works.columns, snapshot.works.columns["path"]
    found: dict[int, None] = {}
    waiting = [use.target for document in versions for use in document.references]
    for document in versions:
        creations = creations_in(document.path, document.fields)
        waiting += [use.target for _, use in find_set_references(snapshot, creations)]
    while waiting:
        work = snapshot.work(waiting.pop())
        if work is not None and work.row not in found:
            found[work.row] = None
            waiting += [columns["parent"][work.row], columns["written_project"][work.row]]
            waiting += [dependency.on for dependency in columns["depends_on"][work.row]]
    ids = {document.id.lower() for document in versions if document.kind == "work"}
    if ids:
        parents = enumerate(columns["parent"])
        found |= {row: None for row, parent in parents if parent and parent.lower() in ids}
    own = {document.path for document in versions}
    return [row for row in found if paths[row] not in own]
