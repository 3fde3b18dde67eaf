"""Who wrote what merges brought in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from plainwork.model.history import History
from plainwork.storage.commit_history import WrittenCommit
from plainwork.storage.repository import Repository


def load_merged_authors(root: Path, history: History) -> Mapping[str, tuple[str, ...]]:
    """Return the hash of each merge of a history to the addresses of whose commits it brought in.

    What a branch had brought in from the line itself is on it already, and counts no more.

    Raises:
        RepositoryError: If the history cannot be read.
    """
    if all(len(commit.parents) < 2 for commit in history.commits):  # noqa: PLR2004
        return {}
    with Repository.open(root) as repository:
        return find_merged_authors(repository.written(history.head))


def find_merged_authors(commits: Iterable[WrittenCommit]) -> Mapping[str, tuple[str, ...]]:
    """Return what :func:`load_merged_authors` does, given all commits, the newest first."""
    return {
        merge: tuple(dict.fromkeys(commit.author_email for commit in brought_in))
        for merge, brought_in in find_merged_commits(commits).items()
    }


def find_merged_commits(commits: Iterable[WrittenCommit]) -> Mapping[str, list[WrittenCommit]]:
    """Return the hash of each merge of the first-parent line to what it brought in.

    What comes first is what was merged, and what follows what that goes back to.

    Args:
        commits: All of them, the newest first; the last may go back to commits that are missing.
    """
    known = {commit.id: commit for commit in commits}
    line: list[WrittenCommit] = []
    commit = next(iter(known.values()), None)
    while commit is not None:
        line.append(commit)
        commit = known.get(commit.parents[0]) if commit.parents else None
    seen = {commit.id for commit in line}
    found: dict[str, list[WrittenCommit]] = {}
    for commit in reversed(line):
        brought_in: list[WrittenCommit] = []
        waiting = list(commit.parents[1:])
        while waiting:
            id_ = waiting.pop()
            other = known.get(id_)
            if id_ in seen or other is None:
                continue
            seen.add(id_)
            brought_in.append(other)
            waiting.extend(other.parents)
        if brought_in:
            found[commit.id] = brought_in
    return found
