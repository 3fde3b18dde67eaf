"""Reading files into documents, each content once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.storage.document_store import DocumentStore
from plainwork.storage.index import FORMAT_VERSION
from plainwork.storage.parallel import map_to_bytes

_BATCH = 8000
_BATCH_BYTES = 1 << 26

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

    def read(self, files: Iterable[SourceFile]) -> Iterator[tuple[Document, bytes]]:
        """Yield a document for each file, in order, and the document as bytes."""
        batch: list[SourceFile] = []
        size = 0
        for file in files:
            batch.append(file)
            size += len(file.data)
            if len(batch) == _BATCH or size > _BATCH_BYTES:
                yield from self._read_batch(batch)
                batch, size = [], 0
        yield from self._read_batch(batch)

    def _read_batch(self, batch: Sequence[SourceFile]) -> Iterator[tuple[Document, bytes]]:
        keys = [self._key(file) for file in batch] if self._store else []
        known = self._store.load(keys) if self._store else [None] * len(batch)
        documents = [decode_document(data) for data in known]
        unknown = [row for row, document in enumerate(documents) if document is None]
        if unknown:
            _ = self._parse_file  # imported once, before there are several processes
        parsed = map_to_bytes(self._parse_to_bytes, [batch[row] for row in unknown])
        if self._store:
            self._store.save({keys[row]: data for row, data in zip(unknown, parsed, strict=True)})
        new = iter(parsed)
        for document, data in zip(documents, known, strict=True):
            if document is not None and data is not None:
                yield document, data
            else:
                made = next(new)
                yield _decode(made), made

    def _parse_to_bytes(self, file: SourceFile) -> bytes:
        return _encode(self._parse_file(file))

    @cached_property
    def _definitions(self) -> bytes:
        return digest_of(_encode((FORMAT_VERSION, self._settings, list(self._workflows))))

    def _key(self, file: SourceFile) -> bytes:
        return digest_of(self._definitions, f"{file.path}\0{file.kind}\0".encode(), file.data)

    @cached_property
    def _parse_file(self) -> Callable[[SourceFile], Document]:
        # Only a run that has something to parse pays for YAML and the rules.
        from plainwork.parsing.documents import parse_document
        from plainwork.parsing.field_tables import FieldTables
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


def decode_document(data: bytes | memoryview | None) -> Document | None:
    """Return a stored document, or None if the bytes are none."""
    if data is None:
        return None
    try:
        return _decode(data)
    except msgspec.MsgspecError:
        return None


def digest_of(*parts: bytes) -> bytes:
    """Return a digest of 16 bytes."""
    from hashlib import blake2b  # loads OpenSSL; most runs have nothing to compare

    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part)
    return digest.digest()
