"""Overdue, unowned, stale and blocked work."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.attention import StaleTest, awaits_approval, is_overdue, is_unowned
from plainwork.analysis.blocking import find_blockers, find_obstacle, is_blocked, waits_for
from plainwork.model.record import Record
from plainwork.model.settings import Calendar, Settings
from plainwork.model.work import Dependency
from plainwork.model.workflow import Approval, Transition
from support.builders import make_snapshot, make_team, make_workflow

TODAY = date(2026, 5, 15)  # a Friday


@pytest.mark.parametrize(
    ("status", "due", "overdue"),
    [
        ("doing", "2026-05-14", True),
        ("doing", "2026-05-15", False),
        ("done", "2026-05-14", False),
        ("nowhere", "2026-05-14", True),
        ("doing", None, False),
    ],
)
def test_overdue(status: str, due: str | None, overdue: bool) -> None:
    (work,) = make_snapshot([{"status": status, "due": due}]).works
    assert is_overdue(work, TODAY) is overdue


def test_unowned() -> None:
    works = make_snapshot([{"owner": "nils"}, {}, {"owner": "team", "accountable": ""}]).works
    assert [is_unowned(work) for work in works] == [False, True, True]


@pytest.mark.parametrize(
    ("within", "changed", "stale"),
    [
        ("", "2026-05-01", False),
        ("", "2026-04-30", True),
        ("3d", "2026-05-12", False),
        ("3d", "2026-05-11", True),
        ("5bd", "2026-05-08", False),
        ("5bd", "2026-05-07", True),
        ("soon", "2026-05-01", False),
        ("", None, False),
    ],
)
def test_stale_after_the_service_level(within: str, changed: str | None, stale: bool) -> None:
    snapshot = make_snapshot([{}], workflows=[make_workflow(within=within)])
    day = date.fromisoformat(changed) if changed else None
    test = StaleTest(snapshot, today=TODAY, last_changed=lambda _: day)
    assert test(snapshot.works[0]) is stale


def test_stale_on_the_calendar_of_the_team() -> None:
    morning = ((540, 720),)
    fridays = Calendar("fridays", ((), (), (), (), morning, (), ()))
    snapshot = make_snapshot(
        [{"team": "part-time"}, {}],
        workflows=[make_workflow(within="2bd")],
        parties=[make_team("part-time", calendar="fridays")],
        settings=Settings(calendars={"fridays": fridays}),
    )
    test = StaleTest(snapshot, today=TODAY, last_changed=lambda _: date(2026, 5, 1))
    assert [test(work) for work in snapshot.works] == [False, True]


@pytest.mark.parametrize("values", [{"status": "done"}, {"blocked": "rain"}])
def test_closed_and_blocked_work_is_not_stale(values: dict[str, str]) -> None:
    snapshot = make_snapshot([values])
    test = StaleTest(snapshot, today=TODAY, last_changed=lambda _: date(2020, 1, 1))
    assert not test(snapshot.works[0])


def test_a_routine_is_there_to_stay() -> None:
    snapshot = make_snapshot([{"kind": "routine"}])
    test = StaleTest(snapshot, today=TODAY, last_changed=lambda _: date(2020, 1, 1))
    assert not test(snapshot.works[0])


@pytest.mark.parametrize(
    ("type_", "status", "blocked"),
    [
        ("FS", "todo", True),
        ("FS", "doing", True),
        ("FS", "waiting", True),
        ("FS", "done", False),
        ("FS", "dropped", False),
        ("SS", "todo", True),
        ("SS", "doing", False),
        ("SS", "waiting", False),
        ("SS", "done", False),
        ("FF", "todo", False),
        ("SF", "todo", False),
    ],
)
def test_blocked_by_what_it_depends_on(type_: str, status: str, blocked: bool) -> None:
    snapshot = make_snapshot(
        [{"depends_on": [Dependency("w2", type_), Dependency("W2", type_)]}, {"status": status}]
    )
    first, second = snapshot.works
    assert is_blocked(first, snapshot) is blocked
    assert find_blockers(first, snapshot) == ((second,) if blocked else ())


@pytest.mark.parametrize(
    ("values", "blocked"),
    [
        ({"blocked": "rain"}, True),
        ({"blocked": "rain", "status": "done"}, False),
        ({"depends_on": ["unknown"]}, False),
        ({"depends_on": ["w1"]}, False),
        ({}, False),
    ],
)
def test_blocked(values: dict[str, object], blocked: bool) -> None:
    snapshot = make_snapshot([values])
    assert is_blocked(snapshot.works[0], snapshot) is blocked


@pytest.mark.parametrize(
    ("handoffs", "values", "obstacle"),
    [
        pytest.param([("bob", "reject")], {}, "makers rejected it: dirty", id="rejected"),
        pytest.param([("BOB", "reject")], {"blocked": "rain"}, "rain", id="blocked-too"),
        pytest.param([("bob", "reject")], {"status": "done"}, "", id="closed"),
        pytest.param([("bob", "reject")], {"team": "others"}, "", id="with-another-team"),
        pytest.param([("bob", "reject")], {"team": ""}, "", id="with-no-team"),
        pytest.param([("eve", "reject")], {}, "", id="not-for-the-team-to-say"),
        pytest.param([("bob", "reject"), ("bob", "accept")], {}, "", id="accepted-later"),
        pytest.param(
            [("bob", "accept"), ("bob", "reject")], {}, "makers rejected it: dirty", id="again"
        ),
    ],
)
def test_blocked_by_the_receiver(
    handoffs: list[tuple[str, str]], values: dict[str, str], obstacle: str
) -> None:
    snapshot = make_snapshot(
        [{"team": "makers", **values}],
        parties=[
            make_team("makers", lead="bob"),
            make_team("others", lead="eve"),
        ],
        records=[
            Record(
                id=f"r{number}",
                path=f"records/r{number}.md",
                kind="handoff",
                about=("W1",),
                by=by,
                at=f"2026-03-0{number}",
                details={"answer": answer, "reason": "dirty"},
            )
            for number, (by, answer) in enumerate(handoffs, start=1)
        ],
    )
    work = snapshot.works[0]
    assert find_obstacle(work, snapshot) == obstacle
    assert is_blocked(work, snapshot) is bool(obstacle)


def test_the_chain_names_the_nearest_first() -> None:
    snapshot = make_snapshot(
        [
            {"id": "a", "depends_on": ["b", "c"]},
            {"id": "b", "depends_on": ["d"]},
            {"id": "c", "depends_on": ["b", "e"]},
            {"id": "d", "depends_on": ["a", "f"]},
            {"id": "e", "status": "done", "depends_on": ["g"]},
            {"id": "f"},
            {"id": "g"},
        ]
    )
    assert [work.id for work in waits_for(snapshot.works[0], snapshot)] == ["b", "c", "d", "f"]


@given(st.lists(st.lists(st.integers(1, 8), max_size=4), max_size=8))
def test_chains_are_the_transitive_closure(dependencies: list[list[int]]) -> None:
    snapshot = make_snapshot({"depends_on": [f"w{n}" for n in row]} for row in dependencies)
    for work in snapshot.works:
        reached = {work}
        for _ in snapshot.works:
            reached |= {other for each in reached for other in find_blockers(each, snapshot)}
        found = waits_for(work, snapshot)
        assert len(found) == len(set(found))
        assert {*found, work} == reached


def test_awaits_approval() -> None:
    ask = Transition("ask", "done", sources=("waiting",), approvals=(Approval(("nils",)),))
    start = Transition("start", "doing", sources=("waiting", "todo"))
    works = [{"status": "waiting"}, {"status": "todo"}, {"status": "nowhere"}]
    snapshot = make_snapshot(works, workflows=[make_workflow(transitions=[start, ask])])
    assert [awaits_approval(work, snapshot) for work in snapshot.works] == [True, False, False]
    snapshot = make_snapshot(works, workflows=[make_workflow(transitions=[start])])
    assert not any(awaits_approval(work, snapshot) for work in snapshot.works)
