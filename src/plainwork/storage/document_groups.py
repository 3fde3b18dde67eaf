"""Documents in groups: by how, and how often, they are needed.

Work is read column by column, records seldom, definitions by nearly every command. Work whose
front matter cannot be read has no columns and is kept aside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from plainwork.analysis.work_columns import WRITTEN_COLUMNS
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.storage.index import DocumentStore
from plainwork.storage.reading import (
    DocumentList,
    DocumentReader,
    SourceFile,
    encode_document,
)

DEFINITION_KINDS = frozenset({"workflow", "person", "team", "agent", "policy"})
GROUPS = ("work", "definition", "record", "unreadable")


def make_workflow(document: Document) -> Workflow:
    """Return the workflow that a document defines."""
    from plainwork.parsing import definitions  # not needed where only columns are read

    return definitions.make_workflow(document)


class GroupDocuments(Sequence[Document]):
    """The documents of one group; their number is known before they are."""

    def __init__(self, documents: Sequence[Document], count: int) -> None:
        self._documents = documents
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, row: Any) -> Any:
        return self._documents[row]

    def encoded(self) -> list[bytes]:
        """Return every document as bytes."""
        return [encode_document(document) for document in self._documents]


class _EncodedDocuments(GroupDocuments):
    """Documents that are kept as bytes, because 100,000 of them would fill the memory."""

    def __init__(self, items: list[bytes]) -> None:
        super().__init__(DocumentList(items), len(items))
        self._items = items

    def encoded(self) -> list[bytes]:
        return self._items


class Groups(msgspec.Struct):
    """Everything that was read: per group the paths and documents, and the work's columns."""

    paths: dict[str, list[str]]
    documents: dict[str, GroupDocuments]
    written: dict[str, list[Any]]


def group_of(document: Document) -> str:
    """Return the group of a document: how and when it is needed."""
    if document.kind in DEFINITION_KINDS:
        return "definition"
    if document.kind == "work":
        return "work" if document.readable else "unreadable"
    return "record"


def read_groups(
    open_files: Callable[[Sequence[tuple[str, str]]], Iterable[SourceFile]],
    files: Sequence[tuple[str, str]],
    settings: Settings,
    store: DocumentStore | None,
) -> Groups:
    """Read every file: workflows first, because they decide which fields work may have."""
    # In order, because what they are together is part of each document's key in the store.
    first = sorted(entry for entry in files if entry[1] == "workflow")
    workflow_documents = list(DocumentReader(store, settings, ()).read(open_files(first)))
    workflows = [make_workflow(document) for document in workflow_documents if document.readable]
    reader = DocumentReader(store, settings, workflows)
    rest = sorted(entry for entry in files if entry[1] != "workflow")

    paths: dict[str, list[str]] = {group: [] for group in GROUPS}
    items: dict[str, list[bytes]] = {group: [] for group in GROUPS}
    written: dict[str, list[Any]] = {name: [] for name in WRITTEN_COLUMNS}
    columns = [(written[name].append, take) for name, take in WRITTEN_COLUMNS.items()]
    for document in reader.read(open_files(rest)):
        group = group_of(document)
        paths[group].append(document.path)
        items[group].append(encode_document(document))
        if group == "work":
            for append, take in columns:
                append(take(document))
    for document in workflow_documents:
        row = bisect_left(paths["definition"], document.path)
        paths["definition"].insert(row, document.path)
        items["definition"].insert(row, encode_document(document))
    documents: dict[str, GroupDocuments] = {
        group: _EncodedDocuments(items[group]) for group in GROUPS
    }
    return Groups(paths, documents, written)
