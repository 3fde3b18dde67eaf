"""The rule ``unreachable-state``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.analysis.transitions import find_entrances
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
    workflow = make_workflow(document)
    reached = find_entrances(workflow)
    for state in workflow.states:
        if state.name not in reached:
            message = f"no way leads to the state `{state.name}`"
            hint = "add a transition to it, or remove it and say `migrate`"
            yield Found(document.path, message, hint, ("states", state.name))


RULE = Rule(
    name="unreachable-state",
    summary="Work can come to every state, from where it begins.",
    remedy=(
        "Nobody can put work into a state that no transition enters. Add the transition that is "
        "missing, or remove the state and say with `migrate` where its work goes."
    ),
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    check_document=_check,
)
