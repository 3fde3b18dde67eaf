"""Everything that a workspace knows of a policy."""

from __future__ import annotations

from typing import Any

import msgspec

from plainwork.model.policy import Check, Policy
from plainwork.model.workflow import Approval
from plainwork.views.approval_words import Call, describe_consent


class ShownPolicy(msgspec.Struct, frozen=True):
    """A policy: what it applies to, what it asks for, and why.

    Attributes:
        applies_to: The keys of its scope that say something.
        approvals: In words; None: it asks for none of its own, ``()``: on purpose, none.
        checks: What must be true, in words and as a condition.
        waivers: Who may grant an exception, in words.
    """

    id: str
    path: str
    title: str
    owner: str
    default: bool
    applies_to: dict[str, Any]
    approvals: tuple[str, ...] | None
    checks: tuple[str, ...]
    waivers: tuple[str, ...]
    body: str


def compute_shown_policy(policy: Policy, call: Call = str) -> ShownPolicy:
    """Gather what is known of a policy.

    Args:
        policy: The policy.
        call: Returns what people call whom it names.
    """

    def describe(approval: Approval) -> str:
        return describe_consent(approval, call)

    approvals = policy.approvals
    return ShownPolicy(
        id=policy.id,
        path=policy.path,
        title=policy.title,
        owner=policy.owner,
        default=policy.default,
        applies_to=msgspec.to_builtins(policy.applies_to),
        approvals=None if approvals is None else tuple(map(describe, approvals)),
        checks=tuple(map(_describe_check, policy.checks)),
        waivers=tuple(map(describe, policy.waivers)),
        body=policy.body,
    )


def _describe_check(check: Check) -> str:
    severity = "" if check.severity == "error" else f", {check.severity}"
    since = f", from {check.first}" if check.first else ""
    return f"{check.message} (`{check.require}`{severity}{since})"
