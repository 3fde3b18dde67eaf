"""The rule ``dropped-dependency``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.diagnostic import Severity
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import CLOSED, Category
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    columns, by_id = snapshot.works.columns, snapshot.works.by_id
    categories = columns["category"]
    for row, dependencies in enumerate(columns["depends_on"]):
        if not dependencies or categories[row] in CLOSED:
            continue
        for position, dependency in enumerate(dependencies):
            other = by_id.get(dependency.on.lower())
            if other is not None and categories[other.row] is Category.DROPPED:
                message = f"it waits for {other.id}, which was dropped"
                hint = "depend on what replaces it, or remove the dependency"
                yield Found(columns["path"][row], message, hint, ("depends_on", position))


RULE = Rule(
    name="dropped-dependency",
    summary="Open work waits for nothing that was dropped.",
    remedy=(
        "What was dropped will not come, so somebody has to decide whether the rest still makes "
        "sense. Depend on what replaces it, or remove the dependency."
    ),
    scope=Scope.WORKSPACE,
    severity=Severity.WARNING,
    check_workspace=_check,
)
