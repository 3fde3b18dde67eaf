"""Proofs: decisions as they are kept with what was merged, so that they can be made again.

A proof proves nothing by itself: anybody can write one. Whoever audits decides again, from the
commits and from the evidence in it; only the evidence, and what reviewers saw of commits that are
gone, has to be believed, and for that stands the protection of the notes.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from plainwork.approvals.sight import SeenAt
from plainwork.approvals.soundness import is_comparable
from plainwork.model.change import Change, Contributor, FileState, SeenDocument
from plainwork.model.decision import Decision
from plainwork.model.evidence import Evidence

PROOF_SCHEMA = "plainwork/proof/1"


class SeenFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One document as a reviewer saw it."""

    kind: str
    id: str
    before: FileState | None
    after: FileState | None


class SeenCommit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reviewer saw of a workspace at a commit; rules are kind, id and digest each."""

    workspace: str
    commit: str
    rules: tuple[tuple[str, str, str], ...]
    documents: tuple[SeenFile, ...]


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision about what a commit brought in, and all that it rests on beside the branch.

    Attributes:
        commit: The commit, the last one if the change came in as several.
        evidence: What people said; its base is the commit before the change.
        contributors: Whom the commits of the proposal named; the branch may not hold these.
        commits: How many they were.
        files: How many files they changed.
        seen: What reviewers saw.
        decisions: One for each workspace, as they were made: for people who read notes.
    """

    schema: str
    commit: str
    evidence: Evidence
    contributors: tuple[Contributor, ...]
    commits: int
    files: int
    seen: tuple[SeenCommit, ...]
    decisions: tuple[Decision, ...]


def make_proof(
    commit: str,
    evidence: Evidence,
    changes: Mapping[str, Change],
    seen: Mapping[str, SeenAt],
    decisions: tuple[Decision, ...],
) -> Proof:
    """Return the proof that keeps decisions.

    Args:
        commit: What they are about.
        evidence: What they rest on.
        changes: The changes by workspace; there is one at least.
        seen: What reviewers saw, by workspace.
        decisions: What was decided.
    """
    first = next(iter(changes.values()))
    return Proof(
        schema=PROOF_SCHEMA,
        commit=commit,
        evidence=evidence,
        contributors=first.contributors,
        commits=first.commits,
        files=first.files,
        seen=tuple(
            _keep(workspace, at, documents)
            for workspace, commits in sorted(seen.items())
            for at, documents in sorted(commits.items())
            if documents
        ),
        decisions=decisions,
    )


def _keep(
    workspace: str, commit: str, documents: Mapping[tuple[str, str], SeenDocument]
) -> SeenCommit:
    rules = next(iter(documents.values())).rules  # of one commit they are the same
    return SeenCommit(
        workspace=workspace,
        commit=commit,
        rules=tuple(sorted((kind, id_, digest) for (kind, id_), digest in rules.items())),
        documents=tuple(
            SeenFile(kind, id_, document.before, document.after)
            for (kind, id_), document in sorted(documents.items())
        ),
    )


def seen_in(proof: Proof, workspace: str) -> SeenAt:
    """Return what reviewers saw of a workspace, as a proof keeps it."""
    return {
        each.commit: {
            (file.kind, file.id): SeenDocument(
                file.before, file.after, {(kind, id_): digest for kind, id_, digest in each.rules}
            )
            for file in each.documents
        }
        for each in proof.seen
        if each.workspace == workspace
    }


def format_proof(proof: Proof) -> bytes:
    """Return a proof as one line of JSON: the same bytes for the same proof.

    What names a path that is no UTF-8 is written so that it can be seen, and never read again:
    such a change is invalid, whoever approved it.
    """
    try:
        return msgspec.json.encode(proof, order="sorted")
    except UnicodeEncodeError:
        import json  # seldom needed

        values = msgspec.to_builtins(proof, order="sorted")
        return json.dumps(values, separators=(",", ":")).encode()


def parse_proof(line: bytes) -> Proof | str:
    """Return the proof that a line holds, or why it holds none."""
    try:
        proof = msgspec.json.decode(line, type=Proof)
    except (msgspec.MsgspecError, ValueError, RecursionError) as problem:
        return f"it cannot be read: {problem}"
    if proof.schema != PROOF_SCHEMA:
        return f"its schema is not `{PROOF_SCHEMA}`"
    if not is_comparable(proof.evidence.read_at):
        return "its time is none that anybody can compare"
    if format_proof(proof) != line:
        return "it is not written as plainwork writes it"
    return proof
