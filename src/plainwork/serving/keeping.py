"""Keeping decisions: what a forge says of a merged pull request becomes a note on its commit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from plainwork.approvals.proof import Proof, format_proof, make_proof
from plainwork.approvals.voices import SKEW
from plainwork.errors import RepositoryError
from plainwork.forge.client import Forge
from plainwork.model.decision import Decision
from plainwork.model.evidence import Evidence, ReviewState
from plainwork.model.history import Commit
from plainwork.serving.auditing import MOST_AT_ONCE, Branch
from plainwork.serving.deciding import decide_change, fetch_missing, load_grounds
from plainwork.storage.fetched_objects import FetchedObjects, Remote, open_objects
from plainwork.storage.notes import load_notes, write_note
from plainwork.storage.proposal import load_merged_change
from plainwork.storage.repository import Repository
from plainwork.storage.scan import MOST_READ
from plainwork.storage.scratch import open_scratch

MOST_NEW = 100
"""Commits of the branch that are looked at: a push rarely brings more, and each asks the forge."""


class Kept(msgspec.Struct, frozen=True):
    """A pull request whose decision has been kept.

    Attributes:
        commit: Where the note is.
    """

    commit: str
    pull: str
    decisions: tuple[Decision, ...]


def find_new(root: Path, branch: Branch) -> tuple[Commit, ...]:
    """Return the commits since the last one that has a note, oldest first; at least the last."""
    latest = branch.commits[-MOST_NEW:]
    noted = load_notes(root, [commit.id for commit in latest])
    last = max((at for at, commit in enumerate(latest) if commit.id in noted), default=-1)
    return latest[min(last + 1, len(latest) - 1) :] if last >= 0 else latest[-1:]


def keep_decisions(
    root: Path, forge: Forge, remote: Remote, branch: Branch, commits: Sequence[Commit]
) -> Iterator[Kept]:
    """Keep what was decided about the pull requests that some commits merged.

    Each is decided again, against what was really merged.

    Args:
        root: A folder of the clone.
        forge: Where the pull requests are.
        remote: Where the forge keeps their commits.
        branch: The branch, with the commits before these too.
        commits: Those of it that are new.

    Raises:
        ForgeUnavailableError: If the forge is not reached.
        RepositoryError: If commits cannot be read, or notes not be written.
    """
    line = {commit.id: at for at, commit in enumerate(branch.commits)}
    for commit in commits:
        for pull in forge.fetch_merged(commit.id):
            evidence = forge.fetch_evidence(pull)
            if evidence.ref != branch.ref:
                continue
            before = branch.commits[: line[commit.id] + 1]
            with open_objects(root) as objects:  # anew, so that the notes just kept are there
                yield _keep(root, objects, remote, before, evidence)


def _keep(
    root: Path,
    objects: FetchedObjects,
    remote: Remote,
    line: Sequence[Commit],
    said: Evidence,
) -> Kept:
    """Keep what was decided about a pull request that the last commit of a line merged."""
    fetch_missing(objects, remote, said)
    commit = line[-1]
    base = _find_base(objects, line, said)
    evidence = as_merged(said, base, commit)
    proof = _prove(objects.folder, evidence, commit)
    note = format_proof(proof)
    if len(note) >= MOST_READ:
        message = f"{commit.id[:10]}: the decision is larger than {MOST_READ:,} bytes"
        raise RepositoryError(message)
    write_note(root, commit.id, note)
    return Kept(commit.id, said.pull, proof.decisions)


def as_merged(said: Evidence, base: str, commit: Commit) -> Evidence:
    """Return what a forge says of a pull request as it was when it was merged.

    What was approved afterwards does not count. When that was the forge says; the commit's time,
    which whoever merges by hand may choose, only ever takes away. A veto that was given
    afterwards stays, or a commit with an early time would hide one.

    Args:
        said: What the forge says.
        base: The commit before the change.
        commit: The commit that merged it.
    """
    committed = datetime.fromtimestamp(commit.time, UTC) + SKEW
    latest = min(committed, said.merged_at or said.read_at, said.read_at)
    reviews = tuple(
        review
        for review in said.reviews
        if review.submitted_at <= latest or review.state is not ReviewState.APPROVED
    )
    return msgspec.structs.replace(said, base=base, siblings=(), reviews=reviews)


def _prove(source: Path, evidence: Evidence, commit: Commit) -> Proof:
    with open_scratch(source) as scratch:
        changes = load_merged_change(
            scratch,
            evidence.base,
            commit.id,
            head=evidence.head,
            ref=evidence.ref,
            now=evidence.read_at,
        )
        grounds = {
            change.workspace: load_grounds(scratch, source, evidence, change) for change in changes
        }
    return make_proof(
        commit.id,
        evidence,
        {change.workspace: change for change in changes},
        {workspace: each.seen for workspace, each in grounds.items()},
        tuple(decide_change(change, evidence, grounds[change.workspace]) for change in changes),
    )


def _find_base(objects: FetchedObjects, line: Sequence[Commit], said: Evidence) -> str:
    """Return the commit before a change; it may have come in as several, rebased or not."""
    commit = line[-1]
    count = said.commits or 1
    if len(commit.parents) == 1 and 1 < count <= min(len(line), MOST_AT_ONCE):
        with Repository.open_at(objects.folder) as repository:
            proposed = repository.last_commits(said.head, count)
        if list(map(_signature, line[-count:])) == list(map(_signature, proposed)):
            commit = line[-count]
    if not commit.parents:
        message = f"{commit.id[:10]}: a first commit is no pull request"
        raise RepositoryError(message)
    return commit.parents[0]


def _signature(commit: Commit) -> tuple[str, int, str]:
    """Return what a commit keeps when it is rebased."""
    return commit.author_email, commit.recorded_at, commit.subject
