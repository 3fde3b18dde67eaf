"""The rule ``stale-reason``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.snapshot_changes import find_moves
from plainwork.model.diagnostic import Severity
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(before: Snapshot, after: Snapshot, _today: date) -> Iterator[Found]:
    for old, work in find_moves(before, after):
        if old is not None and work.reason and work.reason == old.reason:
            message = f"the reason is still that of `{old.status}`"
            hint = f"say why it stands in `{work.status}`, or remove the line"
            yield Found(work.path, message, hint, ("reason",))


RULE = Rule(
    name="stale-reason",
    summary="The reason says why work stands where it stands now.",
    remedy=(
        "It belongs to the status: whoever moves work says why anew, or removes what was said "
        "before. `plainwork move` does so by itself."
    ),
    scope=Scope.CHANGE,
    severity=Severity.WARNING,
    check_change=_check,
)
