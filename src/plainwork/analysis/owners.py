"""Where an owner is written: at work, or above it for many."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.model.snapshot import Snapshot


def find_owners(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the path of every work, workflow and policy that names an owner, and that owner."""
    columns = snapshot.works.columns
    for path, owner in zip(columns["path"], columns["written_owner"], strict=True):
        if owner:
            yield path, owner
    for workflow in snapshot.workflows.values():
        if workflow.owner:
            yield workflow.path, workflow.owner
    for policy in snapshot.policies.values():
        if policy.owner:
            yield policy.path, policy.owner
