"""What became of work and of changes on a branch, up to any of its commits.

It is read once, however many decisions ask: an audit asks for every commit of the branch. Each
is answered as if the branch ended where it asks: what came later has no say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from plainwork.approvals.proof import Proof, parse_proof
from plainwork.model.history import Commit, History
from plainwork.storage.event_history import cut_history, load_event_history_of
from plainwork.storage.notes import list_notes, load_notes
from plainwork.storage.repository import Repository

_MOST_MERGES = 10_000
"""Whose commits are remembered: decisions about one work ask for the same ones."""


class BranchPast:
    """The past of one branch, by first parents.

    Its methods raise RepositoryError if commits cannot be read, or history is cut off.

    Args:
        source: A folder of the repository: of its working tree, or a bare one.
        until: The last commit of the branch, by all its digits.
    """

    def __init__(self, source: Path, until: str) -> None:
        self._source = source
        self._until = until
        self._histories: dict[str, History] = {}
        self._proofs: dict[str, tuple[Proof, ...]] = {}
        self.load_merged = lru_cache(_MOST_MERGES)(self._load_merged)
        self.load_brought_in = lru_cache(_MOST_MERGES)(self._load_brought_in)

    def ends(self, commit: str) -> BranchPast:
        """Return what knows the past of a commit: this, if the commit is one of the branch."""
        known = commit == self._until or commit in self._line
        return self if known else BranchPast(self._source, commit)

    def load_history(self, workspace: str, until: str) -> History:
        """Return what happened to work.

        Args:
            workspace: The folder of the workspace, or ``""``.
            until: The last commit that counts; one of the branch.
        """
        history = self._histories.get(workspace)
        if history is None:
            history = load_event_history_of(self._source, workspace, self._until)
            self._histories[workspace] = history
        if until == self._until:
            return history
        at = self._line
        count = bisect_right(history.commits, at[until], key=lambda commit: at[commit.id])
        return cut_history(history, count)

    def load_proofs(self, until: str, commits: Collection[str]) -> Mapping[str, tuple[Proof, ...]]:
        """Return the proofs of the changes that brought in some commits; some have none.

        A change that came in as several commits has its note at the last of them, and names the
        commit before the first. So the first note at a commit or behind it is looked at. What is
        no proof says nothing here; `audit` reports it.

        Args:
            until: The last commit that counts; one of the branch.
            commits: Commits of the branch up to there.
        """
        if not self._noted or not commits:
            return {}
        line = self._line
        end = bisect_right(self._marks, line[until], key=lambda mark: line[mark])
        nearest: dict[str, str] = {}
        for commit in commits:
            found = bisect_left(self._marks, line[commit], hi=end, key=lambda mark: line[mark])
            if found < end:
                nearest[commit] = self._marks[found]
        self._read_notes(set(nearest.values()))
        return {
            commit: tuple(
                proof
                for proof in self._proofs[mark]
                if commit == mark or line.get(proof.evidence.base, line[commit]) < line[commit]
            )
            for commit, mark in nearest.items()
        }

    def _load_merged(self, workspace: str, merge: str, paths: tuple[str, ...]) -> list[Commit]:
        """Return the commits that a merge brought in and that changed one of some files."""
        with Repository.open_at(self._source, workspace) as repository:
            return list(repository.merged_commits(merge, paths))

    def _load_brought_in(self, merge: str) -> list[Commit]:
        """Return the commits that a merge brought in, through all its parents, and itself."""
        with Repository.open_at(self._source) as repository:
            return list(repository.commits_brought_in(merge))

    @cached_property
    def _line(self) -> Mapping[str, int]:
        """The commits of the branch, with their places in it."""
        with Repository.open_at(self._source) as repository:
            commits = repository.first_parents(self._until)
        return {id_: at for at, id_ in enumerate(reversed(commits))}

    @cached_property
    def _noted(self) -> frozenset[str]:
        return frozenset(list_notes(self._source))

    @cached_property
    def _marks(self) -> list[str]:
        """The commits of the branch that have notes, oldest first."""
        return [id_ for id_ in self._line if id_ in self._noted]

    def _read_notes(self, commits: Collection[str]) -> None:
        missing = set(commits) - self._proofs.keys()
        if missing:
            notes = load_notes(self._source, missing)
            self._proofs |= {id_: _parse(id_, notes.get(id_, ())) for id_ in missing}


def _parse(id_: str, lines: Collection[bytes]) -> tuple[Proof, ...]:
    proofs = map(parse_proof, lines)
    return tuple(proof for proof in proofs if not isinstance(proof, str) and proof.commit == id_)
