"""The rule ``closed-parent``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.diagnostic import Severity
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import CLOSED
from plainwork.rules.rule import Found, Rule, Scope

_MOST_NAMED = 3


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    columns, by_id = snapshot.works.columns, snapshot.works.by_id
    categories = columns["category"]
    open_parts: dict[int, list[str]] = {}
    for id_, parent_id, category in zip(columns["id"], columns["parent"], categories, strict=True):
        if parent_id and category not in CLOSED:
            parent = by_id.get(parent_id.lower())
            if parent is not None and categories[parent.row] in CLOSED:
                open_parts.setdefault(parent.row, []).append(id_)
    for row, parts in sorted(open_parts.items()):
        more = f" and {len(parts) - _MOST_NAMED} more" if len(parts) > _MOST_NAMED else ""
        message = f"it is closed, but has open parts: {', '.join(parts[:_MOST_NAMED])}{more}"
        hint = "close the parts, drop them, or give them another parent"
        yield Found(columns["path"][row], message, hint, ("status",))


RULE = Rule(
    name="closed-parent",
    summary="What is closed has no open parts.",
    remedy=(
        "Whoever looks at the whole believes that all is done. Finish or drop the parts, or give "
        "them another parent. The guard `children: closed` keeps it from happening."
    ),
    scope=Scope.WORKSPACE,
    severity=Severity.WARNING,
    check_workspace=_check,
)
