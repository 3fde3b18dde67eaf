"""The rule ``delegation-to-oneself``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "person":
        return
    for position, delegate in enumerate(document.fields.get("delegates", ())):
        if delegate.get("to", "").lower() == document.id.lower():
            path = ("delegates", position, "to")
            hint = "name the one who stands in, or remove the entry"
            yield Found(document.path, "they stand in for themselves", hint, path)


RULE = Rule(
    name="delegation-to-oneself",
    summary="Somebody else stands in for a person.",
    remedy=(
        "Whoever is away cannot approve in their own place. Name another person, or remove the "
        "entry."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
