"""When each document was last changed, from the first-parent history, kept between runs.

What happened is what was committed: an edit that is not committed yet changes nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from plainwork.model.work import Work
from plainwork.storage.cache_file import cache_folder, write_cache
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.sealed import DamagedIndexError, seal, unseal

if TYPE_CHECKING:
    from plainwork.storage.repository import Repository

_VERSION = 2


class _Kept(msgspec.Struct, array_like=True):
    """What the last run found, and up to which commit."""

    version: int
    head: str
    times: dict[str, int]


def load_last_changed(root: Path, zone: tzinfo, until: str = "") -> Callable[[Work], date | None]:
    """Return a function that tells on which day a work was last changed.

    It answers None for work that no commit has changed: it is new. History is read when the
    function is first called.

    Args:
        root: The workspace's root.
        zone: The workspace's time zone, which decides where days begin.
        until: The full hash of the last commit that counts, or ``""`` for the one checked out.
    """
    times: Mapping[str, int] | None = None
    days: dict[int, date] = {}  # a commit changes many documents

    def last_changed(work: Work) -> date | None:
        nonlocal times
        if times is None:
            times = load_changes_until(root, until) if until else load_latest_changes(root)
        seconds = times.get(work.path)
        if seconds is None:
            return None
        day = days.get(seconds)
        if day is None:
            day = days[seconds] = datetime.fromtimestamp(seconds, zone).date()
        return day

    return last_changed


def load_latest_changes(root: Path) -> Mapping[str, int]:
    """Return path to the time, in seconds, of the last commit that changed a document.

    Outside of Git, and before the first commit, there are none.
    """
    git = find_git_folder(root)
    if git is None:
        return {}
    file = cache_folder(git, root) / "history"
    kept = _load(file)
    if kept is not None and kept.head == git.head_commit():
        return kept.times
    from plainwork.storage.repository import Repository  # runs Git

    with Repository.open(root) as repository:
        head = repository.head()
        if head is None:
            return {}
        known = kept is not None and repository.continues(kept.head, head)
        since = kept if known else None
        times = _read_changes(repository, head, since)
    if not git.is_shallow():  # cut off, a history begins with changes that were made earlier
        write_cache(file, [seal(msgspec.msgpack.encode(_Kept(_VERSION, head, times)))])
    return times


def load_changes_until(root: Path, commit: str) -> Mapping[str, int]:
    """Return path to the time of its last change as of a commit; nothing of it is kept."""
    from plainwork.storage.repository import Repository  # runs Git

    with Repository.open(root) as repository:
        return _read_changes(repository, commit, None)


def _read_changes(repository: Repository, until: str, kept: _Kept | None) -> dict[str, int]:
    times: dict[str, int] = {}
    for change in repository.latest_changes(until, kept.head if kept else ""):
        if change.path.endswith(".md") and change.path.isprintable():
            times.setdefault(change.path, change.time)
    return {**kept.times, **times} if kept else times


def _load(file: Path) -> _Kept | None:
    try:
        kept = msgspec.msgpack.decode(unseal(file.read_bytes()), type=_Kept)
    except (OSError, DamagedIndexError, msgspec.MsgspecError):
        return None
    return kept if kept.version == _VERSION else None
