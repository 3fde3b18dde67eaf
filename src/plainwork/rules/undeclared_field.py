"""The rule ``undeclared-field``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.parsing.definitions import make_workflow
from plainwork.parsing.field_tables import work_fields
from plainwork.parsing.near_match import did_you_mean
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "workflow":
        return
    workflow = make_workflow(document)
    known = work_fields(workflow)
    for transition in workflow.transitions:
        for position, name in enumerate(transition.require):
            if name not in known and not name.startswith("x-"):
                message = f"`{transition.name}` requires `{name}`, which is no field"
                hint = did_you_mean(name, known) or "declare it under `fields`"
                path = ("transitions", transition.name, "require", position)
                yield Found(document.path, message, hint, path)


RULE = Rule(
    name="undeclared-field",
    summary="What a transition requires is a field of its workflow.",
    remedy=(
        "Nobody could set it, so nobody could ever make the transition. Correct the name, or "
        "declare the field with its type under `fields`."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
