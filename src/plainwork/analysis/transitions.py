"""Which ways a workflow declares from state to state.

A status change that is no declared transition is judged as the path with the fewest
transitions, ties by order of declaration: one pull request that takes a task from start to
finish is the normal case (``FORMAT.md``, *Workflow*).
"""

from collections import deque
from collections.abc import Iterable

from plainwork.model.workflow import Transition, Workflow


def find_path(workflow: Workflow, old: str, new: str) -> tuple[Transition, ...] | None:
    """Return the transitions from one state to another, or None if there is no way.

    No transitions at all lead from a state to itself.
    """
    if old == new:
        return ()
    arrived: dict[str, Transition | None] = {old: None}
    came_from: dict[str, str] = {}
    waiting = deque([old])
    while waiting:
        state = waiting.popleft()
        for transition in next_transitions(workflow, state):
            if transition.to in arrived:
                continue
            arrived[transition.to] = transition
            came_from[transition.to] = state
            if transition.to == new:
                return tuple(_walk_back(arrived, came_from, new))
            waiting.append(transition.to)
    return None


def _walk_back(
    arrived: dict[str, Transition | None], came_from: dict[str, str], state: str
) -> Iterable[Transition]:
    path = []
    while (transition := arrived[state]) is not None:
        path.append(transition)
        state = came_from[state]
    return reversed(path)


def next_transitions(workflow: Workflow, state: str) -> tuple[Transition, ...]:
    """Return the transitions that leave a state, in order of declaration."""
    return tuple(transition for transition in workflow.transitions if state in transition.sources)


def creation_path(workflow: Workflow, state: str) -> tuple[Transition, ...] | None:
    """Return what creating work in a state has to pass, or None if it may not begin there.

    Work begins in the first state, or where a transition without ``from`` leads. Further states
    are reached from one of these as by any status change.
    """
    beginnings: dict[str, tuple[Transition, ...]] = {
        transition.to: (transition,)
        for transition in reversed(workflow.transitions)
        if not transition.sources
    }
    if workflow.states:
        beginnings.setdefault(workflow.states[0].name, ())
    if state in beginnings:
        return beginnings[state]
    ways = [
        (*first, *rest)
        for beginning, first in beginnings.items()
        if (rest := find_path(workflow, beginning, state)) is not None
    ]
    return min(ways, key=len, default=None)


def reachable_states(workflow: Workflow) -> frozenset[str]:
    """Return every state that work can come to, from where it may begin."""
    return frozenset(
        state.name for state in workflow.states if creation_path(workflow, state.name) is not None
    )
