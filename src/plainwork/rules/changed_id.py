"""The rule ``changed-id``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.snapshot_changes import find_renamed
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(before: Snapshot, after: Snapshot, _today: date) -> Iterator[Found]:
    for old, work in find_renamed(before, after).items():
        message = f"the id was `{old}` and is now `{work.id}`"
        hint = f"restore it, or keep the former one: `aliases: [{old}]`"
        yield Found(work.path, message, hint, ("id",))


RULE = Rule(
    name="changed-id",
    summary="Work keeps its id.",
    remedy=(
        "Others refer to work by its id, here and elsewhere. Restore it; if it has to change, the "
        "former one goes on working as an alias. A file may be renamed if `id` stands in it."
    ),
    scope=Scope.CHANGE,
    check_change=_check,
)
