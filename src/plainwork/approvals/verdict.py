"""Verdicts, one over the other: what could not be decided, what is wrong, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from plainwork.model.decision import DecidedDocument, Decision, Reason, Verdict

_STRICTEST_FIRST = (Verdict.ERROR, Verdict.REJECTED, Verdict.WAITING, Verdict.APPROVED)
_NOT_MEMBER = "group-not-approved"


def strictest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the strictest of some verdicts; of none ``error``: nothing was decided."""
    found = set(verdicts)
    return next((each for each in _STRICTEST_FIRST if each in found), Verdict.ERROR)


def combine(decisions: Sequence[Decision]) -> Verdict:
    """Return the verdict on a change that touches several workspaces, decided one by one."""
    return strictest(decision.verdict for decision in decisions)


def decide_group(group: Decision, members: Sequence[Decision]) -> Decision:
    """Return the decision on the tree that a merge queue would make of several changes.

    Each of them is fine alone; together they may not be. A document of the group counts as
    approved only if one member was approved for exactly that: the same file before and after, by
    the rules of the same base. What two members change together nobody has seen as it would be.

    Args:
        group: Decided for the group's tree, as a change that nobody has reviewed.
        members: Decided each for itself, against the same base tip.
    """
    approved = {_content(each) for decision in members for each in decision.documents}
    open_ = [
        document
        for document in group.documents
        if _content(document) not in approved
        and not all(each.met for each in document.requirements)
    ]
    reasons = [
        Reason(_NOT_MEMBER, f"{document.id} was approved in another state", "", document.path)
        for document in open_
    ]
    verdicts = [
        *(decision.verdict for decision in members),
        Verdict.WAITING if open_ else Verdict.APPROVED,
    ]
    if not members or group.verdict in (Verdict.ERROR, Verdict.REJECTED):
        verdicts.append(strictest((group.verdict, Verdict.WAITING)))
    if any(_target(decision) != _target(group) for decision in members):
        verdicts.append(Verdict.ERROR)
        reasons.append(Reason("other-evidence", "a member was decided for another base"))
    verdict = strictest(verdicts)
    return msgspec.structs.replace(
        group,
        verdict=verdict,
        expires=find_first_end((group, *members)) if verdict is Verdict.APPROVED else None,
        reasons=tuple(sorted((*group.reasons, *reasons))),
    )


def find_first_end(decisions: Iterable[Decision]) -> datetime | None:
    """Return when the first of some decisions ends; None: none of them does."""
    return min((each.expires for each in decisions if each.expires), default=None)


def _content(document: DecidedDocument) -> tuple[object, ...]:
    return document.kind, document.id, _frozen(document.before), _frozen(document.after)


def _frozen(state: dict[str, str] | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((state or {}).items()))


def _target(decision: Decision) -> tuple[str, ...]:
    return decision.repository, decision.ref, decision.base, decision.workspace
