"""Events by hand: what some commits wrote, and what happened by that."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.flow.events import CommitFiles, compute_standings, extend_history
from plainwork.model.history import Commit, Event, GapReason, History
from support.builders import make_workflow
from support.events import DAY, commit, read, written


def row(event: Event) -> tuple[str, int, dict[str, tuple[object, object]], str]:
    changes = {
        name: change for name, change in event.changes.items() if name in ("status", "path", "id")
    }
    return event.work, event.time // DAY, changes, event.category


def rows(*commits: CommitFiles) -> list[tuple[str, int, dict[str, tuple[object, object]], str]]:
    return [row(event) for event in read(*commits).events]


BORN = {"path": ("", "work/a.md"), "status": (None, "todo")}


def test_a_life() -> None:
    assert rows(
        commit(1, written("a")),
        commit(2, written("a", "doing")),
        commit(4, written("a", "done")),
        commit(5, written("a", "doing")),
        commit(6, removed=["work/a.md"]),
    ) == [
        ("a", 1, BORN, "ready"),
        ("a", 2, {"status": ("todo", "doing")}, "active"),
        ("a", 4, {"status": ("doing", "done")}, "done"),
        ("a", 5, {"status": ("done", "doing")}, "active"),
        ("a", 6, {"path": ("work/a.md", "")}, "dropped"),
    ]


def test_every_field_that_changes_is_told_with_both_values() -> None:
    first = written("a", due="2026-05-01", labels=["x"], owner="ada")
    events = read(
        commit(1, first), commit(2, written("a", labels=["x", "y"], owner="ada", team="office"))
    ).events
    assert events[1].changes == {
        "labels": (["x"], ["x", "y"]),
        "team": (None, "office"),
        "due": ("2026-05-01", None),
    }


def test_deleting_closed_work_changes_nothing_of_its_end() -> None:
    *_, gone = rows(commit(1, written("a", "done")), commit(2, removed=["work/a.md"]))
    assert gone == ("a", 2, {"path": ("work/a.md", "")}, "done")


def test_what_is_there_again_is_created_again_and_keeps_its_time() -> None:
    events = read(
        commit(3, written("a")),
        commit(4, removed=["work/a.md"]),
        commit(2, written("a", "doing")),
    ).events
    assert [event.created for event in events] == [True, False, True]
    assert [event.time // DAY for event in events] == [3, 4, 4]
    assert [event.backwards for event in events] == [False, False, True]


MOVES = {
    "renamed": (commit(2, written("a", path="work/b.md"), removed=["work/a.md"]), {"a", "z"}, []),
    "moved and changed": (
        commit(2, written("a", "done", path="done/a.md"), removed=["work/a.md"]),
        {"a", "z"},
        [],
    ),
    "two that change places": (
        commit(2, written("a", path="work/z.md"), written("z", path="work/a.md")),
        {"a", "z"},
        [],
    ),
    "another takes its place": (
        commit(2, written("b", path="work/a.md"), written("a", path="work/c.md")),
        {"a", "b", "z"},
        [],
    ),
    "another id in its place": (commit(2, written("b", path="work/a.md")), {"b", "z"}, []),
    "an id kept as an alias": (
        commit(2, written("b", path="work/a.md", aliases=["A"])),
        {"b", "z"},
        [],
    ),
    "an id in other letters": (commit(2, written("A", path="work/a.md")), {"a", "z"}, []),
    "its id twice": (
        commit(2, written("a", path="work/copy.md")),
        {"a", "z"},
        [("work/copy.md", GapReason.DUPLICATE)],
    ),
    "a new id twice": (
        commit(2, written("n", path="work/n1.md"), written("n", path="work/n2.md")),
        {"a", "n", "z"},
        [("work/n2.md", GapReason.DUPLICATE)],
    ),
    "no longer readable": (
        commit(2, unreadable=["work/a.md"]),
        {"a", "z"},
        [("work/a.md", GapReason.UNREADABLE)],
    ),
    "a file that never was work": (commit(2, removed=["work/notes.md"]), {"a", "z"}, []),
}


@pytest.mark.parametrize("name", MOVES)
def test_identity_is_the_id(name: str) -> None:
    change, left, gaps = MOVES[name]
    history = read(commit(1, written("a"), written("z")), change)
    standings = compute_standings(history.events)
    assert left == standings.keys()
    assert [(gap.path, gap.reason) for gap in history.gaps] == gaps
    by_path = {standing.path for standing in standings.values()}
    assert len(by_path) == len(standings)


def test_renaming_is_no_change_of_status_and_an_alias_keeps_the_story() -> None:
    start = commit(1, written("a"))
    moved = commit(2, written("a", path="work/b.md"), removed=["work/a.md"])
    renamed = commit(3, written("b", path="work/b.md", aliases=["a"]))
    history = read(start, moved, renamed)
    assert [row(event) for event in history.events[1:]] == [
        ("a", 2, {"path": ("work/a.md", "work/b.md")}, "ready"),
        ("b", 3, {"id": ("a", "b")}, "ready"),
    ]
    assert compute_standings(history.events).keys() == {"b"}


def test_what_cannot_be_read_leaves_the_state_and_what_comes_next_starts_from_it() -> None:
    history = read(
        commit(1, written("a")),
        commit(2, unreadable=["work/a.md"]),
        commit(3, written("a", "doing")),
    )
    assert row(history.events[1]) == ("a", 3, {"status": ("todo", "doing")}, "active")
    assert [history.commits[gap.commit].id for gap in history.gaps] == ["c2"]


def test_a_state_has_the_category_of_its_workflow_at_that_time() -> None:
    later = commit(3, written("a", title="A new name"))
    other = {"task": make_workflow(states={"todo": "proposed", "doing": "waiting"})}
    history = read(
        commit(1, written("a")),
        CommitFiles(Commit("c2", (), 2 * DAY), (written("a", "doing"),), (), (), other, UTC),
        CommitFiles(later.commit, (written("a", "gone"),), (), (), other, UTC),
        CommitFiles(later.commit, (written("a", "gone", workflow="none"),), (), (), other, UTC),
    )
    assert [event.category for event in history.events] == ["ready", "waiting", "", ""]


CLOCKS = [  # committed on a day, said to be effective; when it was, (backdated, backwards), gaps
    pytest.param(5, "", 5, (False, False), [], id="as committed"),
    pytest.param(3, "", 4, (False, True), [], id="a clock that is behind"),
    pytest.param(9, "1970-01-08", 7, (True, False), [], id="effective earlier"),
    pytest.param(9, "1970-01-02", 4, (True, False), [], id="not before the previous event"),
    pytest.param(9, "1970-01-11", 9, (False, False), [""], id="effective later counts nothing"),
    pytest.param(9, "last week", 9, (False, False), [""], id="no date"),
    pytest.param(9, "0001-01-01", 9, (False, False), [""], id="before all time"),
    pytest.param(9, "1970-02-30", 9, (False, False), [""], id="no such day"),
    pytest.param(3, "1970-01-02", 4, (False, True), [], id="backdated behind a wrong clock"),
]


@pytest.mark.parametrize(("day", "effective", "expected", "flags", "gaps"), CLOCKS)
def test_when_it_took_effect(
    day: int, effective: str, expected: int, flags: tuple[bool, bool], gaps: list[str]
) -> None:
    history = read(
        commit(1, written("other")),
        commit(4, written("a")),
        commit(5, written("a", "doing"), at=day * DAY, effective=effective),
    )
    event = history.events[-1]
    assert (event.time // DAY, event.backdated, event.backwards) == (expected, *flags)
    assert [(gap.path, gap.reason) for gap in history.gaps] == [
        (path, GapReason.EFFECTIVE) for path in gaps
    ]


def test_a_day_begins_in_the_zone_of_the_workspace() -> None:
    zone = ZoneInfo("Pacific/Auckland")
    history = read(commit(9, written("a"), effective="1970-01-05", zone=zone))
    assert (
        datetime.fromtimestamp(history.events[0].time, zone).isoformat()[:16] == "1970-01-05T00:00"
    )


def test_commits_that_do_nothing_to_work_are_left_out() -> None:
    history = read(commit(1, written("a")), commit(2, effective="nonsense"), commit(3))
    assert [each.id for each in history.commits] == ["c1"]
    assert history.head == "c3"


IDS = st.sampled_from(["a", "b", "c"])
PATHS = st.sampled_from(["work/1.md", "work/2.md", "work/3.md", "work/4.md"])
STATUSES = st.sampled_from(["todo", "doing", "done", "dropped", "no-state"])
FILES = st.dictionaries(PATHS, st.tuples(IDS, STATUSES), max_size=4)


def commits_of(trees: Iterable[Mapping[str, tuple[str, str]]]) -> list[CommitFiles]:
    commits = []
    before: Mapping[str, tuple[str, str]] = {}
    for number, tree in enumerate(trees):
        works = [
            written(id_, status, path)
            for path, (id_, status) in tree.items()
            if before.get(path) != (id_, status)
        ]
        commits.append(commit(number, *works, removed=sorted(before.keys() - tree.keys())))
        before = tree
    return commits


@given(st.lists(FILES, min_size=1, max_size=8), st.integers(0, 8))
def test_reading_in_two_goes_is_reading_once(
    trees: list[dict[str, tuple[str, str]]], cut: int
) -> None:
    commits = commits_of(trees)
    whole = read(*commits)
    first = extend_history(History(), commits[:cut], "")
    assert extend_history(first, commits[cut:], whole.head) == whole


@given(st.lists(FILES, min_size=1, max_size=8))
def test_where_no_id_is_taken_twice_the_events_tell_the_whole_state(
    trees: list[dict[str, tuple[str, str]]],
) -> None:
    unique = []
    for tree in trees:
        ids = [id_ for id_, _ in tree.values()]
        unique.append({path: entry for path, entry in tree.items() if ids.count(entry[0]) == 1})
    history = read(*commits_of(unique))
    found = {
        standing.path: (standing.id, standing.values["status"])
        for standing in compute_standings(history.events).values()
    }
    assert found == unique[-1]
    assert not history.gaps
    times: dict[str, int] = {}
    for event in history.events:
        assert event.time >= times.get(event.work, 0)
        times[event.work] = event.time
