"""When items waited, by hand."""

from collections.abc import Sequence

import msgspec
import pytest

from plainwork.flow.events import CommitFiles
from plainwork.flow.waiting import WaitingSpan, find_waiting
from support.desks import ORDER, commit, order
from support.events import DAY, read

Row = tuple[str, str, str, int, int | None]


def row(span: WaitingSpan) -> Row:
    """Return work, what it waited for, whose it was, and the days of begin and end."""
    end = span.end.time // DAY if span.end else None
    return span.work, f"{span.cause.value} {span.name}", span.team, span.start.time // DAY, end


BUILT = commit(1, "ada", order("a", "building"))
TESTED = commit(2, "ada", order("a", "testing"))
FREE = order("a", "free")

LIVES: dict[str, tuple[Sequence[CommitFiles], list[Row]]] = {
    "nothing": ([BUILT, commit(2, "ada", order("a", "done"))], []),
    "a state": (
        [BUILT, TESTED, commit(5, "cy", order("a", "done"))],
        [("a", "state testing", "lab", 2, 5)],
    ),
    "a state, still": ([BUILT, TESTED], [("a", "state testing", "lab", 2, None)]),
    "a state twice": (
        [
            *(BUILT, TESTED, commit(3, "ada", order("a", "building"))),
            *(commit(6, "ada", order("a", "testing")), commit(7, "cy", order("a", "done"))),
        ],
        [("a", "state testing", "lab", 2, 3), ("a", "state testing", "lab", 6, 7)],
    ),
    "a change of something else goes on": (
        [BUILT, TESTED, commit(3, "ada", order("a", "testing", due="1970-02-01"))],
        [("a", "state testing", "lab", 2, None)],
    ),
    "deleted": (
        [BUILT, TESTED, commit(4, "ada", removed=["work/a.md"])],
        [("a", "state testing", "lab", 2, 4)],
    ),
    "under another id": (
        [BUILT, TESTED, commit(3, "ada", order("b", "testing", path="work/a.md", aliases=["a"]))],
        [("b", "state testing", "lab", 2, None)],
    ),
    "blocked": (
        [
            commit(1, "ada", order("a", "building", blocked="The dealer")),
            commit(3, "ada", order("a", "building", blocked="The bank")),
            commit(4, "ada", order("a", "building")),
        ],
        [("a", "blocked The dealer", "shop", 1, 3), ("a", "blocked The bank", "shop", 3, 4)],
    ),
    "blocked until it is closed": (
        [
            commit(1, "ada", order("a", "building", blocked="x")),
            commit(3, "ada", order("a", "dropped", blocked="x")),
        ],
        [("a", "blocked x", "shop", 1, 3)],
    ),
    "held back by work that is finished later": (
        [
            commit(1, "ada", order("a", "todo", depends_on=["B"]), order("b", "building")),
            commit(2, "ada", order("a", "free", depends_on=["B"])),
            commit(6, "ada", order("b", "done")),
            commit(7, "ada", order("a", "done", depends_on=["B"])),
        ],
        [("a", "dependency b", "shop", 2, 6)],
    ),
    "held back by work that has not begun": (
        [
            commit(
                1,
                "ada",
                order("a", "free", depends_on=[{"on": "b", "type": "SS"}]),
                order("b", "todo"),
            ),
            commit(3, "ada", order("b", "building")),
        ],
        [("a", "dependency b", "shop", 1, 3)],
    ),
    "what holds back only the end": (
        [
            commit(
                1,
                "ada",
                order("a", "free", depends_on=[{"on": "b", "type": "FF"}]),
                order("b", "todo"),
            )
        ],
        [],
    ),
    "a dependency that is taken away": (
        [
            commit(1, "ada", order("a", "free", depends_on=["b"]), order("b", "todo")),
            commit(2, "ada", order("a", "free")),
            commit(3, "ada", order("b", "done")),
        ],
        [("a", "dependency b", "shop", 1, 2)],
    ),
    "work that is opened again": (
        [
            commit(1, "ada", order("a", "free", depends_on=["b"]), order("b", "done")),
            commit(2, "ada", order("b", "building")),
            commit(3, "ada", removed=["work/b.md"]),
        ],
        [("a", "dependency b", "shop", 2, 3)],
    ),
    "work that nobody knows": ([commit(1, "ada", order("a", "free", depends_on=["z"]))], []),
    "work that has another id now": (
        [
            commit(1, "ada", order("a", "free", depends_on=["b"]), order("b", "todo")),
            commit(2, "ada", order("c", "todo", path="work/b.md", aliases=["b"])),
            commit(4, "ada", order("c", "done", path="work/b.md", aliases=["b"])),
        ],
        [("a", "dependency c", "shop", 1, 4)],
    ),
    "there again": (
        [
            commit(1, "ada", order("a", "building", blocked="x")),
            commit(2, "ada", removed=["work/a.md"]),
            commit(3, "ada", order("a", "building")),
        ],
        [("a", "blocked x", "shop", 1, 2)],
    ),
    "another team is responsible": (
        [
            commit(1, "ada", order("a", "free", blocked="x")),
            commit(2, "ada", order("a", "free", blocked="x", team="store")),
        ],
        [("a", "blocked x", "shop", 1, 2), ("a", "blocked x", "store", 2, None)],
    ),
}


@pytest.mark.parametrize("name", LIVES)
def test_when_items_waited(name: str) -> None:
    commits, rows = LIVES[name]
    assert sorted(map(row, find_waiting(read(*commits)))) == sorted(rows)


def test_where_work_went_and_what_it_said_are_kept() -> None:
    priced = commit(2, "ada", order("a", "testing", amount="5.00"))
    sold = commit(3, "cy", order("a", "done", amount="7.00"))
    (span,) = find_waiting(read(BUILT, priced, sold))
    assert (span.left_for, span.values["amount"], span.workflow) == ("done", "5.00", "order")


def test_what_lies_ahead_has_not_happened() -> None:
    history = read(BUILT, TESTED, commit(5, "cy", order("a", "done")))
    assert [row(each)[-1] for each in find_waiting(history, 5 * DAY)] == [None]
    assert find_waiting(history, 2 * DAY) == ()


def test_a_dependency_whose_clock_runs_behind_ends_no_earlier_than_it_began() -> None:
    history = read(
        commit(1, "ada", order("b", "todo")),
        commit(5, "ada", order("a", "free", depends_on=["b"])),
        commit(3, "ada", order("b", "done")),
    )
    assert [row(each)[-2:] for each in find_waiting(history)] == [(5, 5)]


def test_only_items_are_counted() -> None:
    projects = {"order": msgspec.structs.replace(ORDER, kind="project")}
    history = read(commit(1, "ada", order("a", "testing", blocked="x"), workflows=projects))
    assert find_waiting(history) == ()
