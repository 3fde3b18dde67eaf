"""The rule ``workflow-without-states``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind == "workflow" and document.fields.get("states") == {}:
        hint = "write at least where work begins and where it ends: `todo`, `done`"
        yield Found(document.path, "it has no states", hint, ("states",))


RULE = Rule(
    name="workflow-without-states",
    summary="A workflow has states.",
    remedy=(
        "Without a state no work of this type can exist. Name the states in the order in which "
        "work passes them, each with its category."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
