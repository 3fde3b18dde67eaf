"""Reading a working tree: what has changed since the index was written, or all of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from plainwork.errors import StorageError
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.storage.cache_file import cache_folder
from plainwork.storage.document_groups import (
    GROUPS,
    Groups,
    OpenFiles,
    Tell,
    group_of,
    make_workflow,
    read_groups,
)
from plainwork.storage.document_store import DocumentStore
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.index import FORMAT_VERSION, Index
from plainwork.storage.listing import (
    Changes,
    decode_digests,
    encode_digests,
    encode_listing,
    find_changes,
    is_settled,
    iterate_paths,
)
from plainwork.storage.reading import DocumentReader, SourceFile, digest_of
from plainwork.storage.scan import MARKER, read_document_file, scan_workspace
from plainwork.storage.sealed import DamagedIndexError
from plainwork.storage.sequences import DocumentTable
from plainwork.storage.snapshots import build_snapshot
from plainwork.storage.stored_workspace import (
    Header,
    StoredWorkspace,
    encode_workspace,
    load_header,
)
from plainwork.storage.table_change import NO_CHANGE, TableChange, compare_tables, find_row
from plainwork.storage.work_columns import KnownColumns

_FEW = 64
_SHARE = 64
"""The index is written anew when more than 64 documents and one in 64 differ from it."""


class Loader:
    """One reading of a working tree.

    Args:
        root: The workspace's root.
        settings_source: The bytes of ``plainwork.toml``.
        tell: Is told how far it is, if all files have to be read.
    """

    def __init__(self, root: Path, settings_source: bytes, tell: Tell) -> None:
        self._root = root
        self._tell = tell
        self._settings_source = settings_source
        git = find_git_folder(root)
        self._index = Index(cache_folder(git, root)) if git else None
        self._store = DocumentStore(git.common / "plainwork") if git else None
        self._stored = self._open_stored()
        if self._stored is not None:
            self._settings = self._stored.header.settings
            self._settings_diagnostics = self._stored.header.settings_diagnostics
        else:
            from plainwork.parsing.settings_file import parse_settings  # costs start-up time

            self._settings, self._settings_diagnostics = parse_settings(MARKER, settings_source)
        self._scan = scan_workspace(root, self._settings)
        self._digests: dict[str, bytes] = {}

    def load(self) -> Snapshot:
        """Read it."""
        if self._stored is not None:
            try:
                changes = self._find_changes(self._stored)
                if self._are_few(changes, self._stored):
                    return self._load_changed(changes, self._stored)
            except DamagedIndexError:
                pass  # what is read afresh takes its place
        return self._load_afresh()

    def _open_stored(self) -> StoredWorkspace | None:
        header = load_header(self._index) if self._index else None
        if self._index is None or header is None:
            return None
        if header.settings_source != self._settings_source:
            return None
        return StoredWorkspace(self._index, header)

    # What has changed

    def _find_changes(self, stored: StoredWorkspace) -> Changes:
        folders, written = self._scan.folders, stored.header.written
        if is_settled(folders, written) and stored.has_listing(encode_listing(folders)):
            return Changes([], set(), 0)
        listing, digests = stored.load_listing()
        return find_changes(
            listing, digests, folders, written=written, read_digest=self._read_digest
        )

    def _are_few(self, changes: Changes, stored: StoredWorkspace) -> bool:
        share = max(_FEW, sum(stored.header.counts.values()) // _SHARE)
        count = max(len(changes.changed) + len(changes.gone), changes.compared)
        return count <= share and not self._touch_workflows(changes, stored)

    def _touch_workflows(self, changes: Changes, stored: StoredWorkspace) -> bool:
        """Whether other fields may be right from now on."""
        if any(kind == "workflow" for _, kind in changes.changed):
            return True
        paths = stored.paths["definition"] if changes.gone else []
        rows = (find_row(paths, path) for path in changes.gone)
        gone = (stored.load_document("definition", row) for row in rows if row is not None)
        return any(document.kind == "workflow" for document in gone)

    def _load_changed(self, changes: Changes, stored: StoredWorkspace) -> Snapshot:
        tables = self._read_changed(changes, stored) if changes.changed or changes.gone else {}
        groups = {
            group: self._make_table(stored, group, tables.get(group, NO_CHANGE)) for group in GROUPS
        }
        return build_snapshot(
            settings=self._settings,
            diagnostics=(*self._settings_diagnostics, *self._scan.diagnostics),
            groups=groups,
            known=KnownColumns(
                load=stored.load_column,
                change=tables.get("work", NO_CHANGE),
                settled=not tables.get("definition"),
            ),
            read_bytes=self._read_bytes,
            digests=lambda: self._load_digests(stored, changes),
        )

    def _load_digests(self, stored: StoredWorkspace, changes: Changes) -> Mapping[str, bytes]:
        try:
            known = decode_digests(*stored.load_listing())
        except DamagedIndexError:
            paths = (path for path, _ in iterate_paths(self._scan.folders))
            known = {path: self._read_digest(path) or b"" for path in paths}
        for path in changes.gone:
            known.pop(path, None)
        return known | self._digests

    def _read_changed(self, changes: Changes, stored: StoredWorkspace) -> dict[str, TableChange]:
        definitions = (
            stored.load_document("definition", row)
            for row in range(stored.header.counts["definition"])
        )
        workflows = [
            make_workflow(document)
            for document in definitions
            if document.kind == "workflow" and document.readable
        ]
        reader = DocumentReader(self._store, self._settings, workflows)
        found = {
            document.path: document for document, _ in reader.read(self._read(changes.changed))
        }
        lost = changes.gone.union(path for path, _ in changes.changed if path not in found)
        tables = {}
        for group in GROUPS:
            here = {path: each for path, each in found.items() if group_of(each) == group}
            elsewhere = lost.union(found.keys() - here.keys())
            tables[group] = compare_tables(stored.paths[group], here, elsewhere)
        return tables

    def _make_table(
        self, stored: StoredWorkspace, group: str, change: TableChange
    ) -> DocumentTable:
        def load(row: int) -> Document:
            try:
                return stored.load_document(group, row)
            except DamagedIndexError:
                return self._load_again(stored, group, row)

        numbers = range(stored.header.counts[group])
        rows = change.apply(list(numbers), lambda document: document) if change else numbers
        return DocumentTable(rows, load)

    def _load_again(self, stored: StoredWorkspace, group: str, row: int) -> Document:
        """Read a document whose stored bytes are damaged from its file.

        Raises:
            StorageError: If that has just been changed, so that it cannot stand for them.
        """
        try:
            path = stored.paths[group][row]
            document = self._documents_now.get(path)
        except DamagedIndexError:
            document = None
        if document is None:
            message = f"{self._root}: the index is damaged and has been removed; try again"
            raise StorageError(message)
        return document

    @cached_property
    def _documents_now(self) -> dict[str, Document]:
        assert self._index is not None  # noqa: S101 - it is damaged
        self._index.discard()
        groups = self._read_groups(self._read)
        return {each.path: each for table in groups.documents().values() for each in table}

    # Everything

    def _load_afresh(self) -> Snapshot:
        started = time.time_ns()
        self._digests.clear()
        groups = self._read_groups(self._read)
        snapshot = build_snapshot(
            settings=self._settings,
            diagnostics=(*self._settings_diagnostics, *self._scan.diagnostics),
            groups=groups.documents(),
            known=KnownColumns(groups.written),
            read_bytes=self._read_bytes,
            digests=lambda: self._digests,
        )
        if self._index is not None:
            self._save(self._index, started, groups, snapshot)
        return snapshot

    def _read_groups(self, read: OpenFiles) -> Groups:
        files = list(iterate_paths(self._scan.folders))
        return read_groups(read, files, self._settings, self._store, self._tell)

    def _save(
        self,
        index: Index,
        started: int,
        groups: Groups,
        snapshot: Snapshot,
    ) -> None:
        folders = self._scan.folders
        header = Header(
            FORMAT_VERSION,
            started,
            len(self._digests) == sum(len(folder.names) for folder in folders),
            {group: len(items) for group, items in groups.items.items()},
            self._settings_source,
            self._settings,
            tuple(self._settings_diagnostics),
        )
        listing, contents = encode_listing(folders), encode_digests(folders, self._digests)
        columns = snapshot.works.columns
        index.write(encode_workspace(header, listing, contents, groups, columns))

    # Files

    def _read(self, files: Iterable[tuple[str, str]]) -> Iterator[SourceFile]:
        for path, kind in files:
            data = read_document_file(self._root, path)
            if isinstance(data, bytes):
                # Of these very bytes: the file may have others a moment later.
                self._digests[path] = digest_of(data)
                yield SourceFile(path, kind, data)
            elif data is not None:
                self._scan.diagnostics.append(data)

    def _read_digest(self, path: str) -> bytes | None:
        data = read_document_file(self._root, path)
        return digest_of(data) if isinstance(data, bytes) else None

    def _read_bytes(self, path: str) -> bytes:
        data = read_document_file(self._root, path)
        return data if isinstance(data, bytes) else b""
