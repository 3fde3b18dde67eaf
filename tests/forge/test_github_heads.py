"""When a head was seen on GitHub: only the moves of its branch prove it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.forge.github_answers import Activity, User
from plainwork.forge.github_heads import compute_heads, find_doubt, is_older

OPENED = datetime(2026, 5, 4, 9, tzinfo=UTC)
NOTHING = "0" * 40
ADA = User(11, "ada", "User")


def sha(name: str) -> str:
    return name * 40


def move(before: str, after: str, hours: float, kind: str = "push") -> Activity:
    at = OPENED + timedelta(hours=hours)
    return Activity(sha(before), sha(after), at, kind, ADA)


CREATED = move("0", "a", -1, "branch_creation")
PUSHED = move("a", "b", 1)
FORCED = move("b", "a", 2, "force_push")


def test_a_head_that_comes_back_stands_twice() -> None:
    heads = compute_heads((FORCED, PUSHED, CREATED), {sha("a")}, OPENED)

    assert [head.commit for head in heads] == [sha("a"), sha("b"), sha("a")]
    assert [head.at for head in heads] == sorted(head.at for head in heads)
    assert find_doubt((FORCED, PUSHED, CREATED), sha("a"), OPENED, 1) == ""


def test_pushes_before_the_opening_count_if_they_are_of_its_commits() -> None:
    earlier = move("e", "f", -3)
    between = move("f", "0", -2)
    made = move("0", "a", -1)

    heads = compute_heads((made, between, earlier), {sha("f"), sha("a")}, OPENED)
    without = compute_heads((made, between, earlier), {sha("a")}, OPENED)

    assert [head.commit for head in heads] == [sha("f"), sha("a")]
    assert [head.commit for head in without] == [sha("a")]


@pytest.mark.parametrize(
    ("moves", "head", "forced", "doubt"),
    [
        pytest.param((PUSHED, CREATED), "b", 0, "", id="all known"),
        pytest.param((), "b", 0, "no push before", id="nothing"),
        pytest.param((PUSHED,), "b", 0, "no push before", id="no beginning"),
        pytest.param((PUSHED, CREATED), "c", 0, "is not its head", id="another head"),
        pytest.param((move("c", "d", 2), PUSHED, CREATED), "d", 0, "is missing", id="a hole"),
        pytest.param((PUSHED, CREATED), "b", 1, "more force-pushes", id="a force-push too few"),
    ],
)
def test_doubts(moves: tuple[Activity, ...], head: str, forced: int, doubt: str) -> None:
    found = find_doubt(moves, sha(head), OPENED, forced)

    assert doubt in found
    assert bool(doubt) == bool(found)


@given(st.lists(st.sampled_from("abcd"), min_size=2, max_size=8), st.data())
def test_threat_32_a_push_that_is_left_out_is_noticed(path: list[str], data: st.DataObject) -> None:
    steps = [(old, new) for old, new in pairwise(path) if old != new]
    moves = [move(old, new, hours) for hours, (old, new) in enumerate(steps, 1)]
    whole = [*reversed(moves), move("0", path[0], -1, "branch_creation")]
    assert find_doubt(whole, sha(path[-1]), OPENED, 0) == ""
    left_out = data.draw(st.integers(0, len(whole) - 1))
    rest = whole[:left_out] + whole[left_out + 1 :]

    assert find_doubt(rest, sha(path[-1]), OPENED, 0) != ""


def test_older_moves_are_not_asked_for() -> None:
    assert is_older(move("e", "f", -3), {sha("a")}, OPENED)
    assert not is_older(move("e", "a", -3), {sha("a")}, OPENED)
    assert not is_older(PUSHED, set(), OPENED)


def test_threat_39_whoever_has_deleted_the_account_that_pushed_is_somebody() -> None:
    gone = msgspec.structs.replace(CREATED, actor=None)
    (head,) = compute_heads([gone], {sha("a")}, OPENED)
    assert head.pusher is not None
    assert head.pusher.id == ""
