"""What an audience may know of the past: nothing of work that it does not see."""

from plainwork.flow.timelines import compute_timelines
from plainwork.flow.visible_history import filter_history
from plainwork.model.history import History
from support.builders import make_workflow
from support.events import WORKFLOWS, commit, read, written

SECRET = {**WORKFLOWS, "secret": make_workflow("secret")}


def works(history: History) -> list[str]:
    return [each.work for each in compute_timelines(history, WORKFLOWS)]


def test_work_that_is_not_seen_leaves_nothing() -> None:
    history = read(commit(0, written("a"), written("b")), commit(1, written("b", "doing")))
    seen = filter_history(history, {"a"}, {})
    assert [event.work for event in seen.events] == ["a"]
    assert seen.commits == history.commits


def test_a_work_is_seen_under_every_id_that_it_had() -> None:
    history = read(
        commit(0, written("old", path="work/a.md")),
        commit(1, written("new", "doing", path="work/a.md", aliases=["old"])),
    )
    assert filter_history(history, {"new"}, {}).events == history.events


def test_what_is_gone_is_not_seen_even_if_its_id_means_another_work_now() -> None:
    history = read(
        commit(0, written("a", "doing", title="Zanzibar")),
        commit(1, removed=["work/a.md"]),
        commit(2, written("a")),
        commit(3, written("a", "doing")),
    )
    seen = filter_history(history, {"a"}, {})
    assert [event.commit for event in seen.events] == [2, 3]


def test_fields_that_are_not_seen_are_left_out() -> None:
    history = read(commit(0, written("a", price="7 EUR")), commit(1, written("a", "doing", x="y")))
    seen = filter_history(history, {"a"}, {"task": frozenset({"price"})})
    assert [sorted(event.changes) for event in seen.events] == [
        ["body", "path", "status", "title", "workflow"],
        ["status", "x"],
    ]


def test_work_that_was_ever_in_states_that_are_not_seen_is_left_out() -> None:
    history = read(
        commit(0, written("a", workflow="secret"), written("b"), workflows=SECRET),
        commit(1, written("a", "doing"), workflows=SECRET),
    )
    seen = filter_history(history, {"a", "b"}, {"secret": frozenset({"status"})})
    assert works(seen) == ["b"]
