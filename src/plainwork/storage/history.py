"""When each document was last changed, from the first-parent history, kept between runs.

What happened is what was committed: an edit that is not committed yet changes nothing here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from pathlib import Path

import msgspec

from plainwork.model.work import Work
from plainwork.storage.columns import DamagedIndexError, seal, unseal
from plainwork.storage.git_folder import GitFolder, find_git_folder

_VERSION = 1


class _Kept(msgspec.Struct, array_like=True):
    """What the last run found, and up to which commit."""

    version: int
    head: str
    root: str
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
    """Return path to the time, in seconds, of the last commit that changed it.

    Outside of Git, and before the first commit, there are none.
    """
    git = find_git_folder(root)
    if git is None:
        return {}
    place = os.path.relpath(os.path.realpath(root), git.worktree)
    kept = _load(git)
    head = git.head_commit()
    if kept is not None and kept.root == place and kept.head == head:
        return kept.times
    return _read_history(root, git, place, kept)


def load_changes_until(root: Path, commit: str) -> Mapping[str, int]:
    """Return path to the time of its last change as of a commit; nothing of it is kept."""
    from plainwork.storage.repository import Repository  # runs Git

    times: dict[str, int] = {}
    with Repository.open(root) as repository:
        for change in repository.latest_changes(until=commit):
            times.setdefault(change.path, change.time)
    return times


def _read_history(root: Path, git: GitFolder, place: str, kept: _Kept | None) -> dict[str, int]:
    from plainwork.storage.repository import Repository  # runs Git

    with Repository.open(root) as repository:
        head = repository.head()
        if head is None:
            return {}
        since = None
        times: dict[str, int] = {}
        if kept is not None and kept.root == place and repository.is_ancestor(kept.head, head):
            since = kept.head
        for change in repository.latest_changes(since):
            times.setdefault(change.path, change.time)
        if since and kept is not None:
            times = {**kept.times, **times}
    _save(git, _Kept(_VERSION, head, place, times))
    return times


def _load(git: GitFolder) -> _Kept | None:
    try:
        data = _file(git).read_bytes()
        kept = msgspec.msgpack.decode(unseal(data), type=_Kept)
    except (OSError, DamagedIndexError, msgspec.MsgspecError):
        return None
    return kept if kept.version == _VERSION else None


def _save(git: GitFolder, kept: _Kept) -> None:
    """Write what was found; if that fails, it is found again next time."""
    file = _file(git)
    draft = file.with_name(f".history-{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(seal(msgspec.msgpack.encode(kept)))
        draft.replace(file)
    except (OSError, UnicodeEncodeError):
        draft.unlink(missing_ok=True)


def _file(git: GitFolder) -> Path:
    return git.path / "plainwork" / "history"
