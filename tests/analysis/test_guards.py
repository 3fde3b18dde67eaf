"""Whether transitions may be made: every guard, held and not held."""

from datetime import date
from typing import Any

import pytest

from plainwork.analysis.guards import Attempt, Judgement, judge_path
from plainwork.model.party import Agent, Party
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Category, CustomField, State, Transition, Workflow
from support.builders import make_person, make_snapshot, make_team, make_workflow

TODAY = date(2026, 5, 15)
PARTIES: list[Party] = [
    make_person("ann"),
    make_person("bo"),
    make_team("crew", lead="bo"),
    Agent("robot", "agents/robot.md", "Robot", owner="ann"),
    Agent("old", "agents/old.md", "Old", owner="ann", last=date(2026, 5, 14)),
]
WORKFLOW = make_workflow(
    "task", fields=[CustomField("amount", "money"), CustomField("ready", "boolean")]
)


def world(*works: dict[str, Any], workflow: Workflow = WORKFLOW) -> Snapshot:
    projects = make_workflow("project", kind="project")
    return make_snapshot(works, workflows=[workflow, projects], parties=PARTIES)


def judge(
    snapshot: Snapshot, transition: Transition, *, actor: str = "ann", new: bool = False
) -> list[Judgement]:
    """Judge the step of work `old` to work `new`, or of `new` as new work."""
    after = snapshot.work("new")
    assert after is not None
    attempt = Attempt(None if new else snapshot.work("old"), after, snapshot, TODAY, actor)
    return list(judge_path(attempt, [transition]))


def guard(**asks: Any) -> Transition:
    return Transition(name="go", to="done", **asks)


@pytest.mark.parametrize(
    ("work", "name", "met"),
    [
        ({"amount": "0"}, "amount", True),
        ({}, "amount", False),
        ({"ready": False}, "ready", True),
        ({"labels": []}, "labels", False),
        ({"labels": ["x"]}, "labels", True),
        ({"owner": "ann", "fields": {}}, "owner", True),
        ({"x-voucher": "9"}, "x-voucher", True),
    ],
)
def test_require(work: dict[str, Any], name: str, met: bool) -> None:
    (found,) = judge(world({"id": "new", **work}), guard(require=(name,)), new=True)
    assert (found.guard, found.transition, found.met) == ("require", "go", met)


@pytest.mark.parametrize(
    ("by", "actor", "met"),
    [
        (("owner",), "ann", True),
        (("owner",), "ANN", True),
        (("owner",), "bo", False),
        (("owner", "crew"), "bo", True),
        (("robot",), "robot", True),
        (("owner",), "robot", False),
        (("old",), "old", False),
        (("owner",), "", False),
    ],
)
def test_by(by: tuple[str, ...], actor: str, met: bool) -> None:
    snapshot = world({"id": "old", "owner": "ann"}, {"id": "new", "owner": "bo"})
    (found,) = judge(snapshot, guard(by=by), actor=actor)
    assert found.met is met
    assert "robot" not in found.who


def test_nobody_makes_himself_eligible_by_the_same_change() -> None:
    snapshot = world({"id": "old", "owner": "ann"}, {"id": "new", "owner": "bo"})
    (found,) = judge(snapshot, guard(by=("owner",)), actor="bo")
    assert not found.met
    assert found.who == ("ann",)
    (found,) = judge(snapshot, guard(by=("owner",)), actor="bo", new=True)
    assert not found.met


@pytest.mark.parametrize(
    ("body", "met", "message"),
    [
        ("### Checks\n- [x] a\n- [x] b\n", True, "the checklist “Checks”: 2 of 2 ticked"),
        ("### checks\n- [x] a\n- [ ] b\n", False, "the checklist “Checks”: 1 of 2 ticked"),
        ("### Checks\nnone\n", False, "the checklist “Checks” is missing"),
        ("- [x] a\n", False, "the checklist “Checks” is missing"),
    ],
)
def test_checklist(body: str, met: bool, message: str) -> None:
    snapshot = world({"id": "new", "body": body})
    (found,) = judge(snapshot, guard(checklist=("Checks",)), new=True)
    assert found.met is met
    assert found.message.startswith(message)


@pytest.mark.parametrize(
    ("status", "met"), [("done", True), ("dropped", True), ("todo", False), ("nowhere", False)]
)
def test_children_are_closed(status: str, met: bool) -> None:
    part = {"id": "part", "parent": "new", "status": status, "owner": "bo"}
    (found,) = judge(world({"id": "new"}, part), guard(children_closed=True), new=True)
    assert found.met is met
    assert found.who == (() if met else ("bo",))


def test_without_children_all_are_closed() -> None:
    (found,) = judge(world({"id": "new"}), guard(children_closed=True), new=True)
    assert found.met


def test_parts_of_a_project_are_all_that_belongs_to_it() -> None:
    snapshot = world(
        {"id": "new", "workflow": "project"},
        {"id": "child", "parent": "new", "project": "new"},
        {"id": "belongs", "project": "NEW"},
        {"id": "other", "project": "else"},
    )
    (found,) = judge(snapshot, guard(children_closed=True), new=True)
    assert found.message == "still open: child, belongs"


@pytest.mark.parametrize(
    ("depends_on", "met", "message"),
    [
        ([], True, "what it waits for is closed"),
        (["closed"], True, "what it waits for is closed"),
        (["closed", "open"], False, "still open: open"),
        (["hr:hr-7k3q9"], False, "cannot be judged here: hr:hr-7k3q9"),
        (["hr:hr-7k3q9", "open"], False, "still open: open"),
    ],
)
def test_dependencies_are_closed(depends_on: list[str], met: bool, message: str) -> None:
    others = ({"id": "closed", "status": "done"}, {"id": "open", "status": "doing"})
    snapshot = world({"id": "new", "depends_on": depends_on}, *others)
    (found,) = judge(snapshot, guard(depends_on_closed=True), new=True)
    assert (found.met, found.message) == (met, message)


def test_of_many_open_ones_a_few_are_named() -> None:
    parts = [{"id": f"p{n}", "parent": "new"} for n in range(7)]
    (found,) = judge(world({"id": "new"}, *parts), guard(children_closed=True), new=True)
    assert found.message == "still open: p0, p1, p2, p3, p4 and 2 more"


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ("amount != null && amount < 1000", True),
        ("amount > old.amount", True),
        ("amount < old.amount", False),
        ("by_agent", False),
        ("amount", False),
        ("nothing == 1", False),
        ("amount <", False),
        ("today == date('2026-05-15')", True),
    ],
)
def test_a_condition_holds_or_is_unmet(condition: str, met: bool) -> None:
    snapshot = world({"id": "old", "amount": "100"}, {"id": "new", "amount": "200"})
    (found,) = judge(snapshot, guard(when=condition))
    assert found.met is met
    assert condition in found.message


LIMITED = Workflow(
    "task",
    "workflows/task.md",
    states=(State("todo", Category.READY), State("doing", Category.ACTIVE, wip_limit=2)),
)


@pytest.mark.parametrize(
    ("others", "met"),
    [
        pytest.param([], True, id="the first"),
        pytest.param([{"team": "crew"}], True, id="the last that fits"),
        pytest.param([{"team": "crew"}, {"team": "crew"}], False, id="too many"),
        pytest.param([{"team": "crew"}, {"team": "else"}], True, id="of another team"),
        pytest.param(
            [{"team": "crew"}, {"team": "crew", "status": "todo"}], True, id="in another state"
        ),
    ],
)
def test_the_limit_of_a_state(others: list[dict[str, Any]], met: bool) -> None:
    works = [{"status": "doing", **other} for other in others]
    snapshot = world(
        {"id": "old", "team": "crew"},
        {"id": "new", "status": "doing", "team": "crew"},
        *works,
        workflow=LIMITED,
    )
    (found,) = judge(snapshot, guard())
    assert (found.guard, found.met) == ("wip_limit", met)


def test_the_limit_is_no_matter_to_what_stands_there_already() -> None:
    snapshot = world(
        {"id": "old", "status": "doing"},
        {"id": "new", "status": "doing"},
        {"status": "doing"},
        workflow=LIMITED,
    )
    assert judge(snapshot, guard()) == []


def test_work_counts_once_whether_the_snapshot_has_the_change_or_not() -> None:
    before = world({"id": "old"}, workflow=LIMITED)
    with_it = world({"id": "new", "status": "doing"}, workflow=LIMITED)
    after = with_it.work("new")
    assert after is not None
    for around in (before, with_it):
        attempt = Attempt(before.work("old"), after, around, TODAY, "ann")
        (found,) = judge_path(attempt, [guard()])
        assert found.message == "1 in Doing, at most 2"


def test_every_guard_on_the_path_is_judged_of_the_result() -> None:
    snapshot = world({"id": "old"}, {"id": "new", "amount": "5", "status": "done"})
    path = [
        Transition("one", "doing", ("todo",), require=("amount",)),
        Transition("two", "done", ("doing",), require=("amount", "due")),
    ]
    after = snapshot.work("new")
    assert after is not None
    attempt = Attempt(snapshot.work("old"), after, snapshot, TODAY, "ann")
    judged = [(each.transition, each.met) for each in judge_path(attempt, path)]
    assert judged == [("one", True), ("two", True), ("two", False)]
