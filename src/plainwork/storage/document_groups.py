"""Documents in groups: by how, and how often, they are needed.

Work is read column by column, records seldom, definitions by nearly every command. Work whose
front matter cannot be read has no columns and is kept aside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.storage.columns import TAKEN_COLUMNS
from plainwork.storage.document_store import DocumentStore
from plainwork.storage.reading import DocumentReader, SourceFile, decode_document
from plainwork.storage.sequences import DocumentTable

DEFINITION_KINDS = frozenset({"workflow", "person", "team", "agent", "policy"})
GROUPS = ("work", "definition", "record", "unreadable")

OpenFiles = Callable[[Sequence[tuple[str, str]]], Iterable[SourceFile]]
"""Reads the files of some (path, kind), in order; leaves out those that cannot be read."""

Tell = Callable[[int, int], None]
"""Is told how many of how many files have been read, now and then."""

_TELL_EACH = 1_000


def make_workflow(document: Document) -> Workflow:
    """Return the workflow that a document defines."""
    from plainwork.parsing import definitions  # not needed where only columns are read

    return definitions.make_workflow(document)


class Groups(msgspec.Struct):
    """Everything that was read.

    Attributes:
        paths: By group, sorted.
        items: By group the documents, as bytes: 100,000 of them as values would fill the memory.
        written: The written columns of work.
    """

    paths: dict[str, list[str]]
    items: dict[str, list[bytes]]
    written: dict[str, list[Any]]

    def documents(self) -> dict[str, DocumentTable]:
        """Return the documents of each group, decoded when they are asked for."""
        return {group: _make_table(items) for group, items in self.items.items()}


def _make_table(items: Sequence[bytes]) -> DocumentTable:
    def load(row: int) -> Document:
        document = decode_document(items[row])
        assert document is not None  # noqa: S101 - these bytes come from this run
        return document

    return DocumentTable(range(len(items)), load)


def group_of(document: Document) -> str:
    """Return the group of a document: how and when it is needed."""
    if document.kind in DEFINITION_KINDS:
        return "definition"
    if document.kind == "work":
        return "work" if document.readable else "unreadable"
    return "record"


def read_groups(
    open_files: OpenFiles,
    files: Sequence[tuple[str, str]],
    settings: Settings,
    store: DocumentStore | None,
    tell: Tell = lambda _done, _total: None,
) -> Groups:
    """Read every file: workflows first, because they decide which fields work may have.

    Args:
        open_files: Reads the files of some (path, kind), in order.
        files: The (path, kind) of each.
        settings: The workspace's settings.
        store: Where documents of earlier runs are, or None.
        tell: Is told how far it is.
    """
    # In order, because what they are together is part of each document's key in the store.
    first = sorted(entry for entry in files if entry[1] == "workflow")
    read = list(DocumentReader(store, settings, ()).read(open_files(first)))
    workflows = [make_workflow(document) for document, _ in read if document.readable]
    reader = DocumentReader(store, settings, workflows)
    rest = sorted(entry for entry in files if entry[1] != "workflow")

    groups = Groups(
        {group: [] for group in GROUPS},
        {group: [] for group in GROUPS},
        {name: [] for name in TAKEN_COLUMNS},
    )
    columns = [(groups.written[name].append, take) for name, take in TAKEN_COLUMNS.items()]
    for number, (document, data) in enumerate(reader.read(open_files(rest))):
        if number % _TELL_EACH == 0:
            tell(number, len(rest))
        group = group_of(document)
        groups.paths[group].append(document.path)
        groups.items[group].append(data)
        if group == "work":
            for append, take in columns:
                append(take(document))
    tell(len(rest), len(rest))
    for document, data in read:
        row = bisect_left(groups.paths["definition"], document.path)
        groups.paths["definition"].insert(row, document.path)
        groups.items["definition"].insert(row, data)
    if store is not None:
        store.limit(sum(len(data) for items in groups.items.values() for data in items))
    return groups
