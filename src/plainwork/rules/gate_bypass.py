"""The rule ``gate-bypass``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.analysis.gates import Bypass, find_bypasses
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
    for bypass in find_bypasses(make_workflow(document)):
        message = f"`{bypass.gate.name}` asks for approvals, but {_describe(bypass)}"
        hint = "ask for them on every way, or on none"
        path = ("transitions", bypass.gate.name, "approvals")
        yield Found(document.path, message, hint, path)


def _describe(bypass: Bypass) -> str:
    entrance = bypass.entrance
    how = f"`{entrance.name}` enters" if entrance else "new work begins in"
    free = "asking only under a condition" if bypass.conditional else "without any"
    return f"{how} `{bypass.state}` {free}"


RULE = Rule(
    name="gate-bypass",
    summary="A state that is entered through approvals is entered so on every way.",
    remedy=(
        "Whoever does not want to ask takes the other way, in one change or in several, or by way "
        "of another type of work. Give the other way the same approvals, or, if it is harmless, "
        "lead it to a state of its own, also where it ends."
    ),
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    check_document=_check,
)
