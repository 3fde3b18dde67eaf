"""Ways from state to state, and where work may begin."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.transitions import (
    creation_path,
    find_change_path,
    find_entrances,
    find_path,
    find_unending,
)
from plainwork.model.workflow import Category, State, Transition, Workflow
from support.builders import make_snapshot, make_workflow

STATES = ("a", "b", "c", "d", "e")


def workflow_of(
    *ways: tuple[str, str], closed: tuple[str, ...] = ("e",), migrate: dict[str, str] | None = None
) -> Workflow:
    """Build a workflow of five states; a way from `""` says where work may begin."""
    states = {
        name: Category.DONE if name in closed else Category.ACTIVE
        for name in STATES
        if name not in (migrate or {})
    }
    transitions = [
        Transition(name=f"{source}{to}", to=to, sources=(source,) if source else ())
        for source, to in ways
    ]
    return make_workflow("task", states, transitions=transitions, migrate=migrate or {})


def names(path: tuple[Transition, ...] | None) -> list[str] | None:
    return None if path is None else [transition.name for transition in path]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        pytest.param("a", "a", [], id="to itself nothing leads"),
        pytest.param("a", "b", ["ab"], id="one"),
        pytest.param("a", "d", ["ac", "cd"], id="the fewest"),
        pytest.param("a", "e", ["ab", "be"], id="of the shortest the first declared"),
        pytest.param("e", "a", None, id="no way back"),
        pytest.param("a", "nowhere", None, id="no such state"),
        pytest.param("nowhere", "a", None, id="from no state"),
    ],
)
def test_the_path(old: str, new: str, path: list[str] | None) -> None:
    workflow = workflow_of(
        ("a", "b"), ("a", "c"), ("b", "c"), ("c", "d"), ("c", "e"), ("b", "e"), ("d", "nowhere")
    )
    assert names(find_path(workflow, old, new)) == path


@pytest.mark.parametrize(
    ("ways", "state", "path"),
    [
        pytest.param([], "a", [], id="the first state is free"),
        pytest.param([], "b", None, id="no other is"),
        pytest.param([("", "a")], "a", ["a"], id="the first state with a guard"),
        pytest.param([("", "c")], "c", ["c"], id="where a transition without from leads"),
        pytest.param([("a", "b"), ("b", "c")], "c", ["ab", "bc"], id="further on"),
        pytest.param([("a", "b"), ("b", "c"), ("", "b")], "c", ["b", "bc"], id="ties: creation"),
        pytest.param([("", "a"), ("a", "b")], "b", ["a", "ab"], id="a guard on the way counts"),
    ],
)
def test_where_work_may_begin(
    ways: list[tuple[str, str]], state: str, path: list[str] | None
) -> None:
    assert names(creation_path(workflow_of(*ways), state)) == path


_ways = st.lists(
    st.tuples(st.sampled_from(("", *STATES)), st.sampled_from(STATES)), max_size=12, unique=True
)


@given(_ways, st.sampled_from(STATES), st.sampled_from(STATES))
def test_a_path_is_a_shortest_one(ways: list[tuple[str, str]], old: str, new: str) -> None:
    path = find_path(workflow_of(*ways), old, new)
    steps = {(source, to) for source, to in ways if source}
    if path is None:
        assert new not in reached(steps, old)
        return
    places = [old, *(transition.to for transition in path)]
    assert places[-1] == new
    assert all(step in steps for step in pairwise(places))
    assert all(new not in reached(steps, old, most) for most in range(len(path)))


def reached(steps: set[tuple[str, str]], start: str, most: int = len(STATES)) -> set[str]:
    """Return what can be reached in at most so many steps, by trying them all."""
    found = {start}
    for _ in range(most):
        found |= {to for source, to in steps if source in found}
    return found


@given(_ways)
def test_entrances_are_where_creation_can_lead(ways: list[tuple[str, str]]) -> None:
    workflow = workflow_of(*ways)
    entrances = find_entrances(workflow)
    for state in STATES:
        path = creation_path(workflow, state)
        assert (state in entrances) is (path is not None)
        if path:
            assert entrances[state] == path[-1]


@given(_ways, st.sets(st.sampled_from(STATES), max_size=2))
def test_unending_states_reach_no_closed_one(ways: list[tuple[str, str]], closed: set[str]) -> None:
    workflow = workflow_of(*ways, closed=tuple(closed))
    steps = {(source, to) for source, to in ways if source}
    expected = tuple(state for state in STATES if not reached(steps, state) & closed)
    assert find_unending(workflow) == expected


def test_transitions_that_are_not_passable_lead_nowhere() -> None:
    workflow = workflow_of(("a", "b"), ("b", "c"))
    assert set(find_entrances(workflow, lambda transition: transition.name != "bc")) == {"a", "b"}


def change_path(
    old: str | None, new: str, base: Workflow | None, result: Workflow | None, *, before: str = ""
) -> list[str] | None:
    works = make_snapshot(
        [
            {"id": "w", "workflow": before or "task", "status": old or "a"},
            {"id": "w", "workflow": "task", "status": new},
        ],
        workflows=[base or result or workflow_of()],
    ).works
    return names(find_change_path(works[0] if old else None, works[1], base, result))


BASE = workflow_of(("a", "b"), ("b", "c"), ("c", "e"))
WIDER = workflow_of(("a", "b"), ("b", "c"), ("c", "e"), ("e", "a"))
RENAMED = workflow_of(("b", "c"), ("c", "e"), migrate={"a": "b"})


@pytest.mark.parametrize(
    ("old", "new", "base", "result", "path"),
    [
        pytest.param("a", "c", BASE, BASE, ["ab", "bc"], id="over several transitions"),
        pytest.param("e", "a", BASE, WIDER, None, id="a way added in the same change is none"),
        pytest.param("a", "b", BASE, RENAMED, [], id="migrated in the same change"),
        pytest.param("a", "c", BASE, RENAMED, ["ab", "bc"], id="moved, by the rules as they are"),
        pytest.param("b", "a", RENAMED, BASE, None, id="a new state, by the rules to come"),
        pytest.param("b", "c", None, BASE, ["bc"], id="a workflow that is new"),
        pytest.param("b", "c", BASE, None, ["bc"], id="a workflow that is deleted"),
        pytest.param(None, "b", BASE, BASE, ["ab"], id="new work"),
        pytest.param("typo", "b", BASE, BASE, ["ab"], id="from no state: as if it were new"),
        pytest.param("a", "typo", BASE, BASE, None, id="to no state"),
        pytest.param("typo", "typo", BASE, BASE, [], id="no change"),
    ],
)
def test_what_a_change_has_to_pass(
    old: str | None,
    new: str,
    base: Workflow | None,
    result: Workflow | None,
    path: list[str] | None,
) -> None:
    assert change_path(old, new, base, result) == path


def test_work_of_another_workflow_begins_anew() -> None:
    assert change_path("c", "c", BASE, BASE, before="bug") == ["ab", "bc"]


def test_a_long_chain_takes_one_pass() -> None:
    count = 20_000
    states = tuple(State(f"s{n}", Category.ACTIVE) for n in range(count))
    transitions = tuple(
        Transition(name=f"t{n}", to=f"s{n + 1}", sources=(f"s{n}",)) for n in range(count - 1)
    )
    workflow = Workflow("long", "workflows/long.md", states=states, transitions=transitions)
    assert len(find_path(workflow, "s0", f"s{count - 1}") or ()) == count - 1
    assert len(find_entrances(workflow)) == count
    assert len(find_unending(workflow)) == count
