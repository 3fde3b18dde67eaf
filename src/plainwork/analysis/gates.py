"""Gates of a workflow: transitions that ask for approvals, and the ways that lead round them.

Proved is over the graph alone: creation, which a change of workflow is judged as, is the beginning
of every way, a way may take several transitions, and one approval on it is enough. Whether other
guards close a way is not considered: what is reported can be gone by somebody, sometimes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from plainwork.analysis.transitions import find_entrances, find_reached
from plainwork.model.workflow import Approval, Category, Transition, Workflow


class Bypass(msgspec.Struct, frozen=True):
    """A way that leads round a gate.

    Attributes:
        gate: The transition whose approvals are not asked for.
        state: Where the way ends: the state that the gate leads to, or a done one behind it.
        entrance: The last transition of the way; None: work begins there.
        conditional: Whether approvals stand on the way, but only under a condition.
    """

    gate: Transition
    state: str
    entrance: Transition | None
    conditional: bool


def find_bypasses(workflow: Workflow) -> Iterator[Bypass]:
    """Yield, for each gate that leads on, the first way round it, if there is any.

    A gate that always asks is passed by approvals that always ask; one that asks under a condition
    by any. A gate on the way back guards what is left behind, so ways towards it are no matter.
    """
    free = find_entrances(workflow, lambda transition: not transition.approvals)
    loose = find_entrances(workflow, lambda transition: not always_asks(transition.approvals))
    places = {state.name: place for place, state in enumerate(workflow.states)}
    onwards = [each for each in workflow.transitions if _leads_on(each, places)]
    for gate in onwards:
        if not gate.approvals:
            continue
        ways = loose if always_asks(gate.approvals) else free
        for state in (gate.to, *_done_behind(gate, workflow, onwards)):
            if state in ways:
                yield Bypass(gate, state, ways[state], conditional=state not in free)
                break


def always_asks(approvals: Iterable[Approval]) -> bool:
    """Tell whether some approval of a list is asked for whatever the work says."""
    return any(not _is_conditional(approval) for approval in approvals)


def _is_conditional(approval: Approval) -> bool:
    if approval.any:
        return bool(approval.when) or all(_is_conditional(way) for way in approval.any)
    return bool(approval.when)


def _leads_on(transition: Transition, places: dict[str, int]) -> bool:
    to = places.get(transition.to)
    if to is None:
        return False
    return not transition.sources or any(places.get(each, to) < to for each in transition.sources)


def _done_behind(
    gate: Transition, workflow: Workflow, onwards: Iterable[Transition]
) -> Iterator[str]:
    reached = find_reached(gate.to, onwards)
    for state in workflow.states:
        if state.category is Category.DONE and state.name in reached:
            yield state.name
