"""All policies, each with what it applies to and asks for."""

from __future__ import annotations

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.views.shown_policy import ShownPolicy, compute_shown_policy


class PolicyList(msgspec.Struct, frozen=True):
    """The policies in the order of their titles, the default one last."""

    policies: tuple[ShownPolicy, ...]


def compute_policy_list(snapshot: Snapshot) -> PolicyList:
    """Describe every policy of a workspace."""
    shown = map(compute_shown_policy, snapshot.policies.values())
    ordered = sorted(shown, key=lambda each: (each.default, each.title.casefold(), each.id))
    return PolicyList(tuple(ordered))
