"""Where work can go from where it stands, and what each way needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from plainwork.analysis.guards import Attempt, judge_path
from plainwork.analysis.preview import preview_status
from plainwork.analysis.transitions import next_transitions
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.approvals_waiting import NeededApproval, needed_approvals


class WayOn(msgspec.Struct, frozen=True):
    """A transition that work may make.

    Attributes:
        to: The state that it leads to; ``label`` is its name for people.
        unmet: What is missing, a line a guard; none: it can be made now.
        approvals: What a pull request with it will need.
    """

    transition: str
    to: str
    label: str
    unmet: tuple[str, ...]
    approvals: tuple[NeededApproval, ...]


def compute_ways_on(work: Work, snapshot: Snapshot, *, today: date, me: str) -> tuple[WayOn, ...]:
    """Return the transitions out of the state of a work, in order of declaration.

    Args:
        work: The work.
        snapshot: The workspace.
        today: The day of the question.
        me: The id of the person who asks, for guards that say who may, or ``""``.
    """
    return tuple(_ways(work, snapshot, today, me))


def _ways(work: Work, snapshot: Snapshot, today: date, me: str) -> Iterator[WayOn]:
    workflow = snapshot.workflow(work)
    if workflow is None:
        return
    for transition in next_transitions(workflow, work.status):
        after = preview_status(work, transition.to, snapshot)
        attempt = Attempt(work, after, snapshot, today, me)
        judgements = judge_path(attempt, (transition,))
        state = workflow.state(transition.to)
        yield WayOn(
            transition=transition.name,
            to=transition.to,
            label=state.label if state else transition.to,
            unmet=tuple(judgement.message for judgement in judgements if not judgement.met),
            approvals=needed_approvals(work, transition, snapshot, today),
        )
