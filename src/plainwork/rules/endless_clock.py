"""The rule ``endless-clock``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.analysis.transitions import find_reached
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
    declared = {state.name for state in workflow.states}
    for clock in workflow.clocks:
        stops = set(clock.stop)
        for position, name in enumerate(clock.start):
            at = ("clocks", clock.name, "start", position)
            if name in stops:
                message = f"`{clock.name}` starts and stops in `{name}`, so it never runs"
                yield Found(document.path, message, "leave it out of `start` or `stop`", at)
            elif not {name, *stops} <= declared:
                continue  # what is not there is found by another rule
            elif stops.isdisjoint(find_reached(name, workflow.transitions)):
                message = f"no way leads from `{name}` to where `{clock.name}` stops"
                hint = "name a state under `stop` that work reaches from there"
                yield Found(document.path, message, hint, at)


RULE = Rule(
    name="endless-clock",
    summary="From where a clock starts some way leads to where it stops.",
    remedy=(
        "What cannot be stopped is missed in the end, whatever anybody does, unless the work is "
        "done by another way. Name the states under `stop` in which the promise is kept."
    ),
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    check_document=_check,
)
