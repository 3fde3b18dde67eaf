"""The rule ``forbidden-transition``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.snapshot_changes import find_moves
from plainwork.analysis.transitions import find_change_path, next_transitions
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(before: Snapshot, after: Snapshot, _today: date) -> Iterator[Found]:
    for old, work in find_moves(before, after):
        base, result = before.workflow(work), after.workflow(work)
        workflow = base or result
        if workflow is None or after.state(work) is None:
            continue  # unknown-workflow and unknown-state tell it
        if find_change_path(old, work, base, result) is None:
            yield Found(work.path, _describe(old, work), _hint(old, work, workflow), ("status",))


def _describe(old: Work | None, work: Work) -> str:
    if old is None:
        return f"new work cannot begin in `{work.status}`"
    if old.workflow.lower() != work.workflow.lower():
        return f"work that comes to workflow {work.workflow} cannot begin in `{work.status}`"
    return f"no transition leads from `{old.status}` to `{work.status}`"


def _hint(old: Work | None, work: Work, workflow: Workflow) -> str:
    if old is None or old.workflow.lower() != work.workflow.lower():
        return f"begin in `{workflow.states[0].name}`" if workflow.states else ""
    ways = dict.fromkeys(transition.to for transition in next_transitions(workflow, old.status))
    if not ways:
        return f"no transition leads out of `{old.status}`"
    return f"from `{old.status}` it can go to {', '.join(ways)}"


RULE = Rule(
    name="forbidden-transition",
    summary="Work moves, and begins, by the transitions of its workflow.",
    remedy=(
        "A change of status needs a declared way from the old state to the new one, over one or "
        "several transitions, as the workflow was before the change. `plainwork why` shows it."
    ),
    scope=Scope.CHANGE,
    check_change=_check,
)
