"""Which ways a workflow declares from state to state.

A status change that is no declared transition is judged as the path with the fewest
transitions, ties by order of declaration: one pull request that takes a task from start to
finish is the normal case (``FORMAT.md``, *Workflow*).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping

from plainwork.model.work import Work
from plainwork.model.workflow import Transition, Workflow

_BEGINNING = ""
"""Where work is before it is created: the place that transitions without ``from`` leave."""

_Steps = Mapping[str, tuple[str, Transition] | None]
"""Each place that was reached: from which one and by what; None for where the search began."""


def find_path(workflow: Workflow, old: str, new: str) -> tuple[Transition, ...] | None:
    """Return the transitions from one state to another, or None if there is no way.

    No transitions at all lead from a state to itself.
    """
    if old == new:
        return ()
    return _walk(_search(workflow, (old,)), new)


def creation_path(workflow: Workflow, state: str) -> tuple[Transition, ...] | None:
    """Return what creating work in a state has to pass, or None if it may not begin there.

    Work begins in the first state, or where a transition without ``from`` leads. Further states
    are reached from one of these as by any status change.
    """
    return _walk(_search(workflow, _beginnings(workflow)), state)


def find_change_path(
    before: Work | None, after: Work, base: Workflow | None, result: Workflow | None
) -> tuple[Transition, ...] | None:
    """Return the transitions that a change of work has to pass, or None if it is forbidden.

    The rules as they are decide. Only states that they do not know are judged by the rules as
    they would be; whoever changes those needs consent for that. Work that changes its workflow,
    or stood in no state of it, is judged as new: nobody gets round a gate by a detour.

    Args:
        before: The work as it is; None: it is new.
        after: The work as it would be.
        base: The workflow of ``after`` as it is; None: there is none yet.
        result: The workflow of ``after`` as it would be; None: there is none.
    """
    known = [workflow for workflow in (base, result) if workflow is not None]
    old = before.status if before and before.workflow.lower() == after.workflow.lower() else ""
    if old == after.status or (result and _migrates(result, old, after.status)):
        return ()
    for workflow in known:
        if workflow.state(old) and workflow.state(after.status):
            return find_path(workflow, old, after.status)
    if not any(workflow.state(old) for workflow in known):
        for workflow in known:
            if workflow.state(after.status):
                return creation_path(workflow, after.status)
    return None


def _migrates(workflow: Workflow, old: str, new: str) -> bool:
    return workflow.state(old) is None and workflow.migrate.get(old) == new


def next_transitions(workflow: Workflow, state: str) -> tuple[Transition, ...]:
    """Return the transitions that leave a state, in order of declaration."""
    return tuple(transition for transition in workflow.transitions if state in transition.sources)


def find_entrances(
    workflow: Workflow, passable: Callable[[Transition], bool] = lambda _: True
) -> dict[str, Transition | None]:
    """Return every state that work can come to, from where it may begin.

    Args:
        workflow: The workflow.
        passable: Which transitions may be used.

    Returns:
        State to the transition that enters it on a shortest way; None: work begins there.
    """
    steps = _search(workflow, _beginnings(workflow), passable)
    return {state: step and step[1] for state, step in steps.items() if state != _BEGINNING}


def find_reached(start: str, transitions: Iterable[Transition]) -> set[str]:
    """Return the states that some transitions lead to from a state, itself left out."""
    leaving: dict[str, list[str]] = {}
    for transition in transitions:
        for source in transition.sources:
            leaving.setdefault(source, []).append(transition.to)
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for state in leaving.get(waiting.pop(), ()):
            if state not in reached:
                reached.add(state)
                waiting.append(state)
    return reached - {start}


def find_unending(workflow: Workflow) -> tuple[str, ...]:
    """Return the open states from which no way leads to a closed one, in order of declaration."""
    sources: dict[str, list[str]] = {}
    for transition in workflow.transitions:
        sources.setdefault(transition.to, []).extend(transition.sources)
    ending = {state.name for state in workflow.states if not state.category.open}
    waiting = list(ending)
    while waiting:
        for source in sources.get(waiting.pop(), ()):
            if source not in ending:
                ending.add(source)
                waiting.append(source)
    return tuple(state.name for state in workflow.states if state.name not in ending)


def _beginnings(workflow: Workflow) -> tuple[str, ...]:
    first = workflow.states[0].name if workflow.states else _BEGINNING
    guarded = any(not each.sources and each.to == first for each in workflow.transitions)
    return (_BEGINNING,) if guarded else (_BEGINNING, first)


def _search(
    workflow: Workflow,
    starts: Iterable[str],
    passable: Callable[[Transition], bool] = lambda _: True,
) -> _Steps:
    """Go all ways from some places, the shortest first."""
    declared = {state.name for state in workflow.states}
    leaving: dict[str, list[Transition]] = {}
    for transition in workflow.transitions:
        if transition.to in declared and passable(transition):
            for source in transition.sources or (_BEGINNING,):
                leaving.setdefault(source, []).append(transition)
    steps: dict[str, tuple[str, Transition] | None] = dict.fromkeys(starts)
    waiting = deque(steps)
    while waiting:
        place = waiting.popleft()
        for transition in leaving.get(place, ()):
            if transition.to not in steps:
                steps[transition.to] = (place, transition)
                waiting.append(transition.to)
    return steps


def _walk(steps: _Steps, state: str) -> tuple[Transition, ...] | None:
    if state not in steps:
        return None
    path: list[Transition] = []
    while (step := steps[state]) is not None:
        state, transition = step
        path.append(transition)
    return tuple(reversed(path))
