"""The rule ``open-dependency``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.diagnostic import Severity
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import CLOSED, Category
from plainwork.rules.rule import Found, Rule, Scope

_NEED_THE_END = frozenset({"FS", "FF"})


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    columns, by_id = snapshot.works.columns, snapshot.works.by_id
    categories = columns["category"]
    for row, dependencies in enumerate(columns["depends_on"]):
        if not dependencies or categories[row] is not Category.DONE:
            continue
        for position, dependency in enumerate(dependencies):
            other = by_id.get(dependency.on.lower())
            if other is None or dependency.type not in _NEED_THE_END:
                continue
            if categories[other.row] not in CLOSED:
                message = f"it is done, but {other.id}, on which it depends, is open"
                hint = "finish that one too, or remove the dependency if it was none"
                yield Found(columns["path"][row], message, hint, ("depends_on", position))


RULE = Rule(
    name="open-dependency",
    summary="What is done depends on nothing open.",
    remedy=(
        "Either the other work was not needed, and the dependency is wrong, or it is finished and "
        "nobody said so. The guard `depends_on: closed` keeps it from happening."
    ),
    scope=Scope.WORKSPACE,
    severity=Severity.WARNING,
    check_workspace=_check,
)
