"""All policies, each with what it applies to and asks for."""

from __future__ import annotations

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.views.approval_words import Call
from plainwork.views.shown_policy import ShownPolicy, compute_shown_policy


class PolicyList(msgspec.Struct, frozen=True):
    """The policies in the order of their titles, the default one last."""

    policies: tuple[ShownPolicy, ...]


def compute_policy_list(snapshot: Snapshot, call: Call = str) -> PolicyList:
    """Describe every policy of a workspace.

    Args:
        snapshot: The workspace.
        call: Returns what people call whom a policy names.
    """
    shown = (compute_shown_policy(policy, call) for policy in snapshot.policies.values())
    ordered = sorted(shown, key=lambda each: (each.default, each.title.casefold(), each.id))
    return PolicyList(tuple(ordered))
