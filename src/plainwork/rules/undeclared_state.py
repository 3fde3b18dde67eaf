"""The rule ``undeclared-state``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.diagnostic import FieldPath
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope

_CLOCK_STATES = ("start", "stop", "pause")


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "workflow":
        return
    states = document.fields.get("states", {})
    for path, name in _named_states(document):
        if name not in states:
            yield _found(document, path, name, states)
    for name, transition in document.fields.get("transitions", {}).items():
        if transition.get("from") == []:
            hint = "name the states that it leaves; without `from` it says who may create work"
            path = ("transitions", name, "from")
            yield Found(document.path, f"`{name}` comes from nowhere", hint, path)


def _named_states(document: Document) -> Iterator[tuple[FieldPath, str]]:
    for name, transition in document.fields.get("transitions", {}).items():
        for position, state in enumerate(transition.get("from", ())):
            yield ("transitions", name, "from", position), state
        if "to" in transition:
            yield ("transitions", name, "to"), transition["to"]
    for name, clock in document.fields.get("clocks", {}).items():
        for key in _CLOCK_STATES:
            for position, state in enumerate(clock.get(key, ())):
                yield ("clocks", name, key, position), state
    for old, new in document.fields.get("migrate", {}).items():
        yield ("migrate", old), new


def _found(document: Document, path: FieldPath, name: str, states: Mapping[str, object]) -> Found:
    from plainwork.parsing.near_match import did_you_mean  # only for a diagnostic

    hint = did_you_mean(name, states) or f"its states are {', '.join(states)}"
    return Found(document.path, f"there is no state `{name}`", hint, path)


RULE = Rule(
    name="undeclared-state",
    summary="Transitions, clocks and migrations name states of their workflow.",
    remedy=(
        "A way to or from a state that does not exist can never be taken, and a clock would never "
        "stop. Correct the name, or declare the state under `states`."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
