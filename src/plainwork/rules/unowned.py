"""The rule ``unowned``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    columns, workflows = snapshot.works.columns, snapshot.workflows
    for row, owner in enumerate(columns["owner"]):
        # Who would own work of an unknown workflow is not known; another rule reports that.
        if not owner and columns["workflow"][row].lower() in workflows:
            message = "nobody owns it, nor its parent, its project or its workflow"
            hint = "set `owner` here or in its workflow"
            yield Found(columns["path"][row], message, hint)


RULE = Rule(
    name="unowned",
    summary="All work has an owner.",
    remedy=(
        "Somebody has to answer for it. Set `owner` on the work, or once for many: on its parent, "
        "its project or its workflow."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
