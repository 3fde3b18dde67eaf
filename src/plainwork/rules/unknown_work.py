"""The rule ``unknown-work``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.references import WORK_KINDS, find_broken_references
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for broken in find_broken_references(snapshot):
        use = broken.use
        if use.to in WORK_KINDS and not broken.found:
            message = f"there is no {use.to} `{use.target}`"
            yield Found(broken.path, message, broken.hint, use.field)


RULE = Rule(
    name="unknown-work",
    summary="Work that is named exists.",
    remedy=(
        "Work is dropped, not deleted, so that what refers to it stays true. Correct the id, or "
        "bring the document back; after a change of its id keep the old one in `aliases`."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
