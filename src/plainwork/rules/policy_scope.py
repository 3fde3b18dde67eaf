"""The rule ``policy-scope``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from plainwork.analysis.condition_bindings import condition_types
from plainwork.analysis.policy_scope import CHANGE_FIELDS
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.policy import Policy
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.near_match import did_you_mean
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for policy in snapshot.policies.values():
        scope = policy.applies_to
        for position, kind in enumerate(scope.kinds):
            if kind not in DOCUMENT_FIELDS:
                hint = did_you_mean(kind, DOCUMENT_FIELDS) or f"use {', '.join(DOCUMENT_FIELDS)}"
                field = ("applies_to", "kinds", position)
                yield Found(policy.path, f"there is no kind `{kind}`", hint, field)
        known = _fields_in(policy, snapshot) if scope.fields else {}
        for position, name in enumerate(scope.fields):
            if name not in known and not name.startswith("x-"):
                message = f"nothing that it applies to has a field `{name}`"
                field = ("applies_to", "fields", position)
                yield Found(policy.path, message, did_you_mean(name, known), field)
        for position, glob in enumerate(scope.paths):
            if glob.startswith("/") or "\\" in glob or ".." in glob.split("/"):
                message = f"no path matches `{glob}`"
                hint = "write it from the workspace's root, with `/`: `workflows/**`"
                yield Found(policy.path, message, hint, ("applies_to", "paths", position))


def _fields_in(policy: Policy, snapshot: Snapshot) -> Mapping[str, object]:
    """Return every field that some document in a policy's scope may have."""
    scope = policy.applies_to
    known: dict[str, object] = dict.fromkeys(CHANGE_FIELDS)
    chosen = {name.lower() for name in scope.workflows}
    for id_, workflow in snapshot.workflows.items():
        if (not chosen or id_ in chosen) and (not scope.kinds or workflow.kind in scope.kinds):
            known |= condition_types(workflow.kind, workflow)
    if not chosen:
        for kind in scope.kinds or DOCUMENT_FIELDS:
            known |= condition_types(kind)
    return known


RULE = Rule(
    name="policy-scope",
    summary="What a policy applies to exists.",
    remedy=(
        "A policy with a misspelt scope guards nothing, and nobody notices. Correct the kind, "
        "field or path; fields may also be `body`, `path`, `format`, `created` and `deleted`."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
