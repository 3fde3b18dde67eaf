"""Evidence documents: written by adapters, kept beside decisions, and read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from plainwork.errors import UsageError
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence

LARGEST = 8 * 1024 * 1024
"""Bytes: a merge queue of a hundred changes with a hundred reviews each stays below it."""

_FORGES = frozenset({"github", "gitlab", "gitea", "forgejo", "signed", "file"})
_COMMIT = re.compile(r"[0-9a-f]{40}\Z")
_REF = re.compile(r"refs/heads/[^\x00-\x20\x7f~^:?*\[\\]+\Z")
_NUMBER = re.compile(r"([0-9]{1,20})?\Z")


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
    faults = {
        f"its schema is not `{EVIDENCE_SCHEMA}`": evidence.schema != EVIDENCE_SCHEMA,
        f"its forge is none of {', '.join(sorted(_FORGES))}": evidence.forge not in _FORGES,
        "`ref` is no branch such as refs/heads/main": not _REF.match(evidence.ref),
        "`pull` is no number": not _NUMBER.match(evidence.pull),
        "a commit is not 40 hexadecimal digits in small letters": not all(
            _COMMIT.match(commit) for commit in _commits(evidence)
        ),
        "a time has no time zone": any(moment.tzinfo is None for moment in _times(evidence)),
        "two reviews have the same id": len({review.id for review in evidence.reviews})
        < len(evidence.reviews),
        "a count is negative": min(evidence.commits or 0, evidence.files or 0) < 0,
        "the id of an account is no number": not all(
            _NUMBER.match(number) for number in _account_numbers(evidence)
        ),
    }
    yield from (fault for fault, found in faults.items() if found)


def _commits(evidence: Evidence) -> Iterator[str]:
    yield from (evidence.base, evidence.head)
    yield from (head.commit for head in evidence.heads)
    yield from (review.commit for review in evidence.reviews if review.commit)


def _times(evidence: Evidence) -> Iterator[datetime]:
    yield evidence.read_at
    yield from (head.at for head in evidence.heads)
    yield from (review.submitted_at for review in evidence.reviews)


def _account_numbers(evidence: Evidence) -> Iterator[str]:
    yield from evidence.writers
    found = [evidence.author, *evidence.requesters, *(head.pusher for head in evidence.heads)]
    for review in evidence.reviews:
        found += [review.account, review.dismissed_by]
    yield from (account.id for account in found if account is not None)
