"""The status: where all work stands, and what needs somebody's attention."""

from __future__ import annotations

from datetime import date

import msgspec

from plainwork.analysis.attention import StaleTest, awaits_approval, is_overdue, is_unowned
from plainwork.analysis.blocking import is_blocked
from plainwork.analysis.handoffs import find_rejections
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.approvals_waiting import WaitingForApproval, describe_waiting
from plainwork.views.blocked import BlockedWork, describe_blocked
from plainwork.views.counts import CountRow, compute_counts
from plainwork.views.found import Found, Picker
from plainwork.views.orphans import Orphan, describe_orphan
from plainwork.views.promises import PromisedWork, Promises
from plainwork.views.summary import LastChanged, Urgency, WorkSummary, open_works, summarise
from plainwork.views.wip import LimitedState, find_over_limits

GROUPINGS = ("project", "team", "owner", "workflow")


class StaleWork(msgspec.Struct, frozen=True):
    """Work that nobody has changed for too long, and for how many days."""

    work: WorkSummary
    days: int


class Status(msgspec.Struct, frozen=True):
    """Where all work stands.

    Attributes:
        workspace: The name of the workspace.
        total: How many works there are.
        kinds: Counts of items, projects and routines, of those that there are.
        by: What the groups are, or ``""``.
        groups: Counts of items by project, team, owner or workflow: the most open ones first.
        breached: Targets of clocks that were missed, of work that is still waited for.
        due_soon: Targets of which no more than a day is left, or a working day.
    """

    workspace: str
    today: date
    total: int
    kinds: tuple[CountRow, ...]
    by: str
    groups: tuple[CountRow, ...]
    overdue: Found[WorkSummary]
    breached: Found[PromisedWork]
    due_soon: Found[PromisedWork]
    blocked: Found[BlockedWork]
    waiting_for_approval: Found[WaitingForApproval]
    over_limit: tuple[LimitedState, ...]
    unowned: Found[Orphan]
    stale: Found[StaleWork]


def compute_status(
    snapshot: Snapshot,
    *,
    today: date,
    last_changed: LastChanged,
    promises: Promises | None = None,
    by: str = "",
    most: int | None = None,
) -> Status:
    """Compute the status.

    Args:
        snapshot: The workspace.
        today: The day of the question.
        last_changed: The day of a work's last change.
        promises: What clocks promise; None: nothing.
        by: One of :data:`GROUPINGS`, or ``""``.
        most: How many works of each sort are described, or None for all; all are counted.
    """
    works = open_works(snapshot)
    columns = snapshot.works.columns
    promises = promises or Promises(snapshot)
    pick = Picker(Urgency(snapshot, last_changed, promises.days), most)
    is_stale = StaleTest(snapshot, today=today, last_changed=last_changed)

    def stale(work: Work) -> StaleWork:
        changed = last_changed(work) or today
        return StaleWork(summarise(work, snapshot, today), (today - changed).days)

    due, reasons, depends_on = columns["due"], columns["blocked"], columns["depends_on"]
    rejected = {work.row for work in map(snapshot.work, find_rejections(snapshot)) if work}
    overdue = [work for work in works if due[work.row] and is_overdue(work, today)]
    return Status(
        workspace=snapshot.settings.name,
        today=today,
        total=len(snapshot.works),
        kinds=compute_counts(snapshot, "kind", overdue),
        by=by,
        groups=compute_counts(snapshot, by, overdue) if by else (),
        overdue=pick(overdue, lambda work: summarise(work, snapshot, today)),
        breached=promises.find_breached(today, most),
        due_soon=promises.find_soon_due(today, most),
        blocked=pick(
            (
                work
                for work in works
                if (reasons[work.row] or depends_on[work.row] or work.row in rejected)
                and is_blocked(work, snapshot)
            ),
            lambda work: describe_blocked(work, snapshot, today),
        ),
        waiting_for_approval=pick(
            (work for work in works if awaits_approval(work, snapshot)),
            lambda work: describe_waiting(work, snapshot, today),
        ),
        over_limit=find_over_limits(snapshot),
        unowned=pick(
            filter(is_unowned, works), lambda work: describe_orphan(work, snapshot, today)
        ),
        stale=pick(filter(is_stale, works), stale),
    )
