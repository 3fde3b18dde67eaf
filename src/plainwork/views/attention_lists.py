"""All open work that needs attention, sort by sort, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from plainwork.analysis.attention import StaleTest, awaits_approval, is_overdue, is_unowned
from plainwork.analysis.blocking import is_blocked
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.promises import Promises
from plainwork.views.summary import LastChanged, Urgency, open_works


def find_attention(
    snapshot: Snapshot, promises: Promises, *, today: date, last_changed: LastChanged
) -> Mapping[str, tuple[Work, ...]]:
    """Return what needs attention: overdue, promises, approvals, blocked, unowned, stale.

    Args:
        snapshot: The workspace.
        promises: What clocks promise of it.
        today: The day of the question.
        last_changed: The day of a work's last change.
    """
    tests: dict[str, Callable[[Work], bool]] = {
        "overdue": lambda work: is_overdue(work, today),
        "promises": promises.presses,
        "approvals": lambda work: awaits_approval(work, snapshot),
        "blocked": lambda work: is_blocked(work, snapshot),
        "unowned": is_unowned,
        "stale": StaleTest(snapshot, today=today, last_changed=last_changed),
    }
    works, urgency = open_works(snapshot), Urgency(snapshot, last_changed, promises.days)
    return {name: tuple(urgency.sort(filter(test, works))) for name, test in tests.items()}
