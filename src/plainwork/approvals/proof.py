"""Proofs: decisions as they are kept with what was merged, so that they can be made again.

A proof proves nothing by itself: anybody can write one. Whoever audits decides again, from the
commits and from the evidence in it; only the evidence, and what reviewers saw of commits that are
gone, has to be believed, and for that stands the protection of the notes.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from plainwork.model.change import FileState, SeenDocument
from plainwork.model.decision import Decision
from plainwork.model.evidence import Evidence

PROOF_SCHEMA = "plainwork/proof/1"

Seen = Mapping[str, Mapping[tuple[str, str], SeenDocument]]
"""Commit to kind and id of a document to what a reviewer saw of it there."""


class SeenRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One document as a reviewer saw it at a commit; rules are kind, id and digest each."""

    commit: str
    kind: str
    id: str
    before: FileState | None
    after: FileState | None
    rules: tuple[tuple[str, str, str], ...]


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision about what a commit brought in, and all that it rests on beside commits.

    Attributes:
        commit: The last commit that it is about.
        decisions: One for each workspace, as they were made: for people who read notes.
    """

    schema: str
    commit: str
    evidence: Evidence
    seen: tuple[SeenRow, ...]
    decisions: tuple[Decision, ...]


def make_proof(
    commit: str, evidence: Evidence, seen: Seen, decisions: tuple[Decision, ...]
) -> Proof:
    """Return the proof that keeps decisions."""
    rows = tuple(
        SeenRow(
            commit=at,
            kind=kind,
            id=id_,
            before=document.before,
            after=document.after,
            rules=tuple(sorted((*key, digest) for key, digest in document.rules.items())),
        )
        for at, documents in sorted(seen.items())
        for (kind, id_), document in sorted(documents.items())
    )
    return Proof(PROOF_SCHEMA, commit, evidence, rows, decisions)


def format_proof(proof: Proof) -> bytes:
    """Return a proof as one line of JSON: the same bytes for the same proof."""
    return msgspec.json.encode(proof, order="sorted")


def parse_proof(line: bytes) -> Proof | str:
    """Return the proof that a line holds, or why it holds none."""
    try:
        proof = msgspec.json.decode(line, type=Proof)
    except (msgspec.MsgspecError, ValueError, RecursionError) as problem:
        return f"it cannot be read: {problem}"
    if proof.schema != PROOF_SCHEMA:
        return f"its schema is not `{PROOF_SCHEMA}`"
    if format_proof(proof) != line:
        return "it is not written as plainwork writes it"
    return proof


def seen_in(proof: Proof) -> Seen:
    """Return what reviewers saw, as a proof keeps it."""
    found: dict[str, dict[tuple[str, str], SeenDocument]] = {}
    for row in proof.seen:
        rules = {(kind, id_): digest for kind, id_, digest in row.rules}
        document = SeenDocument(row.before, row.after, rules)
        found.setdefault(row.commit, {})[row.kind, row.id] = document
    return found
