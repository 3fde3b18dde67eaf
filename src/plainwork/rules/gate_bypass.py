"""The rule ``gate-bypass``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.analysis.transitions import find_entrances
from plainwork.model.diagnostic import Severity
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Transition, Workflow
from plainwork.parsing.definitions import make_workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "workflow":
        return
    workflow = make_workflow(document)
    places = {state.name: place for place, state in enumerate(workflow.states)}
    free = find_entrances(workflow, lambda transition: not transition.approvals)
    for transition in workflow.transitions:
        if transition.approvals and transition.to in free and _leads_on(transition, places):
            entrance = free[transition.to]
            how = f"`{entrance.name}` enters" if entrance else "new work begins in"
            message = (
                f"`{transition.name}` asks for approvals, but {how} `{transition.to}` without any"
            )
            hint = "ask for them on every way, or on none"
            path = ("transitions", transition.name, "approvals")
            yield Found(document.path, message, hint, path)


def _leads_on(transition: Transition, places: Mapping[str, int]) -> bool:
    """Whether it is a gate on the way on; one on the way back guards what is left behind."""
    to = places[transition.to]
    return not transition.sources or any(places.get(each, to) < to for each in transition.sources)


RULE = Rule(
    name="gate-bypass",
    summary="A state that is entered through approvals is entered so on every way.",
    remedy=(
        "Whoever does not want to ask takes the other way, in one change or in several. Give the "
        "other way the same approvals, or, if it is harmless, lead it to a state of its own."
    ),
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    check_document=_check,
)
