"""The rule ``dependency-cycle``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.cycles import find_cycles, format_cycle
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    columns, by_id = snapshot.works.columns, snapshot.works.by_id
    waits_for = {
        row: [
            by_id[dependency.on.lower()].row
            for dependency in dependencies
            if dependency.on.lower() in by_id
        ]
        for row, dependencies in enumerate(columns["depends_on"])
        if dependencies
    }
    for ring in find_cycles(waits_for):
        names = format_cycle([columns["id"][row] for row in ring])
        message = f"it waits for itself: {names}"
        hint = "remove the dependency that is not needed"
        yield Found(columns["path"][ring[0]], message, hint, ("depends_on",))


RULE = Rule(
    name="dependency-cycle",
    summary="Nothing waits for itself.",
    remedy=(
        "In a ring of dependencies nothing can ever begin. Remove the one that is not needed, or "
        "split the work of which only a part is."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
