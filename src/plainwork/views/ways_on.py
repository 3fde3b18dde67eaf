"""Where work can go from where it stands, and what each way needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

import msgspec

from plainwork.analysis.guards import Attempt, Judgement, judge_path
from plainwork.analysis.policy_scope import covers_fields
from plainwork.analysis.preview import preview_status
from plainwork.analysis.transitions import next_transitions
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import State, Transition
from plainwork.views.approvals_waiting import NeededApproval, needed_approvals

_GUARDS = ("require", "by", "checklist", "children_closed", "depends_on_closed", "when")
"""What a transition may ask for beside approvals."""


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
        state = workflow.state(transition.to)
        judgements: Iterable[Judgement] = ()
        if _is_guarded(transition, state):
            after = preview_status(work, transition.to, snapshot)
            judgements = judge_path(Attempt(work, after, snapshot, today, me), (transition,))
        approvals: tuple[NeededApproval, ...] = ()
        if transition.approvals or _some_policy_asks(snapshot):
            approvals = needed_approvals(work, transition, snapshot, today)
        yield WayOn(
            transition=transition.name,
            to=transition.to,
            label=state.label if state else transition.to,
            unmet=tuple(judgement.message for judgement in judgements if not judgement.met),
            approvals=approvals,
        )


def _is_guarded(transition: Transition, to: State | None) -> bool:
    """Return whether there is anything to judge, which takes longer than all else here."""
    limited = to is not None and to.wip_limit is not None
    return limited or any(getattr(transition, guard) for guard in _GUARDS)


@lru_cache(maxsize=1)  # a site asks for every work
def _some_policy_asks(snapshot: Snapshot) -> bool:
    """Return whether a policy may ask for approval of what a transition does.

    The default policy does not: it is for what nothing else names.
    """
    return any(
        policy.approvals and not policy.default and covers_fields(policy.applies_to, ("status",))
        for policy in snapshot.policies.values()
    )
