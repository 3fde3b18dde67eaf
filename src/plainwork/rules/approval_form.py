"""The rule ``approval-form``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork.analysis.typed_values import find_approvals
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope

_KINDS = frozenset({"workflow", "policy"})
_WITH_ANY = frozenset({"any", "when"})


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind not in _KINDS:
        return
    for path, approval in find_approvals(document):
        message, hint = _find_fault(approval)
        if message:
            yield Found(document.path, message, hint, path)


def _find_fault(approval: Mapping[str, Any]) -> tuple[str, str]:
    if "any" in approval:
        others = [key for key in approval if key not in _WITH_ANY]
        if others:
            return f"`{others[0]}` says nothing beside `any`", "say it in the entries of `any`"
        return ("", "") if approval["any"] else ("`any` offers nothing", "name the alternatives")
    if approval.get("by"):
        return "", ""
    return "an approval asks nobody", "say `by` whom; where nobody is needed, `approvals: []`"


RULE = Rule(
    name="approval-form",
    summary="An approval says by whom, or offers alternatives that do.",
    remedy=(
        "What asks nobody can be given by nobody, and the change would wait for ever. Say `by` "
        "whom, or list alternatives under `any`, each complete in itself."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
