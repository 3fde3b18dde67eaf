"""The documents of work that each commit wrote, read with the definitions that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import UTC, tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from plainwork.flow.events import CommitFiles, WrittenWork
from plainwork.model.history import Commit
from plainwork.model.party import Party
from plainwork.model.record import Record
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.parsing.definitions import make_record, make_workflow
from plainwork.parsing.documents import parse_document
from plainwork.parsing.fences import parse_body
from plainwork.parsing.field_tables import FieldTables
from plainwork.parsing.parties import make_party
from plainwork.parsing.settings_file import parse_settings
from plainwork.storage.commit_history import LoggedCommit, TreeEntry
from plainwork.storage.commit_log import ABSENT
from plainwork.storage.document_groups import Tell
from plainwork.storage.parallel import map_to_bytes
from plainwork.storage.reading import digest_of
from plainwork.storage.repository import Repository
from plainwork.storage.scan import MARKER
from plainwork.storage.tree_scan import DocumentSelector

_BATCH = 4_000
"""As many documents are read at once: enough for all cores, and little memory."""

_PARTIES = frozenset({"person", "team", "agent"})

_ANSWERS = frozenset({"handoff", "approval"})
"""Kinds of records by which somebody accepts, rejects or approves."""

_NO_SETTINGS = "settings-syntax"
"""The rule that finds settings that say nothing."""

T = TypeVar("T", bound=Workflow | Party)

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(WrittenWork).decode


def read_commits(
    repository: Repository, until: str, since: str = "", tell: Tell = lambda _done, _total: None
) -> Iterator[CommitFiles]:
    """Yield what commits of the first-parent history did to work, oldest first.

    Args:
        repository: The repository around the workspace.
        until: The newest commit.
        since: A commit to leave out, with all before it; ``""``: go back to the first.
        tell: Is told how far it is.
    """
    if since == until:
        return
    workspace = _PastWorkspace(repository)
    if since:
        workspace.begin(since)
    batch: list[_Selected] = []
    size = 0
    # Git is done before documents are read: who reads them may start processes.
    commits = list(repository.log(until, since))
    for number, logged in enumerate(commits):
        selected = workspace.follow(logged)
        if batch and (size > _BATCH or selected.rules is not batch[0].rules):
            yield from _read(repository, batch)
            tell(number, len(commits))
            batch, size = [], 0
        batch.append(selected)
        size += len(selected.written)
    yield from _read(repository, batch)
    tell(len(commits), len(commits))


class _Rules(msgspec.Struct, frozen=True):
    """What decides how documents of work are read."""

    workflows: Mapping[str, Workflow]
    zone: tzinfo


class _Selected(msgspec.Struct):
    """What a commit did to documents of work, which are not read yet."""

    commit: Commit
    rules: _Rules
    parties: Mapping[str, Party]
    written: Sequence[TreeEntry] = ()
    removed: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    records: Sequence[TreeEntry] = ()


def _read(repository: Repository, batch: Sequence[_Selected]) -> Iterator[CommitFiles]:
    """Read what some commits wrote that have the same rules."""
    tables = FieldTables(batch[0].rules.workflows.values() if batch else ())
    entries = [entry for selected in batch for entry in selected.written]
    contents = repository.read_blobs(entry.oid for entry in entries)
    files = [(entry.path, data) for entry, data in zip(entries, contents, strict=True)]
    parsed = iter(map_to_bytes(lambda file: _parse(*file, tables), files))
    records = iter(_read_records(repository, batch))
    for selected in batch:
        read = [(entry.path, next(parsed)) for entry in selected.written]
        said = [next(records) for _ in selected.records]
        yield CommitFiles(
            selected.commit,
            written=tuple(_decode(data) for _, data in read if data),
            removed=selected.removed,
            unreadable=(*selected.unreadable, *(path for path, data in read if not data)),
            workflows=selected.rules.workflows,
            zone=selected.rules.zone,
            parties=selected.parties,
            answers=tuple(record for record in said if record.kind in _ANSWERS),
        )


def _read_records(repository: Repository, batch: Sequence[_Selected]) -> Iterator[Record]:
    """Yield the records that some commits added, without their text."""
    entries = [entry for selected in batch for entry in selected.records]
    contents = repository.read_blobs(entry.oid for entry in entries)
    for entry, data in zip(entries, contents, strict=True):
        document = parse_document(entry.path, "record", data, FieldTables())
        yield msgspec.structs.replace(make_record(document), body="")


def _parse(path: str, data: bytes, tables: FieldTables) -> bytes:
    """Return a document of work as bytes; none, if it does not say where it stands."""
    document = parse_document(path, "work", data, tables)
    if "workflow" not in document.fields or "status" not in document.fields:
        return b""
    body = digest_of(parse_body(data).encode()).hex()
    return _encode(WrittenWork(path, document.id, document.fields, body))


class _PastWorkspace:
    """What each commit says beside work: which files are documents, and how they are read."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._settings: Settings | None = None
        self._selector = DocumentSelector(Settings(), [])
        self._works: set[str] = set()
        self._workflows: dict[str, Workflow] = {}
        self._parties: dict[str, Party] = {}
        self._parties_by_id: Mapping[str, Party] = {}
        self._records: set[str] = set()
        self._rules = _Rules({}, UTC)

    def begin(self, commit: str) -> None:
        """Go to a commit."""
        entries = tuple(self._repository.list_tree(commit))
        self.follow(LoggedCommit(Commit(commit, (), 0), entries))

    def follow(self, logged: LoggedCommit) -> _Selected:
        """Go on to the next commit; return what it did to work."""
        unreadable: list[str] = []
        changed = {entry.path for entry in logged.files}
        moved = MARKER in changed and self._read_settings(logged, unreadable)
        if self._settings is None:
            return _Selected(logged.commit, self._rules, self._parties_by_id)
        # Where folders have other meanings than before, all files have to be looked at.
        files = tuple(self._repository.list_tree(logged.commit.id)) if moved else logged.files
        present = [entry for entry in files if entry.mode != ABSENT]
        kinds = dict(self._selector.select(present))
        gone = (self._known_paths() if moved else changed) - kinds.keys()
        self._read_workflows(
            [entry for entry in present if kinds.get(entry.path) == "workflow"], gone, unreadable
        )
        self._read_parties(
            [entry for entry in present if kinds.get(entry.path) in _PARTIES],
            kinds,
            gone,
            unreadable,
        )
        written = [
            entry
            for entry in present
            if kinds.get(entry.path) == "work"
            and (entry.path in changed or entry.path not in self._works)
        ]
        removed = tuple(sorted(gone & self._works))
        self._works.difference_update(removed)
        self._works.update(entry.path for entry in written)
        return _Selected(
            logged.commit,
            self._rules,
            self._parties_by_id,
            written,
            removed,
            tuple(unreadable),
            self._find_new_records(present, kinds),
        )

    def _known_paths(self) -> Set[str]:
        return self._works | self._workflows.keys() | self._parties.keys()

    def _find_new_records(
        self, present: Sequence[TreeEntry], kinds: Mapping[str, str]
    ) -> Sequence[TreeEntry]:
        """Return records that were not there before: what was once said stays said."""
        new = [
            entry
            for entry in present
            if kinds.get(entry.path) == "record" and entry.path not in self._records
        ]
        self._records.update(entry.path for entry in new)
        return new

    def _read_settings(self, logged: LoggedCommit, unreadable: list[str]) -> bool:
        """Read the settings that a commit has; return whether folders have other meanings."""
        before = self._settings
        entry = next(entry for entry in logged.files if entry.path == MARKER)
        if entry.mode == ABSENT:
            self._settings = None  # until it is there again, nothing is known to happen
            return False
        settings, diagnostics = parse_settings(
            MARKER, next(self._repository.read_blobs([entry.oid]))
        )
        if any(each.rule == _NO_SETTINGS for each in diagnostics):
            unreadable.append(MARKER)
            settings = before or settings
        self._settings = settings
        self._selector = DocumentSelector(settings, [])
        self._rules = _Rules(self._rules.workflows, ZoneInfo(settings.timezone))
        return before is None or before.folder_kinds != settings.folder_kinds

    def _read_workflows(
        self, entries: Sequence[TreeEntry], gone: Set[str], unreadable: list[str]
    ) -> None:
        if not entries and self._workflows.keys().isdisjoint(gone):
            return
        for path in gone:
            self._workflows.pop(path, None)
        contents = self._repository.read_blobs(entry.oid for entry in entries)
        for entry, data in zip(entries, contents, strict=True):
            document = parse_document(entry.path, "workflow", data, FieldTables())
            if document.readable:
                self._workflows[entry.path] = make_workflow(document)
            else:
                unreadable.append(entry.path)
        self._rules = _Rules(_by_id(self._workflows), self._rules.zone)

    def _read_parties(
        self,
        entries: Sequence[TreeEntry],
        kinds: Mapping[str, str],
        gone: Set[str],
        unreadable: list[str],
    ) -> None:
        if not entries and self._parties.keys().isdisjoint(gone):
            return
        for path in gone:
            self._parties.pop(path, None)
        contents = self._repository.read_blobs(entry.oid for entry in entries)
        for entry, data in zip(entries, contents, strict=True):
            document = parse_document(entry.path, kinds[entry.path], data, FieldTables())
            if document.readable:
                self._parties[entry.path] = make_party(document)
            else:
                unreadable.append(entry.path)
        self._parties_by_id = _by_id(self._parties)


def _by_id(definitions: Mapping[str, T]) -> dict[str, T]:
    """Return definitions by id in lower case; of those that share one, the first path counts."""
    found: dict[str, T] = {}
    for path in sorted(definitions):
        found.setdefault(definitions[path].id.lower(), definitions[path])
    return found
