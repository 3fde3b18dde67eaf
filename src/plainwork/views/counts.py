"""Counting works by category, in groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from plainwork.analysis.attention import is_overdue
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Category


class CountRow(msgspec.Struct, frozen=True):
    """How much work of a group there is.

    Attributes:
        name: What the group has in common: an id, a kind, or ``""`` for none.
        unknown: How much stands in a state that its workflow does not have; it counts as open.
        overdue: How much of the open work is overdue.
    """

    name: str
    proposed: int
    ready: int
    active: int
    waiting: int
    done: int
    dropped: int
    unknown: int
    overdue: int

    @property
    def open(self) -> int:
        """How much is neither done nor dropped."""
        return self.proposed + self.ready + self.active + self.waiting + self.unknown


def compute_counts(snapshot: Snapshot, by: str, overdue: Iterable[Work]) -> tuple[CountRow, ...]:
    """Count work in groups.

    Args:
        snapshot: The workspace.
        by: ``kind``, which counts all works and keeps the order of kinds; or ``project``,
            ``team``, ``owner`` or ``workflow``, which count items, most open work first.
        overdue: All work that is overdue.
    """
    columns = snapshot.works.columns
    groups = columns[by]
    items_only = by != "kind"
    counts = Counter(
        (group, category)
        for group, category, kind in zip(groups, columns["category"], columns["kind"], strict=True)
        if kind == "item" or not items_only
    )
    late = Counter(groups[work.row] for work in overdue if work.kind == "item" or not items_only)
    names = dict.fromkeys(group for group, _ in counts)
    found = [_row(name, counts, late[name]) for name in names]
    if items_only:
        return tuple(sorted(found, key=lambda row: (-row.open, row.name)))
    return tuple(sorted(found, key=lambda row: _KINDS.index(row.name)))


def count_works(works: Sequence[Work], today: date) -> CountRow:
    """Count some works as one group without a name."""
    counts = Counter(("", work.category) for work in works)
    return _row("", counts, sum(is_overdue(work, today) for work in works))


_KINDS = ("item", "project", "routine")


def _row(name: str, counts: Counter[tuple[str, Any]], overdue: int) -> CountRow:
    return CountRow(
        name=name,
        proposed=counts[name, Category.PROPOSED],
        ready=counts[name, Category.READY],
        active=counts[name, Category.ACTIVE],
        waiting=counts[name, Category.WAITING],
        done=counts[name, Category.DONE],
        dropped=counts[name, Category.DROPPED],
        unknown=counts[name, None],
        overdue=overdue,
    )
