"""Documents and files that differ, as values: what decisions are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from plainwork.approvals.changed_fields import Reading, compute_changed_fields, find_lines
from plainwork.approvals.document_pairs import pair_documents
from plainwork.model.change import ChangedDocument, FileState
from plainwork.model.document import Document
from plainwork.model.work import Work

States = Sequence[Mapping[str, FileState]]
"""Files before and after the change, by path."""


class DocumentPair(msgspec.Struct, frozen=True):
    """A document on both sides, with the fields that differ."""

    old: Reading | None
    new: Reading | None
    fields: frozenset[str]

    @property
    def documents(self) -> tuple[Document, ...]:
        """What was read, on the sides where it is."""
        return tuple(side.document for side in (self.old, self.new) if side)


def pair_readings(
    old: Mapping[str, Reading], new: Mapping[str, Reading]
) -> tuple[DocumentPair, ...]:
    """Return every document that differs, by path on either side, with what differs in it."""
    documents = ([reading.document for reading in side.values()] for side in (old, new))
    pairs = []
    for before, after in pair_documents(*documents):
        former = old[before.path] if before else None
        latter = new[after.path] if after else None
        pairs.append(DocumentPair(former, latter, compute_changed_fields(former, latter)))
    return tuple(pairs)


def make_changed_document(
    pair: DocumentPair, states: States, works: Sequence[Mapping[str, Work]]
) -> ChangedDocument:
    """Return a document that differs.

    Args:
        pair: Both sides of it.
        states: Its files among others.
        works: All works before and after the change, by path.
    """
    sides = (pair.old, pair.new)
    readable = [side.document for side in sides if side and side.document.readable]
    last = readable[-1] if readable else pair.documents[-1]
    before, after = (
        known.get(side.document.path) if side else None
        for side, known in zip(sides, states, strict=True)
    )
    old, new = (_value(side, known) for side, known in zip(sides, works, strict=True))
    lines = find_lines(pair.fields, pair.new) if pair.new else {}
    return ChangedDocument(last.kind, last.id, before, after, old, new, pair.fields, lines)


def make_changed_file(path: str, states: States, *, settings: bool) -> ChangedDocument:
    """Return a file that differs and is no document.

    Args:
        path: Of the file, from the workspace's root.
        states: The file among others.
        settings: Whether it is ``plainwork.toml``.
    """
    before, after = (side.get(path) for side in states)
    kind = "settings" if settings else "file"
    edge = {"created"} if before is None else {"deleted"} if after is None else set()
    return ChangedDocument(kind, path, before, after, fields=frozenset({"file", *edge}))


def _value(side: Reading | None, works: Mapping[str, Work]) -> Work | Document | None:
    """Return what one side says; what cannot be read says nothing."""
    if side is None or not side.document.readable:
        return None
    document = side.document
    return works[document.path] if document.kind == "work" else document
