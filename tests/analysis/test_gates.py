from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.gates import always_asks, find_bypasses
from plainwork.model.workflow import Approval, Category, State, Transition, Workflow

ALWAYS = Approval(by=("board",))
SOMETIMES = Approval(by=("board",), when="amount > 1000")
STATES = ("a", "b", "c", "d")

_TRANSITIONS = st.builds(
    Transition,
    name=st.sampled_from(["p", "q", "r", "s", "t"]),
    to=st.sampled_from(STATES),
    sources=st.lists(st.sampled_from(STATES), unique=True, max_size=2).map(tuple),
    approvals=st.sampled_from([(), (), (ALWAYS,), (SOMETIMES,)]),
)
_WORKFLOWS = st.lists(_TRANSITIONS, max_size=6, unique_by=lambda each: each.name).map(
    lambda transitions: Workflow(
        id="w",
        path="workflows/w.md",
        states=tuple(State(name, Category.ACTIVE) for name in STATES),
        transitions=tuple(transitions),
    )
)


def _arrivals(workflow: Workflow) -> set[tuple[str, bool]]:
    """Try every way: (state, whether an approval that is always asked for stood on it)."""
    guarded = any(not each.sources and each.to == STATES[0] for each in workflow.transitions)
    arrived = {("", False)} if guarded else {("", False), (STATES[0], False)}
    waiting = deque(arrived)
    while waiting:
        state, asked = waiting.popleft()
        for each in workflow.transitions:
            if state in (each.sources or ("",)):
                found = (each.to, asked or ALWAYS in each.approvals)
                if found not in arrived:
                    arrived.add(found)
                    waiting.append(found)
    return arrived


@given(_WORKFLOWS)
def test_threat_19_a_gated_state_without_bypass_is_entered_through_a_gate_only(
    workflow: Workflow,
) -> None:
    reported = {bypass.gate.name for bypass in find_bypasses(workflow)}
    arrivals = _arrivals(workflow)
    for gate in workflow.transitions:
        leads_on = not gate.sources or any(
            STATES.index(source) < STATES.index(gate.to) for source in gate.sources
        )
        if ALWAYS in gate.approvals and leads_on:
            assert (gate.name in reported) == ((gate.to, False) in arrivals)


def test_an_approval_of_which_one_way_always_holds_is_always_asked_for() -> None:
    assert always_asks([Approval(any=(SOMETIMES, ALWAYS))])
    assert not always_asks([SOMETIMES, Approval(any=(SOMETIMES,))])
    assert not always_asks([])
