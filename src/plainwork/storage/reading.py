"""Reading files into documents, each content once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.storage.index import FORMAT_VERSION, DocumentStore
from plainwork.storage.parallel import map_to_bytes

_BATCH = 8000
_WORTH_STORING = 32
"""Parsing fewer documents than this is cheaper than opening the store."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Document).decode


class SourceFile(msgspec.Struct):
    """A file to read: its path, the kind of its folder, and its bytes."""

    path: str
    kind: str
    data: bytes


class DocumentReader:
    """Parses files under one set of definitions, through the store if there is one.

    Args:
        store: Where documents of earlier runs are, or None.
        settings: The workspace's settings.
        workflows: What decides which fields work may have.
    """

    def __init__(
        self, store: DocumentStore | None, settings: Settings, workflows: Sequence[Workflow]
    ) -> None:
        self._store = store
        self._settings = settings
        self._workflows = workflows

    def read(self, files: Iterable[SourceFile]) -> Iterator[Document]:
        """Yield a document for each file, in order."""
        batch: list[SourceFile] = []
        for file in files:
            batch.append(file)
            if len(batch) == _BATCH:
                yield from self._read_batch(batch)
                batch = []
        yield from self._read_batch(batch)

    def _read_batch(self, batch: Sequence[SourceFile]) -> Iterator[Document]:
        if self._store is None or len(batch) < _WORTH_STORING:
            for file in batch:
                yield self._parse_file(file)
            return
        keys = [self._key(file) for file in batch]
        documents = [decode_document(data) for data in self._store.load(keys)]
        unknown = [row for row, document in enumerate(documents) if document is None]
        if unknown:
            _ = self._parse_file  # imported once, before there are several processes
        parsed = map_to_bytes(self._parse_to_bytes, [batch[row] for row in unknown])
        for row, data in zip(unknown, parsed, strict=True):
            documents[row] = decode_document(data)
        self._store.save({keys[row]: data for row, data in zip(unknown, parsed, strict=True)})
        yield from (document for document in documents if document is not None)

    def _parse_to_bytes(self, file: SourceFile) -> bytes:
        return encode_document(self._parse_file(file))

    @cached_property
    def _definitions(self) -> bytes:
        return digest_of(_encode((self._settings.currency, list(self._workflows))))

    def _key(self, file: SourceFile) -> bytes:
        definitions = self._definitions if file.kind == "work" else b""
        return digest_of(
            "\0".join((FORMAT_VERSION, file.path, file.kind, "")).encode(), definitions, file.data
        )

    @cached_property
    def _parse_file(self) -> Callable[[SourceFile], Document]:
        # Only a run that has something to parse pays for YAML and the rules.
        from plainwork.parsing.documents import FieldTables, parse_document
        from plainwork.parsing.locating import locate_diagnostics
        from plainwork.rules import check_document

        tables = FieldTables(self._workflows)
        by_id = {workflow.id.lower(): workflow for workflow in self._workflows}

        def parse(file: SourceFile) -> Document:
            document = parse_document(file.path, file.kind, file.data, tables)
            found = check_document(document, by_id, self._settings)
            if not found:
                return document
            located = locate_diagnostics(file.path, file.data, found)
            return msgspec.structs.replace(
                document, diagnostics=tuple(sorted((*document.diagnostics, *located)))
            )

        return parse


def decode_document(data: bytes | None) -> Document | None:
    """Return a stored document, or None if the bytes are none."""
    if data is None:
        return None
    try:
        return _decode(data)
    except msgspec.MsgspecError:
        return None


def encode_document(document: Document) -> bytes:
    """Return a document as the index keeps it."""
    return _encode(document)


def digest_of(*parts: bytes) -> bytes:
    """Return a digest of 16 bytes."""
    from hashlib import blake2b  # loads OpenSSL; most runs have nothing to compare

    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part)
    return digest.digest()


class DocumentList(Sequence[Document]):
    """Documents in order of their paths, each decoded when it is asked for."""

    def __init__(self, items: list[Any]) -> None:
        self._items = items

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, row: Any) -> Any:
        item = self._items[row]
        if isinstance(item, bytes):
            document = decode_document(item)
            assert document is not None  # noqa: S101 - the blob's checksum was right
            return document
        return item


class LazySequence(Sequence[Any]):
    """A sequence that is computed when it is first looked at."""

    def __init__(self, compute: Callable[[], Sequence[Any]]) -> None:
        self._compute = compute
        self._values: Sequence[Any] | None = None

    def _get(self) -> Sequence[Any]:
        if self._values is None:
            self._values = self._compute()
        return self._values

    def __len__(self) -> int:
        return len(self._get())

    def __getitem__(self, position: Any) -> Any:
        return self._get()[position]


def of_work(diagnostics: Iterable[Sequence[Diagnostic]]) -> list[Diagnostic]:
    """Return the diagnostics of every row in one list."""
    return [diagnostic for row in diagnostics for diagnostic in row]
