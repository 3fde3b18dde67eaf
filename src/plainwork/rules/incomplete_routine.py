"""The rule ``incomplete-routine``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "work":
        return
    workflow = workflows.get(document.fields.get("workflow", "").lower())
    if workflow is None or workflow.kind != "routine":
        return
    scheduled, creates = "schedule" in document.fields, "creates" in document.fields
    if scheduled and not creates:
        hint = "add `creates: {workflow: …, title: …}`, or remove the schedule"
        yield Found(document.path, "it recurs, but creates nothing", hint, ("schedule",))
    if creates and not scheduled:
        hint = "add `schedule: {rrule: …}`, or remove `creates`"
        yield Found(document.path, "it creates work, but never recurs", hint, ("creates",))


RULE = Rule(
    name="incomplete-routine",
    summary="A routine says both when it recurs and what it creates, or neither.",
    remedy=(
        "One without the other does nothing. Without both it is a standing responsibility, which "
        "is fine."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
