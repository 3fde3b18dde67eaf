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
    known = {commit.id: commit for commit in commits}
    line: list[WrittenCommit] = []
    commit = next(iter(known.values()), None)
    while commit is not None:
        line.append(commit)
        commit = known.get(commit.parents[0]) if commit.parents else None
    seen = {commit.id for commit in line}
    found: dict[str, tuple[str, ...]] = {}
    for commit in reversed(line):
        addresses: dict[str, None] = {}
        waiting = list(commit.parents[1:])
        while waiting:
            id_ = waiting.pop()
            brought_in = known.get(id_)
            if id_ in seen or brought_in is None:
                continue
            seen.add(id_)
            addresses[brought_in.author_email] = None
            waiting.extend(brought_in.parents)
        if addresses:
            found[commit.id] = tuple(addresses)
    return found
