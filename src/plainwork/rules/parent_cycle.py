"""The rule ``parent-cycle``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.cycles import find_cycles, format_cycle
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    columns, by_id = snapshot.works.columns, snapshot.works.by_id
    above = {
        row: (by_id[parent.lower()].row,)
        for row, parent in enumerate(columns["parent"])
        if parent and parent.lower() in by_id
    }
    for ring in find_cycles(above):
        names = format_cycle([columns["id"][row] for row in ring])
        message = f"it is a part of itself: {names}"
        yield Found(columns["path"][ring[0]], message, "remove one `parent`", ("parent",))


RULE = Rule(
    name="parent-cycle",
    summary="Nothing is a part of itself.",
    remedy=(
        "Work makes one tree: owner, project and visibility come from above, and in a ring there "
        "is no above. Remove the `parent` that is wrong."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
