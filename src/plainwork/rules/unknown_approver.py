"""The rule ``unknown-approver``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.approver_names import ApproverNames, names_in_policy, names_in_workflow
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for document in snapshot.definitions:
        words = [use for use in document.references if use.to == "approver"]
        unknown = [use for use in words if snapshot.party(use.target) is None]
        names = _names_in(document, snapshot) if unknown else None
        if names is None:
            continue
        for use in unknown:
            excluded = "exclude" in use.field
            fault, hint = names.find_fault(use.target, snapshot.parties, excluded=excluded)
            if fault:
                hint = hint or "write a person, a team or a relation such as `owner.manager`"
                yield Found(document.path, fault, hint, use.field)


def _names_in(document: Document, snapshot: Snapshot) -> ApproverNames | None:
    if document.kind == "workflow":
        workflow = snapshot.workflows.get(document.id.lower())
        return names_in_workflow(workflow, snapshot) if workflow else None
    policy = snapshot.policies.get(document.id.lower())
    return names_in_policy(policy, snapshot) if policy else None


RULE = Rule(
    name="unknown-approver",
    summary="Whoever is asked or excluded is a party or a relation that exists.",
    remedy=(
        "An approval by nobody is never given. Name a person, a team, a field of type party, "
        "`did.` and a transition; `project.`, `parent.` or `workflow.` may stand before a "
        "relation, `.lead` or `.manager` behind it."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
