"""The rule ``unknown-state``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    columns = snapshot.works.columns
    problems: dict[tuple[str, str], tuple[str, str]] = {}
    for name, status in set(zip(columns["workflow"], columns["status"], strict=True)):
        workflow = snapshot.workflows.get(name.lower())
        if workflow and status and workflow.state(status) is None:
            problems[name, status] = _describe(workflow, status)
    if not problems:
        return
    rows = zip(columns["path"], columns["workflow"], columns["status"], strict=True)
    for path, name, status in rows:
        if (name, status) in problems:
            yield Found(path, *problems[name, status], field=("status",))


def _describe(workflow: Workflow, status: str) -> tuple[str, str]:
    from plainwork.parsing.near_match import did_you_mean  # only for a diagnostic

    names = [state.name for state in workflow.states]
    message = f"workflow {workflow.id} has no state `{status}`"
    return message, did_you_mean(status, names) or f"its states are {', '.join(names)}"


RULE = Rule(
    name="unknown-state",
    summary="Work stands in a state of its workflow.",
    remedy=(
        "In any other state nobody knows whether it is open, who is responsible or what may come "
        "next. Use one of the workflow's states; who renames one says `migrate`."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
