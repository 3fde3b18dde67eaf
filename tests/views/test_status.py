"""The status: what is counted, and what needs attention."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval, Category, State, Transition
from plainwork.views.blocked import describe_blocked
from plainwork.views.status import Status, compute_status
from plainwork.views.summary import Urgency
from plainwork.views.wip import find_limited_states, find_over_limits
from support.builders import make_person, make_snapshot, make_team, make_workflow

TODAY = date(2026, 3, 2)


def _status(snapshot: Snapshot, **options: object) -> Status:
    given = {"today": TODAY, "last_changed": lambda _: TODAY, **options}
    return compute_status(snapshot, **given)  # type: ignore[arg-type]


def test_kinds_are_counted_apart() -> None:
    workflows = [
        make_workflow(),
        make_workflow("project", {"running": "active"}, kind="project"),
        make_workflow("routine", {"active": "active"}, kind="routine"),
    ]
    works: list[Any] = [
        {"workflow": "routine"},
        {"status": "doing", "due": "2026-03-01"},
        {"status": "done", "due": "2026-03-01"},
        {"status": "nowhere"},
        {"workflow": "project", "due": "2026-03-01"},
    ]
    status = _status(make_snapshot(works, workflows=workflows))
    rows = [(row.name, row.active, row.done, row.unknown, row.overdue) for row in status.kinds]
    assert rows == [("item", 1, 1, 1, 1), ("project", 1, 0, 0, 1), ("routine", 1, 0, 0, 0)]
    assert (status.total, status.overdue.count) == (5, 2)


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        pytest.param("owner", [("ada", 2, 1), ("", 0, 0)], id="owner"),
        pytest.param("project", [("p", 2, 1), ("", 0, 0)], id="project"),
        pytest.param("workflow", [("task", 2, 1)], id="workflow"),
    ],
)
def test_items_in_groups(by: str, groups: list[tuple[str, int, int]]) -> None:
    works: list[Any] = [
        {"owner": "ada", "project": "p", "due": "2026-02-01"},
        {"owner": "ada", "project": "p", "status": "doing"},
        {"status": "done", "due": "2026-02-01"},
    ]
    found = _status(make_snapshot(works), by=by).groups
    assert [(row.name, row.open, row.overdue) for row in found] == groups


def test_only_the_most_urgent_are_described() -> None:
    works = [{"due": f"2026-02-{day:02}"} for day in range(1, 11)]
    overdue = _status(make_snapshot(works), most=3).overdue
    assert (overdue.count, [work.id for work in overdue.works]) == (10, ["w1", "w2", "w3"])


def test_urgency_is_priority_then_due_then_age() -> None:
    works: list[Any] = [
        {"id": "plain"},
        {"id": "old"},
        {"id": "due", "due": "2026-03-09"},
        {"id": "low", "priority": "low", "due": "2026-01-01"},
        {"id": "high", "priority": "high"},
        {"id": "urgent", "priority": "urgent"},
    ]
    snapshot = make_snapshot(works)
    urgency = Urgency(
        snapshot, lambda work: date(2026, 1, 1) if work.id == "old" else date(2026, 2, 1)
    )
    ids = [work.id for work in urgency.sort(snapshot.works)]
    assert ids == ["urgent", "high", "due", "old", "plain", "low"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "low", "normal", "high", "urgent", "bogus"]),
            st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 4)),
            st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)),
        ),
        max_size=15,
    ),
    st.integers(0, 16),
)
def test_the_most_urgent_are_the_first_of_all(
    given: list[tuple[str, date | None, date | None]], most: int
) -> None:
    snapshot = make_snapshot({"priority": priority, "due": due} for priority, due, _ in given)
    urgency = Urgency(snapshot, lambda work: given[work.row][2])
    assert urgency.sort(snapshot.works, most) == urgency.sort(snapshot.works)[:most]


def test_blocked_work_names_the_chain() -> None:
    works: list[Any] = [
        {"id": "roof", "depends_on": ["walls", "beams"]},
        {"id": "walls", "depends_on": ["stones"]},
        {"id": "beams"},
        {"id": "stones", "blocked": "Rain", "owner": "ada"},
    ]
    snapshot = make_snapshot(works)
    found = describe_blocked(snapshot.works[0], snapshot, TODAY)
    chain = [(blocker.id, blocker.distance, blocker.reason) for blocker in found.waits_for]
    assert chain == [("walls", 1, ""), ("beams", 1, ""), ("stones", 2, "Rain")]
    assert _status(snapshot).blocked.count == 3


def test_limits_count_per_team() -> None:
    states = (State("doing", Category.ACTIVE, wip_limit=1), State("done", Category.DONE))
    workflow = make_workflow()
    limited = type(workflow)(id="task", path="workflows/task.md", states=states)
    works: list[Any] = [
        {"status": "doing", "team": "a"},
        {"status": "doing", "team": "a", "workflow": "Task"},
        {"status": "doing", "team": "b"},
    ]
    snapshot = make_snapshot(works, workflows=[limited])
    (over,) = find_over_limits(snapshot)
    assert (over.state, over.team, over.count, over.works) == ("doing", "a", 2, ("w1", "w2"))
    within = [(each.team, each.count, each.over) for each in find_limited_states(snapshot)]
    assert within == [("a", 2, True), ("b", 1, False)]


def test_who_can_approve_what_waits() -> None:
    approve = Transition(
        "approve",
        "done",
        ("waiting",),
        approvals=(
            Approval(by=("finance",)),
            Approval(any=(Approval(by=("requester.manager",)), Approval(by=("owner",)))),
            Approval(by=("board",), when="estimate != null"),
        ),
    )
    snapshot = make_snapshot(
        [{"status": "waiting", "owner": "ada", "requester": "nils"}, {"status": "doing"}],
        workflows=[make_workflow(transitions=[approve])],
        parties=[
            make_person("ada"),
            make_person("bo"),
            make_person("nils", manager="bo"),
            make_team("finance", lead="bo", members=("nils",)),
            make_team("board", lead="ada"),
        ],
    )
    found = _status(snapshot).waiting_for_approval
    assert found.count == 1
    (decision,) = found.works[0].decisions
    # Who requested it does not count, and the condition is not true of it.
    assert [(needed.by, needed.people) for needed in decision.approvals] == [
        (("finance",), ("bo",)),
        (("requester.manager", "owner"), ("bo", "ada")),
    ]


@pytest.mark.parametrize(
    ("owner", "why"),
    [
        pytest.param("", "no owner", id="nobody"),
        pytest.param("ghost", "ghost is unknown", id="unknown"),
        pytest.param("crew", "team crew has no lead", id="team"),
    ],
)
def test_unowned_work_says_why(owner: str, why: str) -> None:
    snapshot = make_snapshot(
        [{"owner": owner, "accountable": ""}], parties=[make_team("crew", members=("ada",))]
    )
    assert [orphan.why for orphan in _status(snapshot).unowned.works] == [why]
