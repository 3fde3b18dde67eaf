"""The rule ``team-without-lead``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.diagnostic import Severity
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind == "team" and not document.fields.get("lead"):
        message, hint = "the team has no lead", "set `lead` to one person"
        yield Found(document.path, message, hint)


RULE = Rule(
    name="team-without-lead",
    summary="A team has a lead.",
    remedy=(
        "The lead answers for what the team owns and for the promises it makes. Name one person; "
        "it may be a member."
    ),
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    check_document=_check,
)
