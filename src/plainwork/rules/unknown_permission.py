"""The rule ``unknown-permission``."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from plainwork.model.party import Agent
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Workflow
from plainwork.parsing.field_tables import work_fields
from plainwork.parsing.near_match import did_you_mean
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for party in snapshot.parties.values():
        if isinstance(party, Agent):
            for key, words in (("move", party.move), ("edit", party.edit)):
                for position, word in enumerate(words):
                    message, hint = _find_fault(key, word, snapshot)
                    if message:
                        yield Found(party.path, message, hint, ("may", key, position))


def _find_fault(key: str, word: str, snapshot: Snapshot) -> tuple[str, str]:
    id_, dot, name = word.partition(".")
    workflow = snapshot.workflows.get(id_.lower())
    if not dot or workflow is None:
        form = "workflow.transition" if key == "move" else "workflow.field"
        near = did_you_mean(id_, snapshot.workflows)
        return f"`{word}` names no workflow", near or f"write `{form}`"
    known = _names(key, workflow)
    if name in known:
        return "", ""
    what = "transition" if key == "move" else "field"
    return f"workflow {workflow.id} has no {what} `{name}`", did_you_mean(name, known)


def _names(key: str, workflow: Workflow) -> Collection[str]:
    if key == "move":
        return [transition.name for transition in workflow.transitions]
    return [*work_fields(workflow), "body"]


RULE = Rule(
    name="unknown-permission",
    summary="What an agent may do exists.",
    remedy=(
        "An agent may do what its file lists and nothing else, so a misspelt entry permits "
        "nothing. Write `workflow.transition` under `move`, `workflow.field` under `edit`."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
