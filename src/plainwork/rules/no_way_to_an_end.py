"""The rule ``no-way-to-an-end``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.analysis.transitions import find_unending
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
    if workflow.states and all(state.category.open for state in workflow.states):
        hint = "give one of them the category `done` or `dropped`"
        yield Found(document.path, "no state is an end", hint, ("states",))
        return
    for name in find_unending(workflow):
        message = f"from the state `{name}` no way leads to an end"
        hint = "add a transition towards a state that is done or dropped"
        yield Found(document.path, message, hint, ("states", name))


RULE = Rule(
    name="no-way-to-an-end",
    summary="From every open state some way leads to a closed one.",
    remedy=(
        "Work that enters such a state stays open for ever. Add the transition by which it is "
        "finished or dropped."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
