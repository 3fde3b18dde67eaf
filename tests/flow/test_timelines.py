"""Timelines by hand: what some commits wrote, and the lives that follow from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.flow.events import CommitFiles
from plainwork.flow.timelines import Moment, Timeline, compute_timelines
from plainwork.model.history import History
from plainwork.model.workflow import Workflow
from support.builders import make_workflow
from support.events import DAY, WORKFLOWS, commit, read, written
from support.lives import histories


def lives(*commits: CommitFiles, until: int | None = None) -> list[Timeline]:
    return list(compute_timelines(read(*commits), WORKFLOWS, until))


def life(*commits: CommitFiles) -> Timeline:
    [only] = lives(*commits)
    return only


def days(timeline: Timeline) -> list[tuple[str, str, int, int | None]]:
    return [
        (stay.state, stay.category, stay.start // DAY, stay.end and stay.end // DAY)
        for stay in timeline.stays
    ]


def on(moment: Moment | None) -> int | None:
    return None if moment is None else moment.time // DAY


LIVES = {
    "straight": (["todo", "doing", "done"], 1, 2, None),
    "reopened": (["todo", "doing", "done", "doing", "done"], 1, 4, None),
    "reopened and open": (["todo", "doing", "done", "doing"], 1, None, None),
    "skipped": (["todo", "done"], 1, 1, None),
    "born done": (["done"], 0, 0, None),
    "reopened after it was skipped": (["todo", "done", "doing", "done"], 2, 3, None),
    "backward": (["todo", "doing", "todo", "doing", "done"], 1, 4, None),
    "not begun": (["todo"], None, None, None),
    "dropped": (["todo", "doing", "dropped"], 1, None, 2),
    "dropped and taken up": (["doing", "dropped", "doing", "done"], 0, 3, None),
    "done and dropped": (["doing", "done", "dropped"], 0, None, 2),
}


@pytest.mark.parametrize(
    ("states", "started", "finished", "dropped"),
    [pytest.param(*case, id=name) for name, case in LIVES.items()],
)
def test_when_work_started_and_finished(
    states: list[str], started: int | None, finished: int | None, dropped: int | None
) -> None:
    timeline = life(*(commit(day, written("a", state)) for day, state in enumerate(states)))
    assert [on(timeline.started), on(timeline.finished), on(timeline.dropped)] == [
        started,
        finished,
        dropped,
    ]
    assert on(timeline.created) == 0


def test_stays_follow_each_other() -> None:
    timeline = life(
        commit(1, written("a")),
        commit(2, written("a", "doing")),
        commit(3, written("a", "doing", due="2026-05-01")),
        commit(4, written("a", "done")),
    )
    assert days(timeline) == [
        ("todo", "ready", 1, 2),
        ("doing", "active", 2, 4),
        ("done", "done", 4, None),
    ]
    assert [stay.commit for stay in timeline.stays] == [0, 1, 3]
    assert timeline.finished == Moment(4 * DAY, 3)


def test_deleting_open_work_drops_it() -> None:
    timeline = life(
        commit(1, written("a", "doing", blocked="steel")), commit(3, removed=["work/a.md"])
    )
    assert days(timeline) == [("doing", "active", 1, 3), ("", "dropped", 3, None)]
    assert timeline.deleted == timeline.dropped == Moment(3 * DAY, 1)
    assert [(span.start, span.end) for span in timeline.blocked] == [(DAY, 3 * DAY)]


def test_deleting_finished_work_leaves_it_finished() -> None:
    timeline = life(commit(1, written("a", "done")), commit(3, removed=["work/a.md"]))
    assert days(timeline) == [("done", "done", 1, None)]
    assert (on(timeline.finished), on(timeline.deleted), timeline.dropped) == (1, 3, None)


def test_what_is_there_again_has_one_life() -> None:
    timeline = life(
        commit(1, written("a")), commit(2, removed=["work/a.md"]), commit(4, written("a", "doing"))
    )
    assert days(timeline) == [
        ("todo", "ready", 1, 2),
        ("", "dropped", 2, 4),
        ("doing", "active", 4, None),
    ]
    assert (timeline.deleted, timeline.dropped) == (None, None)


def test_another_id_is_the_same_life() -> None:
    renamed = written("b", "doing", path="work/b.md", aliases=["a"])
    first, second = lives(
        commit(1, written("a")),
        commit(2, renamed, removed=["work/a.md"]),
        commit(3, written("a", path="work/a.md")),
    )
    assert (first.work, days(first)) == (
        "b",
        [("todo", "ready", 1, 2), ("doing", "active", 2, None)],
    )
    assert (second.work, days(second)) == ("a", [("todo", "ready", 3, None)])


def test_blocked_is_told_beside_the_state() -> None:
    timeline = life(
        commit(1, written("a", "doing", blocked="steel")),
        commit(2, written("a", "doing", blocked="paint")),
        commit(3, written("a", "doing")),
        commit(5, written("a", "doing", blocked="steel")),
    )
    spans = [(span.start // DAY, span.end and span.end // DAY) for span in timeline.blocked]
    assert spans == [(1, 3), (5, None)]
    assert days(timeline) == [("doing", "active", 1, None)]


def test_what_lies_in_the_future_has_not_happened() -> None:
    commits = commit(1, written("a")), commit(9, written("a", "done")), commit(2, written("b"))
    first, second = lives(*commits, until=9 * DAY)
    assert days(first) == [("todo", "ready", 1, None)]
    assert first.finished is None
    assert second.work == "b"
    assert on(lives(*commits, until=9 * DAY + 1)[0].finished) == 9


def test_a_state_that_became_another_is_another() -> None:
    """Changing a workflow does not rewrite the past; what is written next is read with it."""
    changed = make_workflow(states={"todo": "waiting", "doing": "active", "done": "done"})
    first, last = commit(1, written("a")), commit(3, written("a", due="2026-05-01"))
    later = CommitFiles(last.commit, last.written, (), (), {"task": changed}, last.zone)
    assert days(life(first, later)) == [("todo", "ready", 1, 3), ("todo", "waiting", 3, None)]


def test_an_unknown_state_has_no_category() -> None:
    timeline = life(commit(1, written("a", "lost")), commit(2, written("a", "done")))
    assert days(timeline) == [("lost", "", 1, 2), ("done", "done", 2, None)]


PROJECT = Workflow(id="project", path="", kind="project", states=WORKFLOWS["task"].states)


def test_the_project_is_the_own_or_that_of_the_parents() -> None:
    workflows = {**WORKFLOWS, "project": PROJECT}
    works = [
        written("p", workflow="project", project="programme"),
        written("in-p", parent="p"),
        written("deep", parent="in-p"),
        written("own", parent="in-p", project="q"),
        written("x", parent="y"),
        written("y", parent="x"),
        written("lone"),
    ]
    found = compute_timelines(read(commit(1, *works)), workflows)
    assert {each.work: each.project for each in found} == {
        "p": "programme",
        "in-p": "p",
        "deep": "p",
        "own": "q",
        "x": "",
        "y": "",
        "lone": "",
    }
    assert [each.work for each in found if each.kind == "project"] == ["p"]


def test_a_project_is_called_by_its_present_id() -> None:
    workflows = {**WORKFLOWS, "project": PROJECT}
    history = read(
        commit(1, written("p", workflow="project"), written("a", project="p")),
        commit(
            2,
            written("q", workflow="project", path="work/q.md", aliases=["p"]),
            removed=["work/p.md"],
        ),
    )
    assert [each.project for each in compute_timelines(history, workflows)] == ["q", ""]


@given(histories(), st.integers(0, 21))
def test_stays_add_up_to_the_life(history: History, day: int) -> None:
    until = day * DAY
    for timeline in compute_timelines(history, WORKFLOWS, until):
        spans = [(stay.start, until if stay.end is None else stay.end) for stay in timeline.stays]
        assert sum(end - start for start, end in spans) == until - timeline.created.time
        assert all(0 <= start <= end <= until for start, end in spans)
        for blocked in timeline.blocked:
            assert timeline.created.time <= blocked.start <= (blocked.end or until)
        if timeline.finished is not None:
            assert timeline.started is not None
            assert timeline.stays[-1].category == "done"
            assert timeline.dropped is None


@given(histories(), st.integers(0, 21))
def test_the_future_changes_nothing(history: History, day: int) -> None:
    """What is cut off is as if it had never been committed."""
    until = day * DAY
    known = [event for event in history.events if event.time < until]
    cut = History(commits=history.commits, events=tuple(known))
    assert compute_timelines(history, WORKFLOWS, until) == compute_timelines(cut, WORKFLOWS)
