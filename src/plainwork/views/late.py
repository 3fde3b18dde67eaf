"""Late work: why it is late, and who must act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from plainwork.analysis.attention import awaits_approval
from plainwork.analysis.blocking import find_blockers, find_obstacle
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Category
from plainwork.views.approvals_waiting import describe_waiting
from plainwork.views.summary import WorkSummary, summarise

_REASONS = {
    Category.PROPOSED: "nobody has committed to it yet",
    Category.READY: "it has not been begun",
    Category.ACTIVE: "it is being worked on",
}


class LateWork(msgspec.Struct, frozen=True):
    """Work that should have been finished.

    Attributes:
        reason: Why it is not, in words; ``""``: it waits for other work.
        waits_for: The work that it directly waits for.
        act: Ids of those who can bring it on: who approves, who does what it waits for, or who
            does it.
    """

    work: WorkSummary
    reason: str
    waits_for: tuple[WorkSummary, ...]
    act: tuple[str, ...]


def describe_late(work: Work, snapshot: Snapshot, today: date) -> LateWork:
    """Return late work with why it is late and who must act.

    A reason that somebody wrote counts for more than one that follows from the state.
    """
    obstacle, blockers = find_obstacle(work, snapshot), find_blockers(work, snapshot)
    if obstacle or blockers:
        reason = obstacle
        own = _doers(work) if obstacle else ()
        act: Iterable[str] = (*own, *(doer for other in blockers for doer in _doers(other)))
    elif awaits_approval(work, snapshot):
        reason = "it waits for approval"
        decisions = describe_waiting(work, snapshot, today).decisions
        act = (person for decision in decisions for person in decision.people)
    else:
        reason, act = work.reason or _explain(work, snapshot), _doers(work)
    return LateWork(
        work=summarise(work, snapshot, today),
        reason=reason,
        waits_for=tuple(summarise(other, snapshot, today) for other in blockers),
        act=tuple(dict.fromkeys(act)),
    )


def _explain(work: Work, snapshot: Snapshot) -> str:
    state = snapshot.state(work)
    if state is None:
        return "its state is unknown"
    return _REASONS.get(state.category, f"it waits in “{state.label}”")


def _doers(work: Work) -> tuple[str, ...]:
    return work.assignees or tuple(filter(None, (work.accountable or work.team,)))
