"""The rule ``agent-without-owner``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind == "agent" and not document.fields.get("owner"):
        message, hint = "nobody answers for the agent", "set `owner` to one person"
        yield Found(document.path, message, hint)


RULE = Rule(
    name="agent-without-owner",
    summary="A person answers for every agent.",
    remedy=(
        "What an agent does wrong has to be somebody's business. Set `owner` to the person who "
        "decides what it may do and looks after it."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
