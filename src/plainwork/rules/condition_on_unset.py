"""The rule ``condition-on-unset``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.analysis.condition_bindings import condition_types
from plainwork.analysis.typed_values import find_texts
from plainwork.model import field_type as ft
from plainwork.model.diagnostic import Severity
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.parsing.definitions import make_workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "workflow":
        return
    conditions = tuple(find_texts(document, ft.Condition))
    if not conditions:
        return
    from plainwork.analysis.condition_lint import lint, lint_unset  # CEL costs start-up time

    workflow = make_workflow(document)
    types = condition_types(workflow.kind, workflow)
    for path, text in conditions:
        if not lint(text, types):
            for message in lint_unset(text, types):
                what, _, hint = message.partition(": ")
                yield Found(document.path, f"the condition {what}", hint, path)


RULE = Rule(
    name="condition-on-unset",
    summary="A condition says what holds while a field is not set.",
    remedy=(
        "What cannot be judged is taken strictly: the approval is needed, the guard is unmet. If "
        "that is what you mean, leave it; else write what holds without the field."
    ),
    scope=Scope.DOCUMENT,
    severity=Severity.INFO,
    check_document=_check,
)
