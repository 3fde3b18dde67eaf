"""What happened to work, from the first-parent history, kept between runs.

History is read once and then from the last commit that was seen. If that is no longer where it
was (another branch, a history written anew), what both have in common stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from plainwork.errors import RepositoryError
from plainwork.model.history import (
    Answer,
    Commit,
    Event,
    Gap,
    History,
    PartyVersion,
    WorkflowVersion,
)
from plainwork.storage.cache_file import common_cache_folder, write_cache
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.index import FORMAT_VERSION
from plainwork.storage.sealed import DamagedIndexError, seal, unseal

_Entry = TypeVar("_Entry", Event, Gap, WorkflowVersion, PartyVersion, Answer)

if TYPE_CHECKING:
    from plainwork.flow.events import CommitFiles
    from plainwork.storage.document_groups import Tell
    from plainwork.storage.repository import Repository

_VERSION = f"{FORMAT_VERSION}/2"


class _Kept(msgspec.Struct, array_like=True):
    """What the last run found."""

    version: str
    head: str
    commits: tuple[Commit, ...]
    events: tuple[Event, ...]
    gaps: tuple[Gap, ...]
    workflows: tuple[WorkflowVersion, ...]
    parties: tuple[PartyVersion, ...]
    answers: tuple[Answer, ...]


def _tell_nobody(_done: int, _total: int) -> None:
    """Say nothing of how far it is."""


ReadCommits = Callable[["Repository", str, str, "Tell"], Iterable["CommitFiles"]]
"""Reads what commits did to work, as :func:`~plainwork.storage.work_log.read_commits` does."""


class Reading(msgspec.Struct, frozen=True):
    """How commits are read.

    Attributes:
        name: Of what is kept of it between runs: what is read otherwise has another one.
    """

    name: str
    read: ReadCommits


def load_event_history(
    root: Path,
    until: str = "",
    *,
    partial: bool = False,
    tell: Tell = _tell_nobody,
    reading: Reading | None = None,
) -> History:
    """Read what happened to work.

    Args:
        root: The workspace's root, or the folder that holds what another tool wrote.
        until: The full hash of the last commit that counts, or ``""`` for the one checked out.
        partial: Whether a history that has been cut off will do.
        tell: Is told how far it is, if commits have to be read.
        reading: How commits are read; None: as those of a workspace.

    Raises:
        RepositoryError: Outside of Git, and in a shallow clone unless `partial`.
    """
    git = find_git_folder(root)
    shallow = git is not None and git.is_shallow()
    if shallow and not partial:
        raise _cut_off(root)
    name, read = (reading.name, reading.read) if reading else ("events", _read_workspace)
    file = common_cache_folder(git, root) / name if git else None
    kept = _load(file) if file and not shallow else History()
    if git and kept.head and kept.head == (until or git.head_commit()):
        return kept
    from plainwork.storage.repository import Repository  # runs Git

    with Repository.open(root) as repository:
        head = until or repository.head()
        if head is None:
            return History(shallow=shallow)
        history = _continue(repository, kept, head, tell, read)
    if file and not shallow and not until:
        _write(file, history)
    return msgspec.structs.replace(history, shallow=shallow)


def load_event_history_of(source: Path, workspace: str, commit: str) -> History:
    """Read what happened to work up to a commit that need not be checked out.

    Args:
        source: A folder of the repository: of its working tree, or a bare one.
        workspace: The folder of the workspace in it, or ``""``.
        commit: Its full hash.

    Raises:
        RepositoryError: If the history cannot be read, or is cut off.
    """
    git = find_git_folder(source)
    if git is not None:
        return load_event_history(git.worktree / workspace, commit)
    from plainwork.storage.repository import Repository  # runs Git

    with Repository.open_at(source, workspace) as repository:
        if repository.is_shallow():
            raise _cut_off(source)
        return _continue(repository, History(), commit, _tell_nobody, _read_workspace)


def _cut_off(root: Path) -> RepositoryError:
    return RepositoryError(f"{root}: the history is cut off; `git fetch --unshallow` gets the rest")


def _read_workspace(
    repository: Repository, until: str, since: str, tell: Tell
) -> Iterable[CommitFiles]:
    from plainwork.storage.work_log import read_commits

    return read_commits(repository, until, since, tell)


def _continue(
    repository: Repository, kept: History, head: str, tell: Tell, read: ReadCommits
) -> History:
    from plainwork.flow.events import extend_history

    if kept.head and not repository.continues(kept.head, head):
        rewritten = not repository.is_on_a_branch(kept.head)
        kept = _trim(kept, set(repository.first_parents(head)), rewritten=rewritten)
    return extend_history(kept, read(repository, head, kept.head, tell), head)


def _trim(history: History, known: set[str], *, rewritten: bool) -> History:
    """Return as much of a history as belongs to another: its commits are in `known`."""
    # First parents are a line: where one commit is shared, so are all before it.
    count = sum(commit.id in known for commit in history.commits)
    return msgspec.structs.replace(cut_history(history, count), rewritten=rewritten)


def cut_history(history: History, count: int) -> History:
    """Return what the first commits of a history did."""

    def cut(entries: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
        return entries[: bisect_left(entries, count, key=lambda entry: entry.commit)]

    return History(
        head=history.commits[count - 1].id if count else "",
        commits=history.commits[:count],
        events=cut(history.events),
        gaps=cut(history.gaps),
        workflows=cut(history.workflows),
        parties=cut(history.parties),
        answers=cut(history.answers),
    )


def _load(file: Path) -> History:
    try:
        kept = msgspec.msgpack.decode(unseal(file.read_bytes()), type=_Kept)
    except (OSError, DamagedIndexError, msgspec.MsgspecError):
        return History()
    if kept.version != _VERSION:
        return History()
    return History(
        kept.head,
        kept.commits,
        kept.events,
        kept.gaps,
        kept.workflows,
        kept.parties,
        kept.answers,
    )


def _write(file: Path, history: History) -> None:
    kept = _Kept(
        _VERSION,
        history.head,
        history.commits,
        history.events,
        history.gaps,
        history.workflows,
        history.parties,
        history.answers,
    )
    write_cache(file, [seal(msgspec.msgpack.encode(kept))])
