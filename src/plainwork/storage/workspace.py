"""Reading a workspace: from the working tree through the index, or from a commit."""

from __future__ import annotations

import os
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from plainwork.errors import NotAWorkspaceError, StorageError
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.snapshot import Snapshot
from plainwork.storage.columns import (
    NO_CHANGE,
    STORED_COLUMNS,
    Change,
    DamagedIndexError,
    encode_column,
    seal,
    unseal,
)
from plainwork.storage.document_groups import (
    DEFINITION_KINDS,
    GROUPS,
    GroupDocuments,
    Groups,
    group_of,
    make_workflow,
    read_groups,
)
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.index import FORMAT_VERSION, DocumentStore, Index, cache_folder
from plainwork.storage.listing import (
    DIGEST_SIZE,
    encode_listing,
    find_changes,
    iterate_paths,
)
from plainwork.storage.reading import (
    DocumentList,
    DocumentReader,
    LazySequence,
    SourceFile,
    digest_of,
)
from plainwork.storage.scan import MOST_READ, read_document_file, scan_workspace
from plainwork.storage.snapshots import build_snapshot

MARKER = "plainwork.toml"

_REWRITE_AT = 64
_REWRITE_SHARE = 64
"""The index is written anew when more than 64 documents and one in 64 differ from it."""


class _Header(msgspec.Struct):
    """What the index was made from.

    Attributes:
        written: When the reading began, in nanoseconds.
        settings_source: The bytes of ``plainwork.toml``.
    """

    version: str
    written: int
    settings_source: bytes
    settings: Settings
    settings_diagnostics: tuple[Diagnostic, ...]


def find_workspace(directory: Path) -> Path:
    """Return the root of the workspace around a folder, looking upwards like Git.

    Raises:
        NotAWorkspaceError: If there is none.
    """
    try:
        start = Path(os.path.abspath(directory))  # noqa: PTH100 - links stay as they were typed
        for folder in (start, *start.parents):
            if (folder / MARKER).is_file():
                return folder
    except OSError as error:
        message = f"{directory}: {error.strerror}"
        raise StorageError(message) from error
    raise NotAWorkspaceError(str(directory))


def load_snapshot(root: Path) -> Snapshot:
    """Read the working tree of the workspace at a root.

    Raises:
        StorageError: If ``plainwork.toml`` cannot be read.
    """
    return _Loader(root).load()


class _Loader:
    """One reading of a working tree."""

    def __init__(self, root: Path) -> None:
        self._root = root
        git = find_git_folder(root)
        self._index = Index(cache_folder(git, root)) if git else None
        self._store = DocumentStore(git.common / "plainwork") if git else None
        self._blobs: dict[str, bytes] = {}
        self._header: _Header | None = None

    def load(self) -> Snapshot:
        settings_bytes = self._read_settings_file()
        self._open_index()
        self._load_settings(settings_bytes)
        self._scan = scan_workspace(self._root, self._settings)
        try:
            return self._load_from_index()
        except DamagedIndexError:
            return self._load_afresh()

    # Settings

    def _read_settings_file(self) -> bytes:
        try:
            with (self._root / MARKER).open("rb") as file:
                return file.read(MOST_READ)
        except OSError as error:
            message = f"{self._root / MARKER}: {error.strerror}"
            raise StorageError(message) from error

    def _load_settings(self, data: bytes) -> None:
        self._settings_source = data
        header = self._header
        if header is not None and header.settings_source == data:
            self._settings = header.settings
            self._settings_diagnostics = header.settings_diagnostics
            return
        from plainwork.parsing.settings_file import parse_settings  # tomllib costs start-up time

        self._settings, self._settings_diagnostics = parse_settings(MARKER, data)

    # The index

    def _open_index(self) -> None:
        if self._index is None:
            return
        names = ("header", "listing", *(f"{group}.paths" for group in GROUPS))
        self._blobs = self._index.load(*names)
        try:
            header = msgspec.msgpack.decode(unseal(self._blobs["header"]), type=_Header)
        except (KeyError, DamagedIndexError, msgspec.MsgspecError):
            return
        if header.version == FORMAT_VERSION:
            self._header = header

    def _load_blob(self, name: str) -> bytes:
        blob = self._blobs.get(name)
        if blob is None:
            assert self._index is not None  # noqa: S101 - there is a header
            self._blobs.update(self._index.load(name))
            blob = self._blobs.get(name)
            if blob is None:
                raise DamagedIndexError
        return blob

    def _load_from_index(self) -> Snapshot:
        header = self._header
        if header is None or header.settings_source != self._settings_source:
            return self._load_afresh()
        changes = find_changes(
            unseal(self._load_blob("listing")),
            self._scan.folders,
            written=header.written,
            load_digests=lambda: unseal(self._load_blob("digests")),
            read_digest=self._read_digest,
        )
        changed, gone = changes.changed, changes.gone
        stored = {group: _Stored(self, group) for group in GROUPS}
        if not changed and not gone:
            return self._make_snapshot(stored, dict.fromkeys(GROUPS, NO_CHANGE))
        kinds = dict(changed)
        definitions = stored["definition"]
        touched = any(kind in DEFINITION_KINDS for kind in kinds.values()) or any(
            definitions.row_of(path) is not None for path in gone
        )
        share = max(
            _REWRITE_AT, sum(len(folder.names) for folder in self._scan.folders) // _REWRITE_SHARE
        )
        if touched or len(changed) + len(gone) > share:
            return self._load_afresh()
        workflows = [
            make_workflow(document)
            for document in definitions.documents
            if document.kind == "workflow" and document.readable
        ]
        reader = DocumentReader(None, self._settings, workflows)
        documents = {document.path: document for document in reader.read(self._read_files(changed))}
        gone.update(path for path, _ in changed if path not in documents)
        differences = {group: stored[group].compare(documents, gone) for group in GROUPS}
        return self._make_snapshot(stored, differences)

    def _read_digest(self, path: str) -> bytes | None:
        data = read_document_file(self._root, path)
        return digest_of(data) if isinstance(data, bytes) else None

    def _read_files(self, files: Iterable[tuple[str, str]]) -> Iterator[SourceFile]:
        for path, kind in files:
            data = read_document_file(self._root, path)
            if isinstance(data, bytes):
                yield SourceFile(path, kind, data)
            elif data is not None:
                self._scan.diagnostics.append(data)

    # Snapshots

    def _make_snapshot(self, stored: dict[str, _Stored], changes: dict[str, Change]) -> Snapshot:
        groups = {group: stored[group].updated(changes[group]) for group in GROUPS}
        return build_snapshot(
            settings=self._settings,
            diagnostics=(*self._settings_diagnostics, *self._scan.diagnostics),
            groups=groups,
            load=self._load_blob_of_column,
            change=changes["work"],
            read_bytes=self._read_bytes,
        )

    def _load_blob_of_column(self, name: str) -> bytes:
        return self._load_blob(f"work.{name}")

    def _read_bytes(self, path: str) -> bytes:
        data = read_document_file(self._root, path)
        return data if isinstance(data, bytes) else b""

    def _load_afresh(self) -> Snapshot:
        started = time.time_ns()
        files = list(iterate_paths(self._scan.folders))
        digests: dict[str, bytes] = {}
        groups = read_groups(
            lambda chosen: self._noting_digests(self._read_files(chosen), digests),
            files,
            self._settings,
            self._store,
        )
        snapshot = build_snapshot(
            settings=self._settings,
            diagnostics=(*self._settings_diagnostics, *self._scan.diagnostics),
            groups=groups.documents,
            written=groups.written,
            read_bytes=self._read_bytes,
        )
        if self._index is not None:
            self._index.save(self._encode(started, groups, digests, snapshot))
        return snapshot

    def _noting_digests(
        self, files: Iterable[SourceFile], digests: dict[str, bytes]
    ) -> Iterator[SourceFile]:
        for file in files:
            digests[file.path] = digest_of(file.data)
            yield file

    def _encode(
        self, started: int, groups: Groups, digests: dict[str, bytes], snapshot: Snapshot
    ) -> dict[str, bytes]:
        encode = msgspec.msgpack.encode
        folders = self._scan.folders
        header = _Header(
            FORMAT_VERSION,
            started,
            self._settings_source,
            self._settings,
            tuple(self._settings_diagnostics),
        )
        blobs = {
            "header": seal(encode(header)),
            "listing": seal(encode_listing(folders)),
            "digests": seal(
                b"".join(
                    digests.get(path, bytes(DIGEST_SIZE)) for path, _ in iterate_paths(folders)
                )
            ),
        }
        for group in GROUPS:
            blobs[f"{group}.paths"] = seal(encode(groups.paths[group]))
            blobs[f"{group}.documents"] = seal(encode(groups.documents[group].encoded()))
        for name in STORED_COLUMNS:
            blobs[f"work.{name}"] = encode_column(name, snapshot.works.columns[name])
        return blobs


class _Stored:
    """One group of documents as the index has it."""

    def __init__(self, loader: _Loader, group: str) -> None:
        self._loader = loader
        self._group = group
        self._paths: list[str] | None = None

    @property
    def paths(self) -> list[str]:
        if self._paths is None:
            try:
                blob = unseal(self._loader._load_blob(f"{self._group}.paths"))  # noqa: SLF001
                self._paths = msgspec.msgpack.decode(blob, type=list[str])
            except msgspec.MsgspecError as error:
                raise DamagedIndexError from error
        return self._paths

    @property
    def documents(self) -> DocumentList:
        return DocumentList(self._items())

    def _items(self) -> list[Any]:
        try:
            blob = unseal(self._loader._load_blob(f"{self._group}.documents"))  # noqa: SLF001
            return msgspec.msgpack.decode(blob, type=list[bytes])
        except msgspec.MsgspecError as error:
            raise DamagedIndexError from error

    def row_of(self, path: str) -> int | None:
        row = bisect_left(self.paths, path)
        return row if row < len(self.paths) and self.paths[row] == path else None

    def compare(self, documents: dict[str, Document], gone: set[str]) -> Change:
        """Return what has changed in this group."""
        replaced: dict[int, Document] = {}
        removed: list[int] = []
        new: list[str] = []
        for path, document in documents.items():
            row = self.row_of(path)
            belongs = group_of(document) == self._group
            if row is not None and belongs:
                replaced[row] = document
            elif row is not None:
                removed.append(row)
            elif belongs:
                new.append(path)
        removed += [row for path in gone if (row := self.row_of(path)) is not None]
        left = list(self.paths)
        for row in sorted(removed, reverse=True):
            del left[row]
        inserted = [
            (bisect_left(left, path) + position, documents[path])
            for position, path in enumerate(sorted(new))
        ]
        return Change(replaced, removed, inserted)

    def updated(self, change: Change) -> GroupDocuments:
        """Return the documents of this group after a change, decoded when they are needed."""

        def compute() -> Sequence[Any]:
            items = self._items()
            change.apply(items, lambda document: document)
            return DocumentList(items)

        count = len(self.paths) - len(change.removed) + len(change.inserted)
        return GroupDocuments(LazySequence(compute), count)
