"""Evidence documents: written by adapters, kept beside decisions, and read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from plainwork.approvals.soundness import is_comparable, without_odd_times
from plainwork.errors import UsageError
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence

LARGEST = 8 * 1024 * 1024
"""Bytes: a merge queue of a hundred changes with a hundred reviews each stays below it."""

_FORGES = frozenset({"github", "gitlab", "gitea", "forgejo", "signed", "file"})


def format_evidence(evidence: Evidence) -> bytes:
    """Return an evidence document: the same bytes for the same evidence."""
    return msgspec.json.format(msgspec.json.encode(evidence, order="sorted"), indent=2) + b"\n"


def parse_evidence(data: bytes, name: str = "evidence") -> Evidence:
    """Read an evidence document.

    Args:
        data: Its bytes.
        name: What it is called in messages.

    Raises:
        UsageError: If anything in it is unknown, missing, of another type, doubled or too large:
            what cannot be read as a whole proves nothing.
    """
    if len(data) > LARGEST:
        raise _refuse(name, f"larger than {LARGEST:,} bytes")
    try:
        evidence = msgspec.json.decode(data, type=Evidence)
        _refuse_doubled_keys(data)
    except (msgspec.MsgspecError, RecursionError, ValueError) as problem:
        raise _refuse(name, str(problem) or "nested too deep") from problem
    for fault in _find_faults(evidence):
        raise _refuse(name, fault)
    return evidence


def _refuse(name: str, why: str) -> UsageError:
    return UsageError(f"{name} is no evidence document: {why}")


def _refuse_doubled_keys(data: bytes) -> None:
    """Stop at a key that stands twice: a reader could look at the one that does not count."""
    import json

    def check(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            message = "a key stands twice"
            raise ValueError(message)
        return found

    json.loads(data, object_pairs_hook=check)


def _find_faults(evidence: Evidence) -> Iterator[str]:
    """Yield what the types do not say."""
    yield from _find_own_faults(evidence)
    for member in evidence.members:
        if member.members:
            yield "a member of a group has members"
        yield from _find_own_faults(member)


def _find_own_faults(evidence: Evidence) -> Iterator[str]:
    if evidence.schema != EVIDENCE_SCHEMA:
        yield f"its schema is not `{EVIDENCE_SCHEMA}`"
    if not is_comparable(evidence.read_at) or without_odd_times(evidence) != evidence:
        yield "it has a time that nobody can compare"
    if evidence.forge not in _FORGES:
        yield f"its forge is none of {', '.join(sorted(_FORGES))}"
    if len({review.id for review in evidence.reviews}) < len(evidence.reviews):
        yield "two reviews have the same id"
