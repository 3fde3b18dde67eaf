"""The rule ``unreachable-target``."""

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
    if document.kind != "workflow":
        return
    for name, clock in document.fields.get("clocks", {}).items():
        seen: set[str] = set()
        for position, target in enumerate(clock.get("targets", ())):
            condition = target.get("when", "")
            if "" in seen or condition in seen:
                message = f"no work of `{name}` comes to this target: one before it holds first"
                hint = "the first target whose condition holds counts; the one without stands last"
                at = ("clocks", name, "targets", position)
                yield Found(document.path, message, hint, at)
            seen.add(condition)


RULE = Rule(
    name="unreachable-target",
    summary="Every target of a clock can count for some work.",
    remedy=(
        "Of the targets of a clock the first counts whose condition holds, so that nothing behind "
        "one without a condition is ever promised. Put the targets for special work first."
    ),
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    check_document=_check,
)
