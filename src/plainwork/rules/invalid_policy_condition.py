"""The rule ``invalid-policy-condition``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.condition_bindings import FieldTypes, condition_types
from plainwork.analysis.typed_values import find_texts
from plainwork.model import field_type as ft
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.policy import Scope as PolicyScope
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for document in snapshot.definitions:
        policy = snapshot.policies.get(document.id.lower()) if document.kind == "policy" else None
        conditions = tuple(find_texts(document, ft.Condition)) if policy else ()
        if policy is None or not conditions:
            continue
        from plainwork.analysis.condition_lint import lint  # CEL costs start-up time

        tables = _types_in(policy.applies_to, snapshot)
        for path, text in conditions:
            faults = ((where, message) for where, types in tables for message in lint(text, types))
            where, message = next(faults, ("", ""))
            if message:
                hint = "it must make sense of every document in scope; narrow `applies_to`"
                yield Found(document.path, f"the condition, for {where}: {message}", hint, path)


def _types_in(scope: PolicyScope, snapshot: Snapshot) -> list[tuple[str, FieldTypes]]:
    """Return the names that documents in scope have, for each kind or workflow."""
    chosen = [snapshot.workflows.get(name.lower()) for name in scope.workflows]
    if chosen:
        return [(each.id, condition_types(each.kind, each)) for each in chosen if each]
    kinds = [kind for kind in scope.kinds if kind in DOCUMENT_FIELDS] or list(DOCUMENT_FIELDS)
    return [(kind, condition_types(kind)) for kind in kinds]


RULE = Rule(
    name="invalid-policy-condition",
    summary="The conditions of a policy can be judged of every document in its scope.",
    remedy=(
        "An approval whose condition fails is always needed, and a check always broken. Name "
        "fields that all documents in scope have, or narrow the scope to workflows that have them."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
