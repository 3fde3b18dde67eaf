"""The workspace as it was at a commit, read from Git's objects; nothing is checked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from plainwork.errors import UsageError
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_date
from plainwork.parsing.settings_file import parse_settings
from plainwork.storage.document_groups import read_groups
from plainwork.storage.document_store import DocumentStore
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.reading import SourceFile
from plainwork.storage.repository import Repository
from plainwork.storage.scan import MARKER
from plainwork.storage.snapshots import build_snapshot
from plainwork.storage.tree_scan import select_documents
from plainwork.storage.work_columns import KnownColumns


def load_snapshot_at(root: Path, moment: str) -> Snapshot:
    """Read the workspace as it was.

    Args:
        root: The workspace's root.
        moment: A revision, or a date: then its last commit of that day or before.

    Raises:
        UsageError: If there was no such moment, or no workspace then.
    """
    with Repository.open(root) as repository:
        commit = resolve_moment(repository, moment)
        return read_commit(repository, root, commit)


def load_moment(root: Path, moment: str, timezone: str = "") -> tuple[str, int]:
    """Return the commit that a date or revision means, and its time in seconds.

    Args:
        root: The workspace's root.
        moment: A revision or a date.
        timezone: In which a day ends, or ``""``: in the workspace's own.

    Raises:
        UsageError: If there was no such moment.
    """
    with Repository.open(root) as repository:
        commit = resolve_moment(repository, moment, timezone)
        return commit, repository.commit_time(commit)


def resolve_moment(repository: Repository, moment: str, timezone: str = "") -> str:
    """Return the commit that a date or revision means.

    Args:
        repository: The repository around the workspace.
        moment: A revision or a date.
        timezone: In which a day ends, or ``""``: in the workspace's own.
    """
    day = parse_date(moment)
    if day is None:
        return repository.resolve(moment)
    head = repository.head()
    zone = timezone or "UTC"
    if head is not None and not timezone:
        data = repository.read_file(head, MARKER)
        if data is not None:
            zone = parse_settings(MARKER, data)[0].timezone
    from zoneinfo import ZoneInfo

    return repository.resolve_day(day, ZoneInfo(zone))


def read_commit(repository: Repository, root: Path, commit: str) -> Snapshot:
    """Read the workspace at a commit.

    Raises:
        UsageError: If the commit has no ``plainwork.toml`` where the workspace is now.
    """
    entries = {entry.path: entry for entry in repository.list_tree(commit)}
    marker = entries.get(MARKER)
    if marker is None:
        message = f"{commit[:10]}: there was no plainwork.toml then"
        raise UsageError(message)
    settings, settings_diagnostics = parse_settings(
        MARKER, next(repository.read_blobs([marker.oid]))
    )
    diagnostics: list[Diagnostic] = list(settings_diagnostics)
    files = list(select_documents(entries.values(), settings, diagnostics))
    contents: dict[str, bytes] = {}

    def open_files(chosen: Sequence[tuple[str, str]]) -> Iterator[SourceFile]:
        blobs = repository.read_blobs(entries[path].oid for path, _ in chosen)
        for (path, kind), data in zip(chosen, blobs, strict=True):
            contents[path] = data
            yield SourceFile(path, kind, data)

    git = find_git_folder(root)
    store = DocumentStore(git.common / "plainwork") if git else None
    groups = read_groups(open_files, files, settings, store)
    return build_snapshot(
        settings=settings,
        diagnostics=diagnostics,
        groups=groups.documents(),
        known=KnownColumns(groups.written),
        read_bytes=lambda path: contents.get(path, b""),
        digests=lambda: {path: entry.oid.encode() for path, entry in entries.items()},
    )
