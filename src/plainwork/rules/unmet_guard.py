"""The rule ``unmet-guard``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.guards import Attempt, Judgement, judge_path
from plainwork.analysis.snapshot_changes import find_moves
from plainwork.analysis.transitions import find_change_path
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(before: Snapshot, after: Snapshot, today: date) -> Iterator[Found]:
    for old, work in find_moves(before, after):
        path = find_change_path(old, work, before.workflow(work), after.workflow(work))
        if path is None:
            continue
        attempt = Attempt(old, work, after, today, actor="")
        for judgement in judge_path(attempt, path):
            # Who made the change is known to the gate; a working tree has no author.
            if not judgement.met and judgement.guard != "by":
                hint = "do what is missing, or undo the move"
                yield Found(work.path, _describe(judgement), hint, ("status",))


def _describe(judgement: Judgement) -> str:
    if not judgement.transition:
        return f"too much work stands there: {judgement.message}"
    return f"`{judgement.transition}`: {judgement.message}"


RULE = Rule(
    name="unmet-guard",
    summary="The guards of every transition that work has made hold.",
    remedy=(
        "A transition asks for fields, ticked checklists, closed parts or a condition. Do what is "
        "missing, or undo the move; `plainwork why ID STATUS` lists all that is asked, and who can "
        "do it."
    ),
    scope=Scope.CHANGE,
    check_change=_check,
)
