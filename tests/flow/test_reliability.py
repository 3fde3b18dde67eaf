"""Whether promises were kept, by hand."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.flow.events import CommitFiles, WrittenWork
from plainwork.flow.evidence import Evidence
from plainwork.flow.kept_forecasts import calibrate, find_past_forecasts
from plainwork.flow.reliability import Reliability, compute_reliability
from plainwork.flow.scope import Scope
from plainwork.model.history import History
from plainwork.model.workflow import Category, Clock, Target
from support import events
from support.builders import make_snapshot, make_team, make_workflow
from support.events import DAY, read

ROUTINE = make_workflow(
    "routine", {"active": Category.ACTIVE, "retired": Category.DONE}, kind="routine"
)
DUTY = make_workflow("duty", team="desk")
PROMISED = (Clock("answer", start=("todo",), stop=("doing", "done"), targets=(Target("2d"),)),)
CASE = make_workflow("case", team="lab", clocks=PROMISED)
WORKFLOWS = {"routine": ROUTINE, "duty": DUTY, "case": CASE}
SNAPSHOT = make_snapshot(
    workflows=WORKFLOWS.values(),
    parties=[make_team("desk"), make_team("lab", parent="house"), make_team("house")],
)


def work(id_: str, status: str, workflow: str = "duty", **more: Any) -> WrittenWork:
    return events.written(id_, status, workflow=workflow, **more)


def commit(number: int, *works: WrittenWork, **more: Any) -> CommitFiles:
    return events.commit(number, *works, workflows=WORKFLOWS, **more)


def ask(history: History, day: int, **more: Any) -> Reliability:
    now = datetime(1970, 1, 1, 12, tzinfo=UTC) + timedelta(day)
    return compute_reliability(Evidence(history, SNAPSHOT, UTC, now), **more)


def due(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(day)).isoformat()


SWEEP = work("sweep", "active", "routine")
# The first is done on its day, the second a day late, the third dropped, the fourth is open; the
# fifth was due on day 7 and is put off to day 9, when it is done; the last has no date but its own.
HISTORY = read(
    commit(0, SWEEP, *(work(f"sweep.1970-01-0{n}", "todo", due=due(n + 1)) for n in (1, 2, 3, 4))),
    commit(2, work("sweep.1970-01-01", "done", due=due(2))),
    commit(4, work("sweep.1970-01-02", "done", due=due(3))),
    commit(5, work("sweep.1970-01-03", "dropped", due=due(4))),
    commit(6, work("sweep.1970-01-06", "todo", due=due(7)), work("sweep.1970-01-12", "doing")),
    commit(8, work("sweep.1970-01-06", "doing", due=due(9)), work("a.1970-01-06", "done")),
    commit(9, work("sweep.1970-01-06", "done", due=due(9)), work("sweep.later", "done")),
)


def test_routines_by_hand() -> None:
    (row,) = ask(HISTORY, 12).routines
    assert (row.routine, row.due, row.in_time, row.postponed) == ("sweep", 6, 2, 1)
    assert [(duty.work[-2:], duty.outcome.value, duty.commits) for duty in row.duties] == [
        ("12", "overdue", ("c6",)),
        ("06", "in-time", ("c6", "c9")),
        ("04", "overdue", ("c0",)),
        ("03", "dropped", ("c0", "c5")),
        ("02", "late", ("c0", "c4")),
        ("01", "in-time", ("c0", "c2")),
    ]


@pytest.mark.parametrize(
    ("day", "more", "works"),
    [
        pytest.param(11, {}, ["06", "04", "03", "02", "01"], id="due today may still be done"),
        pytest.param(12, {"since": date(1970, 1, 5)}, ["12", "06", "04", "03"], id="since"),
        pytest.param(12, {"until": date(1970, 1, 4)}, ["02", "01"], id="until"),
        pytest.param(12, {"scope": Scope(team="lab")}, [], id="another team"),
        pytest.param(12, {"scope": Scope(workflow="case")}, [], id="another workflow"),
        pytest.param(3, {}, ["01"], id="what lies ahead has not happened"),
    ],
)
def test_which_duties_count(day: int, more: dict[str, Any], works: list[str]) -> None:
    rows = ask(HISTORY, day, **more).routines
    found = [duty.work[-2:] for row in rows for duty in row.duties]
    assert found == works


# Answers within two days: a after one day, b after three, c not yet and too late, d not yet.
CASES = read(
    commit(0, work("a", "todo", "case"), work("b", "todo", "case")),
    commit(1, work("a", "done", "case")),
    commit(3, work("b", "doing", "case")),
    commit(30, work("c", "todo", "case")),
    commit(34, work("d", "todo", "case")),
)


def test_clocks_by_hand() -> None:
    (row,) = ask(CASES, 35).clocks
    assert (row.workflow, row.clock, row.all, row.met, row.open) == ("case", "answer", 3, 1, 1)
    assert [(month.month, month.all, month.met) for month in row.months] == [
        ("1970-02", 1, 0),
        ("1970-01", 2, 1),
    ]
    assert [(run.work, run.commits) for run in row.runs] == [
        ("c", ("c30",)),
        ("b", ("c0", "c3")),
        ("a", ("c0", "c1")),
    ]


@pytest.mark.parametrize(
    ("more", "works"),
    [
        pytest.param({"since": date(1970, 2, 1)}, ["c"], id="since"),
        pytest.param({"until": date(1970, 1, 2)}, ["a"], id="until"),
        pytest.param({"until": date(1970, 1, 3)}, ["b", "a"], id="missed when it was due"),
        pytest.param({"scope": Scope(team="house")}, ["c", "b", "a"], id="a team above"),
        pytest.param({"scope": Scope(team="desk")}, [], id="another team"),
        pytest.param({"scope": Scope(workflow="Case")}, ["c", "b", "a"], id="workflow"),
        pytest.param({"scope": Scope(project="boat")}, [], id="another project"),
    ],
)
def test_which_runs_count(more: dict[str, Any], works: list[str]) -> None:
    found = ask(CASES, 35, **more)
    assert [run.work for row in found.clocks for run in row.runs] == works


def test_forecasts_by_hand() -> None:
    # Two weeks of one a day, then four without any: who looked back on the first was wrong.
    forecasts = list(find_past_forecasts([1] * 14 + [0] * 28, date(1970, 2, 11), 14))
    (only,) = forecasts
    assert (only.day, only.until) == (date(1970, 1, 15), date(1970, 2, 11))
    assert [answer.value for answer in only.answers] == [28, 28, 28, 28]
    assert only.actual == 0
    assert [(each.right, each.cases) for each in calibrate(forecasts)] == [(0, 1)] * 4


def test_steady_work_is_always_foretold() -> None:
    forecasts = list(find_past_forecasts([2] * 100, date(1970, 4, 10), 14))
    assert len(forecasts) == 9
    assert all(each.right == each.cases == 9 for each in calibrate(forecasts))
    assert [later.day - each.day for each, later in pairwise(forecasts)] == [timedelta(7)] * 8
    since = list(find_past_forecasts([2] * 100, date(1970, 4, 10), 14, date(1970, 3, 1)))
    assert since == [each for each in forecasts if each.day >= date(1970, 3, 1)]


@pytest.mark.parametrize("days", [0, 1, 41])
def test_too_little_history_says_nothing(days: int) -> None:
    forecasts = list(find_past_forecasts([1] * days, date(1970, 4, 10), 14))
    assert forecasts == []
    assert calibrate(forecasts) == ()


@given(st.integers(0, 60), st.integers(0, 40))
def test_shifting_all_times_changes_nothing_but_the_days(day: int, weeks: int) -> None:
    before = ask(CASES, day).clocks
    shift = weeks * 7
    moved = read(
        commit(0, work("a", "todo", "case"), work("b", "todo", "case"), at=shift * DAY),
        commit(1, work("a", "done", "case"), at=(shift + 1) * DAY),
        commit(3, work("b", "doing", "case"), at=(shift + 3) * DAY),
        commit(30, work("c", "todo", "case"), at=(shift + 30) * DAY),
        commit(34, work("d", "todo", "case"), at=(shift + 34) * DAY),
    )
    after = ask(moved, day + shift).clocks
    assert [(row.all, row.met, row.open) for row in after] == [
        (row.all, row.met, row.open) for row in before
    ]
