"""The rule ``transition-to-itself``."""

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
    for name, transition in document.fields.get("transitions", {}).items():
        sources = transition.get("from", [])
        if transition.get("to") in sources:
            message = f"`{name}` leads from `{transition['to']}` to itself"
            hint = "remove that state from `from`"
            path = ("transitions", name, "from", sources.index(transition["to"]))
            yield Found(document.path, message, hint, path)


RULE = Rule(
    name="transition-to-itself",
    summary="A transition leads from one state to another.",
    remedy=(
        "Work that stays where it is makes no transition, so nobody is ever asked for its guards. "
        "To guard a field, give the field `approvals`, or write a policy."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
