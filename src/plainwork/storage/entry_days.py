"""On which day works came into the state in which they stand, from the first-parent history.

Nothing of that is written in a document, so Git is asked: for the few works of which it matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from plainwork.model.work import Work
from plainwork.storage.git_folder import find_git_folder

if TYPE_CHECKING:
    from plainwork.storage.repository import Repository


class _Version(msgspec.Struct, frozen=True):
    """What a commit made of a file: its status (None: it cannot be read), and when (seconds)."""

    path: str
    time: int
    status: str | None
    first: bool


def load_entry_days(root: Path, works: Sequence[Work], zone: tzinfo) -> Mapping[str, date]:
    """Return the days on which works came into their states, by id in lower case.

    Args:
        root: The workspace's root.
        works: The works as they are now. One whose state is not committed yet is missing in the
            answer, and so is one whose past a shallow clone has cut off.
        zone: The workspace's time zone, which decides where days begin.
    """
    from plainwork.storage.repository import Repository  # runs Git

    git = find_git_folder(root)
    if git is None or not works:
        return {}
    with Repository.open(root) as repository:
        head = repository.head()
        if head is None:
            return {}
        return _read_entry_days(repository, head, works, zone, shallow=git.is_shallow())


def load_entry_days_at(
    source: Path, workspace: str, commit: str, works: Sequence[Work], zone: tzinfo
) -> Mapping[str, date]:
    """Return the same as of a commit of a repository that need not be checked out.

    Args:
        source: A folder of the repository, whose history is whole.
        workspace: The workspace's folder in it, or ``""`` for its top.
        commit: The full hash of the last commit that counts.
        works: The works as they are then.
        zone: The workspace's time zone.
    """
    from plainwork.storage.repository import Repository  # runs Git

    with Repository.open_at(source, workspace) as repository:
        return _read_entry_days(repository, commit, works, zone, shallow=False)


def _read_entry_days(
    repository: Repository, until: str, works: Sequence[Work], zone: tzinfo, *, shallow: bool
) -> Mapping[str, date]:
    by_path = {work.path: work for work in works}
    found: dict[str, date] = {}
    for path, versions in groupby(_read_versions(repository, until, by_path), attrgetter("path")):
        seconds = _find_entry(by_path[path].status, versions, shallow=shallow)
        if seconds is not None:
            found[by_path[path].id.lower()] = datetime.fromtimestamp(seconds, zone).date()
    return found


def _find_entry(status: str, versions: Iterable[_Version], *, shallow: bool) -> int | None:
    """Return when a status began that has lasted since; versions are given newest first."""
    began: int | None = None
    for version in versions:
        if version.status is None:  # it could not be read then: what stood there before holds
            continue
        if version.status != status:
            return began
        began = version.time
        if version.first and shallow:
            return None
    return began


def _read_versions(repository: Repository, until: str, paths: Iterable[str]) -> Iterator[_Version]:
    """Yield the versions of files, those of one file together, newest first."""
    changes = sorted(repository.path_versions(until, paths), key=attrgetter("path"))
    blobs = repository.read_blobs(change.oid for change in changes if change.oid)
    for change in changes:
        status = _read_status(change.path, next(blobs)) if change.oid else ""
        yield _Version(change.path, change.time, status, change.added)


def _read_status(path: str, data: bytes) -> str | None:
    from plainwork.parsing.front_matter import parse_front_matter
    from plainwork.parsing.yaml_tree import Scalar

    front_matter, _ = parse_front_matter(path, data)
    node = front_matter.root.get("status") if front_matter else None
    return node.text if isinstance(node, Scalar) else None
