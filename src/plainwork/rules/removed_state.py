"""The rule ``removed-state``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(before: Snapshot, after: Snapshot, _today: date) -> Iterator[Found]:
    for id_, old in before.workflows.items():
        workflow = after.workflows.get(id_)
        if workflow is None:
            continue
        left = {state.name for state in workflow.states} | workflow.migrate.keys()
        for state in old.states:
            if state.name not in left:
                message = f"the state `{state.name}` is gone, and nothing takes its place"
                hint = f"say `migrate: {{{state.name}: …}}`, and move the work that stands there"
                yield Found(workflow.path, message, hint, ("migrate",))


RULE = Rule(
    name="removed-state",
    summary="A state that is removed or renamed is migrated in the same change.",
    remedy=(
        "Work stands in it, here or on somebody's branch, and the history names it. `migrate` says "
        "which state takes its place, for all who ask later."
    ),
    scope=Scope.CHANGE,
    check_change=_check,
)
