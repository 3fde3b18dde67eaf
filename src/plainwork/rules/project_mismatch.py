"""The rule ``project-mismatch``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    columns, by_id = snapshot.works.columns, snapshot.works.by_id
    rows = zip(columns["written_project"], columns["parent"], strict=True)
    for row, (written, parent_id) in enumerate(rows):
        parent = by_id.get(parent_id.lower()) if written and parent_id else None
        if parent is None:
            continue
        theirs = parent.id if parent.kind == "project" else parent.project
        own = columns["project"][row]
        if theirs and own.lower() != theirs.lower():
            message = f"it belongs to project {own}, but its parent {parent.id} to {theirs}"
            hint = "remove `project`: it is inherited from the parent"
            yield Found(columns["path"][row], message, hint, ("project",))


RULE = Rule(
    name="project-mismatch",
    summary="A part belongs to the project of the whole.",
    remedy=(
        "Otherwise its effort and its risks would count in one project and not in the other. "
        "Remove `project`, which is inherited, or give it another parent."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
