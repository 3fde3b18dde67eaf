"""The rule ``invalid-condition``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.analysis.condition_bindings import condition_types
from plainwork.analysis.typed_values import find_texts
from plainwork.model import field_type as ft
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
    from plainwork.analysis.condition_lint import lint  # CEL costs start-up time

    workflow = make_workflow(document)
    types = condition_types(workflow.kind, workflow)
    for path, text in conditions:
        for message in lint(text, types):
            hint = "write CEL over the fields, such as `amount != null && amount > 1000.0`"
            yield Found(document.path, f"the condition: {message}", hint, path)


RULE = Rule(
    name="invalid-condition",
    summary="The conditions of a workflow can be judged.",
    remedy=(
        "An approval whose condition fails is always needed, and a guard never met. Conditions are "
        "CEL and name the fields of the workflow, `old`, `today`, `kind`, `workflow`, `by_agent` "
        "and `doc`."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
