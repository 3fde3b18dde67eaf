"""What needs somebody's attention: overdue, unowned, stale work and what waits for a yes.

*Blocked* has a module of its own: :mod:`plainwork.analysis.blocking`.
"""

from collections.abc import Callable
from datetime import date

from plainwork.analysis.blocking import is_blocked
from plainwork.analysis.days import shift_day
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Category

_STALE_AFTER = 14
"""How long work may stay unchanged if its workflow promises no service level."""


def is_overdue(work: Work, today: date) -> bool:
    """Return whether open work should have been finished before today."""
    due = work.due
    return due is not None and due < today and work.open


def is_unowned(work: Work) -> bool:
    """Return whether no human is accountable for work, whether open or closed."""
    return not work.accountable


def awaits_approval(work: Work, snapshot: Snapshot) -> bool:
    """Return whether work seems to wait for an approval, as far as files can tell without a forge.

    It stands in a waiting state that a transition with approvals leaves.
    """
    workflow = snapshot.workflow(work)
    return (
        workflow is not None
        and work.category is Category.WAITING
        and any(
            transition.approvals and work.status in transition.sources
            for transition in workflow.transitions
        )
    )


class StaleTest:
    """Tells whether an item or project is stale: open, unblocked, and unchanged for too long.

    Too long is more than the time within which its workflow promises to be done, on the
    calendar of the responsible team, else 14 days.

    Args:
        snapshot: The workspace.
        today: The day of the question.
        last_changed: The day of a work's last change, or None if that is not known; such work
            is not stale.
    """

    def __init__(
        self, snapshot: Snapshot, *, today: date, last_changed: Callable[[Work], date | None]
    ) -> None:
        self._snapshot = snapshot
        self._today = today
        self._last_changed = last_changed
        self._limits: dict[tuple[str, str], date] = {}

    def __call__(self, work: Work) -> bool:
        """Return whether work is stale."""
        if not work.open or work.kind == "routine":  # a routine is there to stay as it is
            return False
        changed = self._last_changed(work)
        return (
            changed is not None
            and changed < self._limit(work)
            and not is_blocked(work, self._snapshot)
        )

    def _limit(self, work: Work) -> date:
        """Return the first day of a last change that is still recent enough."""
        key = (work.workflow.lower(), work.team.lower())
        limit = self._limits.get(key)
        if limit is None:
            limit = self._limits[key] = self._compute_limit(work)
        return limit

    def _compute_limit(self, work: Work) -> date:
        from plainwork.analysis.team_calendar import find_calendar
        from plainwork.parsing.quantities import parse_duration

        workflow = self._snapshot.workflow(work)
        level = workflow.service_level if workflow else None
        within = parse_duration(level.within) if level else None
        if within is None:
            return shift_day(self._today, -_STALE_AFTER)
        calendar = find_calendar(self._snapshot, work.team)
        return calendar.add_to_date(self._today, within, -1)
