"""The rule ``deleted-open-work``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.snapshot_changes import find_gone, find_renamed
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(before: Snapshot, after: Snapshot, _today: date) -> Iterator[Found]:
    renamed, unread = find_renamed(before, after), frozenset(after.unreadable)
    for work in find_gone(before, after):
        # What has another id now, or cannot be read, other rules tell.
        if work.open and work.id not in renamed and work.path not in unread:
            message = f"{work.id} was open and has been deleted"
            hint = "restore the file and drop the work: `plainwork move ID STATUS --reason …`"
            yield Found(work.path, message, hint)


RULE = Rule(
    name="deleted-open-work",
    summary="Open work is dropped, not deleted.",
    remedy=(
        "Somebody looks for it in two years, and others may refer to it. Restore the file, and "
        "move the work to a state that says that it will not be done."
    ),
    scope=Scope.CHANGE,
    check_change=_check,
)
