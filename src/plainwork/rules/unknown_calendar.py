"""The rule ``unknown-calendar``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.references import find_broken_references
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for broken in find_broken_references(snapshot):
        use = broken.use
        if use.to == "calendar":
            hint = broken.hint or f"add `[calendars.{use.target}]` to plainwork.toml"
            yield Found(broken.path, f"there is no calendar `{use.target}`", hint, use.field)


RULE = Rule(
    name="unknown-calendar",
    summary="Calendars that are named exist.",
    remedy=(
        "Business days are counted on them. Correct the name, or describe the working hours under "
        "`[calendars]` in `plainwork.toml`."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
