"""Everything that is wrong with a workspace, with file, line and column."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from plainwork.analysis.attachments import find_attached_files
from plainwork.errors import RepositoryError
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.snapshot import Snapshot
from plainwork.model.surroundings import AttachedFile, Surroundings
from plainwork.rules import check_change, check_surroundings, check_workspace
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.scan import read_document_file

Read = Callable[[str], bytes | None]
"""Returns the bytes of a file of the workspace, or None if it is not there."""


def load_check(
    root: Path,
    snapshot: Snapshot,
    today: date,
    *,
    before: Snapshot | None = None,
    surroundings: Surroundings | None = None,
) -> tuple[Diagnostic, ...]:
    """Check the working tree of a workspace.

    Args:
        root: The workspace's root.
        snapshot: What its documents say.
        today: The day on which it is checked.
        before: What they said at some moment: then what has become of them is judged too.
        surroundings: What stands around them; loaded if not given.

    Returns:
        In the order of files and lines, each once.
    """
    around = surroundings or load_surroundings(root, snapshot)
    found = [*check_workspace(snapshot, today), *check_surroundings(snapshot, around)]
    if before is not None:
        found += check_change(before, snapshot, today)

    def read(path: str) -> bytes | None:
        data = read_document_file(root, path)
        return data if isinstance(data, bytes) else None

    return tuple(sorted({*snapshot.diagnostics, *_load_lines(read, found)}))


def load_check_at(
    root: Path, snapshot: Snapshot, moment: str, today: date
) -> tuple[Diagnostic, ...]:
    """Check a workspace as it was; other branches are no part of that.

    Args:
        root: The workspace's root.
        snapshot: What its documents said then.
        moment: A date or a revision.
        today: The day on which it is checked.

    Raises:
        UsageError: If there was no such moment.
    """
    from plainwork.storage.commit_snapshot import resolve_moment
    from plainwork.storage.repository import Repository

    with Repository.open(root) as repository:
        commit = resolve_moment(repository, moment)
        files = {entry.path: entry.oid for entry in repository.list_tree(commit)}
        there = with_folders(files)
        missing = tuple(file for file in find_attached_files(snapshot) if file.path not in there)
        around = Surroundings(missing_files=missing)
        found = [*check_workspace(snapshot, today), *check_surroundings(snapshot, around)]
        wanted = [path for path in {each.location.path for each in found} if path in files]
        contents = dict(
            zip(wanted, repository.read_blobs(files[path] for path in wanted), strict=True)
        )
        lines = _load_lines(contents.get, found)
        return tuple(sorted({*snapshot.diagnostics, *lines}))


def with_folders(paths: Iterable[str]) -> set[str]:
    """Return paths and every folder above them."""
    found: set[str] = set()
    for path in paths:
        above = path
        while above and above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return found


def document_paths(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the path of every document that is checked."""
    documents = (*snapshot.definitions, *snapshot.record_documents)
    paths = (document.path for document in documents)
    return (*snapshot.works.columns["path"], *paths, *snapshot.unreadable)


def load_surroundings(root: Path, snapshot: Snapshot) -> Surroundings:
    """Look at the other branches, and for the files that are attached."""
    missing = load_missing_files(root, snapshot)
    git = find_git_folder(root)
    if git is None or not git.may_have_branches():
        return Surroundings(missing_files=missing)
    from plainwork.storage.clashes import load_clashes  # few have branches, and Git costs time

    try:
        return Surroundings(clashes=load_clashes(root, snapshot), missing_files=missing)
    except RepositoryError as error:
        return Surroundings(branches_unread=str(error), missing_files=missing)


def load_missing_files(root: Path, snapshot: Snapshot) -> tuple[AttachedFile, ...]:
    """Look for the files that are attached; return those that are not there."""
    return tuple(
        file
        for file in find_attached_files(snapshot)
        # Unlike Path.exists, this takes a name that no file can have for one that is missing.
        if not file.path or not os.path.exists(root / file.path)  # noqa: PTH110
    )


def _load_lines(read: Read, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Find the lines of diagnostics that know their field only; each file is read once."""
    ordered = sorted(diagnostics, key=_path)
    for path, group in groupby(ordered, key=_path):
        yield from _located(read, path, tuple(group))


def _path(diagnostic: Diagnostic) -> str:
    return diagnostic.location.path


def _located(read: Read, path: str, group: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    if all(diagnostic.location.line or not diagnostic.field for diagnostic in group):
        return group
    data = read(path)
    if data is None:  # gone meanwhile, which the next check will tell
        return group
    from plainwork.parsing.locating import locate_diagnostics  # only for a diagnostic

    return locate_diagnostics(path, data, group)
