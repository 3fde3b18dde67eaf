"""Everything that a workspace knows of a workflow, a policy or a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from plainwork.model.document import Document
from plainwork.model.policy import Policy
from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval, Transition, Workflow
from plainwork.views.statements import Statement, describe_record


class ShownState(msgspec.Struct, frozen=True):
    """A state of a workflow, and how much work stands there."""

    name: str
    label: str
    category: str
    team: str
    help: str
    count: int
    limit: int | None


class ShownTransition(msgspec.Struct, frozen=True):
    """A transition; ``needs`` says in words what its guards ask for."""

    name: str
    sources: tuple[str, ...]
    to: str
    needs: tuple[str, ...]


class ShownWorkflow(msgspec.Struct, frozen=True):
    """A workflow."""

    id: str
    path: str
    title: str
    kind: str
    owner: str
    team: str
    fields: tuple[str, ...]
    states: tuple[ShownState, ...]
    transitions: tuple[ShownTransition, ...]
    service_level: str
    body: str


class ShownPolicy(msgspec.Struct, frozen=True):
    """A policy: what it applies to, what it asks for, and why."""

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


class ShownRecord(msgspec.Struct, frozen=True):
    """A record, with the titles of the work that it is about."""

    statement: Statement
    path: str
    today: date
    about: dict[str, str]
    details: dict[str, Any]
    body: str


def compute_shown_workflow(workflow: Workflow, snapshot: Snapshot) -> ShownWorkflow:
    """Gather what is known of a workflow."""
    columns = snapshot.works.columns
    counts = Counter(
        status
        for name, status in zip(columns["workflow"], columns["status"], strict=True)
        if name.lower() == workflow.id.lower()
    )
    level = workflow.service_level
    return ShownWorkflow(
        id=workflow.id,
        path=workflow.path,
        title=workflow.title,
        kind=workflow.kind,
        owner=workflow.owner,
        team=workflow.team,
        fields=tuple(field.name for field in workflow.fields),
        states=tuple(
            ShownState(
                name=state.name,
                label=state.label,
                category=state.category.value,
                team=state.team,
                help=state.help,
                count=counts[state.name],
                limit=state.wip_limit,
            )
            for state in workflow.states
        ),
        transitions=tuple(
            ShownTransition(
                transition.name, transition.sources, transition.to, tuple(_needs(transition))
            )
            for transition in workflow.transitions
        ),
        service_level=f"{level.percent:g}% within {level.within}" if level else "",
        body=workflow.body,
    )


def compute_shown_policy(policy: Policy) -> ShownPolicy:
    """Gather what is known of a policy."""
    scope = msgspec.to_builtins(policy.applies_to)
    approvals = policy.approvals
    return ShownPolicy(
        id=policy.id,
        path=policy.path,
        title=policy.title,
        owner=policy.owner,
        default=policy.default,
        applies_to=scope,
        approvals=None if approvals is None else tuple(map(describe_approval, approvals)),
        checks=tuple(f"{check.message} ({check.require})" for check in policy.checks),
        waivers=tuple(map(describe_approval, policy.waivers)),
        body=policy.body,
    )


def compute_shown_record(record: Record, snapshot: Snapshot, today: date) -> ShownRecord:
    """Gather what is known of a record."""
    works = {name: snapshot.work(name) for name in record.about}
    body = next((each.body for each in _documents(snapshot) if each.path == record.path), "")
    return ShownRecord(
        statement=describe_record(record),
        path=record.path,
        today=today,
        about={name: work.title if work else "" for name, work in works.items()},
        details=dict(record.details),
        body=body,
    )


def describe_approval(approval: Approval) -> str:
    """Return an approval in words: ``2 of board, if amount > 10000``."""
    if approval.any:
        return " or ".join(map(describe_approval, approval.any))
    by = " or ".join(approval.by)
    if approval.count != 1:
        by = f"all of {by}" if approval.count == 0 else f"{approval.count} of {by}"
    return f"{by}, if {approval.when}" if approval.when else by


def _needs(transition: Transition) -> Iterator[str]:
    if transition.by:
        yield f"made by {' or '.join(transition.by)}"
    if transition.require:
        yield f"{', '.join(transition.require)} set"
    if transition.checklist:
        yield f"ticked: {', '.join(transition.checklist)}"
    if transition.children_closed:
        yield "its parts closed"
    if transition.depends_on_closed:
        yield "what it depends on closed"
    if transition.when:
        yield f"true: {transition.when}"
    for approval in transition.approvals:
        yield f"approval of {describe_approval(approval)}"


def _documents(snapshot: Snapshot) -> Iterator[Document]:
    yield from snapshot.record_documents
