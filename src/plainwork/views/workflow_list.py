"""All workflows of a workspace, and how much work follows each."""

from __future__ import annotations

from collections import Counter

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import CLOSED


class ListedWorkflow(msgspec.Struct, frozen=True):
    """A workflow; ``open`` and ``closed`` count the work that follows it."""

    id: str
    title: str
    kind: str
    owner: str
    states: int
    open: int
    closed: int


class WorkflowList(msgspec.Struct, frozen=True):
    """The workflows in the order of their ids."""

    workflows: tuple[ListedWorkflow, ...]


def compute_workflow_list(snapshot: Snapshot) -> WorkflowList:
    """List the workflows of a workspace."""
    columns = snapshot.works.columns
    counts: Counter[tuple[str, bool]] = Counter()
    standing = Counter(zip(columns["workflow"], columns["category"], strict=True))
    for (name, category), count in standing.items():
        counts[name.lower(), category in CLOSED] += count
    return WorkflowList(
        tuple(
            ListedWorkflow(
                id=workflow.id,
                title=workflow.title,
                kind=workflow.kind,
                owner=workflow.owner,
                states=len(workflow.states),
                open=counts[id_, False],
                closed=counts[id_, True],
            )
            for id_, workflow in sorted(snapshot.workflows.items())
        )
    )
