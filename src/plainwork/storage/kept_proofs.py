"""Which kept proofs speak of a commit: those in its own note, or in that of a row it ended in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from pathlib import Path

from plainwork.approvals.proof import Proof, parse_proof
from plainwork.storage.notes import find_noted, load_notes
from plainwork.storage.repository import Repository


def load_proofs(
    source: Path, until: str, commits: Collection[str]
) -> Mapping[str, tuple[Proof, ...]]:
    """Return the proofs of the changes that brought in some commits; without a note there are none.

    A change that came in as several commits has its note at the last of them, and names the
    commit before the first. So the first note at a commit or behind it is looked at. What is no
    proof says nothing here; `audit` reports it.

    Args:
        source: A folder of the repository.
        until: The last commit of the branch that counts.
        commits: Some of its commits, by first parents.

    Raises:
        RepositoryError: If they cannot be read.
    """
    noted = find_noted(source)
    if not noted or not commits:
        return {}
    with Repository.open_at(source) as repository:
        line = {id_: at for at, id_ in enumerate(reversed(repository.first_parents(until)))}
    marks = sorted((at, id_) for id_, at in line.items() if id_ in noted)
    nearest: dict[str, str] = {}
    for commit in commits:
        found = bisect_left(marks, (line[commit], ""))
        if found < len(marks):
            nearest[commit] = marks[found][1]
    notes = load_notes(source, set(nearest.values()))
    proofs = {id_: _parse(id_, lines) for id_, lines in notes.items()}
    return {
        commit: tuple(
            proof
            for proof in proofs.get(mark, ())
            if commit == mark or line.get(proof.evidence.base, line[commit]) < line[commit]
        )
        for commit, mark in nearest.items()
    }


def _parse(commit: str, lines: Collection[bytes]) -> tuple[Proof, ...]:
    proofs = map(parse_proof, lines)
    return tuple(proof for proof in proofs if not isinstance(proof, str) and proof.commit == commit)
