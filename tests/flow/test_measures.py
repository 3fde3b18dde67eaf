"""Measures of flow: what holds of any history, and what single ones mean."""

from datetime import UTC, date
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.flow.conventions import CONVENTIONS, PLAINWORK
from plainwork.flow.data_quality import Doubt
from plainwork.flow.measures import GROUPINGS, Flow, compute_flow
from plainwork.flow.scope import Scope
from plainwork.flow.service_levels import MonthShare, Share
from plainwork.flow.timelines import compute_timelines
from plainwork.model.history import Event, History
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Workflow
from support.builders import make_snapshot, make_team, make_workflow
from support.events import DAY, WORKFLOWS, commit, read, written
from support.lives import histories, make_history


def measure(
    history: History,
    snapshot: Snapshot | None = None,
    *,
    since: int = 1,
    until: int = 31,
    scope: Scope = Scope(),  # noqa: B008 - it is frozen
    by: str = "",
    zone: str = "UTC",
    compat: str = "plainwork",
) -> Flow:
    """Compute the flow of some days of January 1970, whose first is day 0 of a history."""
    return compute_flow(
        history,
        snapshot or make_snapshot(),
        ZoneInfo(zone),
        since=date(1970, 1, since),
        until=date(1970, 1, until),
        today=date(1970, 1, 31),
        convention=CONVENTIONS[compat],
        scope=scope,
        by=by,
    )


def doubts(flow: Flow) -> dict[str, list[str]]:
    return {row.doubt: [case.work or case.path for case in row.cases] for row in flow.doubts}


@given(histories(), st.integers(1, 28), st.integers(0, 20))
def test_the_lines_of_cumulative_flow_never_fall_nor_cross(
    history: History, since: int, length: int
) -> None:
    days = measure(history, since=since, until=min(since + length, 31)).days
    rows = [(day.proposed, day.ready, day.active, day.waiting, day.done) for day in days]
    assert all(list(row) == sorted(row, reverse=True) for row in rows)
    for earlier, later in pairwise(days):
        assert all(
            getattr(earlier, line) <= getattr(later, line)
            for line in ("proposed", "ready", "active", "waiting", "done", "dropped")
        )


@given(histories(), st.integers(1, 28), st.sampled_from(GROUPINGS), st.sampled_from([*CONVENTIONS]))
def test_parts_add_up_to_the_whole(history: History, since: int, by: str, compat: str) -> None:
    flow = measure(history, since=since, by=by, compat=compat)
    count = flow.numbers.finished
    assert count == len(flow.finished) == sum(week.finished for week in flow.weeks)
    assert count == sum(day.finished for day in flow.days) == sum(g.finished for g in flow.groups)
    assert sum(week.days for week in flow.weeks) == len(flow.days)
    assert flow.days[-1].in_progress >= len(flow.in_progress) == flow.numbers.in_progress
    if compat == "plainwork":
        assert flow.days[-1].in_progress == len(flow.in_progress)


@given(histories(), st.sampled_from([*CONVENTIONS]))
def test_work_is_part_of_the_time_in_progress_and_that_of_all_time(
    history: History, compat: str
) -> None:
    for item in measure(history, compat=compat).finished:
        assert item.finished is not None
        elapsed = (item.finished - item.started).total_seconds()
        assert 0 <= item.active_seconds <= item.open_seconds <= elapsed
        assert 0 <= item.working_seconds <= elapsed


@pytest.mark.parametrize("compat", CONVENTIONS)
def test_nothing_ends_before_it_starts_whatever_the_board(compat: str) -> None:
    board = make_workflow(states={"accepted": "done", "rework": "active", "shipped": "done"})
    life = "1:accepted 3:rework 6:shipped"
    steps = (step.split(":") for step in life.split())
    history = read(
        *(
            msgspec.structs.replace(
                commit(int(day), written("a", state)), workflows={"task": board}
            )
            for day, state in steps
        )
    )
    (item,) = measure(history, make_snapshot(workflows=[board]), compat=compat).finished
    assert item.days == {"jira-agile-metrics": 3, "lighthouse": 1}.get(compat, 4)


@given(histories())
def test_times_in_states_add_up_to_the_lives_of_what_was_finished(history: History) -> None:
    flow = measure(history)
    lives = sum(
        each.finished.time - each.created.time
        for each in compute_timelines(history, WORKFLOWS)
        if each.finished is not None
    )
    assert sum(row.seconds for row in flow.states) == lives


@given(histories(), st.integers(1, 10))
def test_durations_do_not_depend_on_when_they_were(history: History, days: int) -> None:
    def shift(event: Event) -> Event:
        return msgspec.structs.replace(event, time=event.time + days * DAY)

    later = msgspec.structs.replace(history, events=tuple(map(shift, history.events)))
    first, second = measure(history), measure(later)
    assert [item.days for item in first.finished] == [item.days for item in second.finished]
    assert first.numbers.cycle_time == second.numbers.cycle_time
    assert [row.seconds for row in first.states] == [row.seconds for row in second.states]
    assert first.numbers.efficiency == second.numbers.efficiency


def test_days_begin_in_the_zone_of_the_workspace() -> None:
    history = make_history({"a": "1:doing 1.97:done", "b": "2:todo"})
    assert [item.days for item in measure(history).finished] == [1]
    there = measure(history, zone="Europe/Berlin")  # an hour ahead, so it is after midnight
    assert [item.days for item in there.finished] == [2]
    assert [day.day.day for day in there.days if day.finished] == [3]
    utc = measure(history, zone="Europe/Berlin", compat="lighthouse")
    assert [item.days for item in utc.finished] == [1]


def test_throughput_counts_weeks_without_anything() -> None:
    lives = {"a": "1:todo 4:done", "b": "1:todo 5:done", "c": "1:todo 24:done"}
    flow = measure(make_history(lives))
    assert [(week.monday.isoformat(), week.days, week.works) for week in flow.weeks] == [
        ("1969-12-29", 3, ()),  # the history begins on Friday, 2 January
        ("1970-01-05", 7, ("b", "a")),
        ("1970-01-12", 7, ()),
        ("1970-01-19", 7, ("c",)),
        ("1970-01-26", 6, ()),
    ]
    assert flow.numbers.weekly == pytest.approx(3 * 7 / 30)


def test_a_period_does_not_begin_before_the_history() -> None:
    history = make_history({"a": "9:todo 12:done"})
    assert measure(history).since == date(1970, 1, 10)
    assert measure(history, until=5).since == date(1970, 1, 5)
    assert measure(History(), until=5).since == date(1970, 1, 5)


def test_only_items_of_the_period_count() -> None:
    lives = {"a": "1:doing 4:done", "b": "1:doing 9:done", "c": "2:doing 20:done"}
    flow = measure(make_history(lives), since=6, until=15)
    assert [item.work for item in flow.finished] == ["b"]
    assert [(each.item.work, each.item.days) for each in flow.in_progress] == [("c", 13)]


def test_what_ends_as_the_period_begins_is_over() -> None:
    days = measure(make_history({"a": "1:doing 4:todo", "b": "4:doing"}), since=5).days
    assert [day.in_progress for day in days[:2]] == [1, 1]


SCOPES = {
    "workflow": (Scope(workflow="Task"), ["a", "b", "c"]),
    "other workflow": (Scope(workflow="order"), ["d"]),
    "team": (Scope(team="office"), ["b", "c"]),
    "team below": (Scope(team="desk"), ["c"]),
    "team of the workflow": (Scope(team="buyers"), ["d"]),
    "project": (Scope(project="boat"), ["a", "c"]),
    "both": (Scope(team="office", project="boat"), ["c"]),
}


@pytest.mark.parametrize(
    ("scope", "expected"), [pytest.param(*case, id=name) for name, case in SCOPES.items()]
)
def test_scopes(scope: Scope, expected: list[str]) -> None:
    order = make_workflow("order", team="buyers")
    works = [
        written("a", "done", project="boat"),
        written("b", "done", team="office"),
        written("c", "done", team="desk", project="boat"),
        written("d", "done", workflow="order"),
        written("p", "done", workflow="project", project="boat"),
    ]
    project = Workflow(id="project", path="", kind="project", states=order.states)
    teams = [make_team("office"), make_team("desk", parent="office"), make_team("buyers")]
    snapshot = make_snapshot(workflows=[make_workflow(), order, project], parties=teams)
    made = msgspec.structs.replace(commit(1, *works), workflows=snapshot.workflows)
    flow = measure(read(made), snapshot, scope=scope)
    assert sorted(item.work for item in flow.finished) == expected


def test_a_month_is_measured_by_its_own_days() -> None:
    history = make_history({"a": "1:todo 4:done", "b": "30:doing 33:done", "c": "1:doing"})
    flow = compute_flow(
        history,
        make_snapshot(),
        UTC,
        since=date(1970, 1, 1),
        until=date(1970, 3, 2),
        today=date(1970, 3, 2),
        convention=PLAINWORK,
        by="month",
    )
    assert [(row.name, row.finished, row.in_progress) for row in flow.groups] == [
        ("1970-01", 1, None),
        ("1970-02", 1, None),
        ("1970-03", 0, None),
    ]
    assert flow.groups[1].weekly == 7 / 28


LEVELS = {
    "days": ("4d", [True, True, False, True]),
    "weeks": ("1w", [True, True, True, True]),
    "hours": ("36h", [True, False, False, True]),
    "working days": ("2bd", [True, False, False, True]),
    "working hours": ("10bh", [True, False, False, True]),
}


@pytest.mark.parametrize(
    ("within", "expected"), [pytest.param(*case, id=name) for name, case in LEVELS.items()]
)
def test_a_promise_is_kept_in_its_own_unit(within: str, expected: list[bool]) -> None:
    """Day 4 is a Monday; offices work from 9 to 17."""
    lives = {"a": "4:doing 5:done", "b": "4:doing 7:done", "c": "4:doing 9:done", "d": "4:done"}
    snapshot = make_snapshot(workflows=[make_workflow(within=within)])
    (row,) = measure(make_history(lives), snapshot).service_levels
    late = [id_ for id_, kept in zip(lives, expected, strict=True) if not kept]
    assert sorted(row.missed) == late
    assert row.kept == Share(expected.count(True), 4)


def test_a_service_level_by_month_and_the_odds_of_work_in_progress() -> None:
    lives = {
        **{f"quick{day}": f"{day}:doing {day + 1}:done" for day in range(3)},
        "medium": "1:doing 5:done",
        "slow": "1:doing 13:done",
        "next": "28:doing 33:done",
        "new": "40:doing",
        "older": "36:doing",
        "oldest": "20:doing",
    }
    flow = compute_flow(
        make_history(lives),
        make_snapshot(workflows=[make_workflow(within="6d")]),
        UTC,
        since=date(1970, 1, 1),
        until=date(1970, 2, 10),
        today=date(1970, 2, 10),
        convention=PLAINWORK,
    )
    (row,) = flow.service_levels
    assert (row.kept, row.missed) == (Share(5, 6), ("slow",))
    assert row.months == (MonthShare("1970-01", 4, 5), MonthShare("1970-02", 1, 1))
    # Cycle times are 2, 2, 2, 5, 6 and 13 days; 10 February is day 40.
    assert [
        (each.item.work, each.item.days, each.late, each.odds) for each in flow.in_progress
    ] == [
        ("oldest", 21, True, None),
        ("older", 5, False, Share(1, 2)),
        ("new", 1, False, Share(5, 6)),
    ]


def test_where_there_is_no_promise_there_are_no_odds() -> None:
    flow = measure(make_history({"a": "1:doing 2:done", "b": "1:doing"}))
    assert flow.service_levels == ()
    assert [(each.late, each.odds) for each in flow.in_progress] == [(False, None)]


def test_waste_is_what_was_dropped_after_it_was_started() -> None:
    lives = {
        "unstarted": "1:todo 5:dropped",
        "dropped": "1:todo 2:doing 4:waiting 6:dropped",
        "deleted": "1:doing 3:gone",
        "taken up": "1:doing 3:dropped 5:doing",
        "put back": "1:doing 3:todo 9:dropped",
    }
    waste = measure(make_history(lives)).waste
    assert [(item.work, item.state, item.deleted, item.open_seconds / DAY) for item in waste] == [
        ("put back", "doing", False, 2),
        ("dropped", "waiting", False, 4),
        ("deleted", "doing", True, 2),
    ]


def test_time_in_a_state_is_the_sum_over_all_visits() -> None:
    lives = {
        "a": "0:todo 1:doing 4:todo 6:doing 7:done",
        "b": "0:todo 2:doing 3:done",
        "c": "0:doing",
    }
    states = measure(make_history(lives)).states
    assert [(row.state, row.seconds / DAY, row.visits, row.works) for row in states] == [
        ("doing", 5, 3, ("a", "b")),
        ("todo", 5, 3, ("a", "b")),
    ]
    assert [each.value for each in states[0].days] == [1, 4, 4]


DOUBTS = {
    "nothing": ("1:todo 2:doing 3:done", {}),
    "no start": ("1:todo 3:done", {Doubt.NO_START: ["a"]}),
    "clock": ("1:todo 5:doing 3:done", {Doubt.BACKWARDS: ["a"]}),
    "future": ("1:todo 40:doing", {Doubt.AHEAD: ["a"]}),
    "deleted": ("1:todo 3:gone", {Doubt.DELETED: ["a"]}),
    "deleted when done": ("1:doing 2:done 3:gone", {}),
    "unknown": ("1:todo 2:lost 3:doing", {Doubt.UNKNOWN_STATE: ["a"]}),
}


@pytest.mark.parametrize(
    ("life", "expected"), [pytest.param(*case, id=name) for name, case in DOUBTS.items()]
)
def test_doubts(life: str, expected: dict[str, list[str]]) -> None:
    assert doubts(measure(make_history({"a": life}))) == expected


def test_what_lies_behind_the_period_but_not_behind_today_is_no_doubt() -> None:
    history = make_history({"a": "1:todo 2:doing 9:done", "b": "1:todo 5:done 9:doing"})
    assert doubts(measure(history, until=5)) == {}


def test_a_register_has_no_start_to_miss() -> None:
    register = make_workflow(states={"todo": "ready", "done": "done"})
    history = make_history({"a": "1:todo 3:done"})
    assert doubts(measure(history, make_snapshot(workflows=[register]))) == {}


def test_changes_after_done_are_doubted_but_not_moves_of_the_file() -> None:
    history = read(
        commit(1, written("a", "doing"), written("b", "doing")),
        commit(2, written("a", "done"), written("b", "done")),
        commit(3, written("a", "done", due="2026-01-01")),
        commit(4, written("b", "done", path="old/b.md"), removed=["work/b.md"]),
    )
    assert doubts(measure(history)) == {Doubt.CHANGED_AFTER: ["a"]}


def test_parts_that_begin_before_what_they_are_part_of() -> None:
    history = read(
        commit(1, written("p"), written("a", parent="p"), written("q", "doing")),
        commit(2, written("a", "doing", parent="p"), written("b", "doing", parent="q")),
        commit(3, written("p", "doing")),
    )
    assert doubts(measure(history)) == {Doubt.BEFORE_PARENT: ["a"]}


def test_what_could_not_be_understood_or_is_backdated() -> None:
    history = read(
        commit(1, written("a", "doing")),
        commit(3, written("a", "done"), effective="1970-01-03"),
        commit(4, unreadable=["work/b.md"]),
        commit(5, written("a", "done", path="work/c.md")),
        commit(6, written("a", "done", due="2026-01-01"), effective="soon"),
    )
    found = doubts(measure(history))
    assert found == {
        Doubt.BACKDATED: ["a"],
        Doubt.CHANGED_AFTER: ["a"],
        Doubt.DUPLICATE: ["work/c.md"],
        Doubt.NOT_PAST: [""],
        Doubt.UNREADABLE: ["work/b.md"],
    }


def test_every_case_names_its_commits() -> None:
    flow = measure(make_history({"a": "1:todo 2:doing 4:done", "b": "2:doing 3:dropped"}))
    (item,) = flow.finished
    assert (item.start_commit, item.finish_commit) == ("c1", "c2")
    assert [lost.commit for lost in flow.waste] == ["c1"]
