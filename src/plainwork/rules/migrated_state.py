"""The rule ``migrated-state``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "workflow":
        return
    states = document.fields.get("states", {})
    for old in document.fields.get("migrate", {}):
        if old in states:
            message = f"`{old}` is migrated, but is still a state"
            hint = "remove the state, or the line"
            yield Found(document.path, message, hint, ("migrate", old))


RULE = Rule(
    name="migrated-state",
    summary="Only states that are gone are migrated.",
    remedy=(
        "`migrate` says what replaces a state that was removed or renamed; work in a state that "
        "is still there moves by transitions. Remove one of the two."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
