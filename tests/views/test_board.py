"""The board: which columns there are, and what stands in them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from plainwork.model.workflow import Category, State
from plainwork.views.board import Board, compute_board
from support.builders import make_snapshot, make_workflow

TODAY = date(2026, 3, 2)


def _board(works: Sequence[Mapping[str, Any]], most: int | None = None) -> Board:
    limited = msgspec.structs.replace(
        make_workflow("order"),
        states=(
            State("new", Category.READY),
            State("building", Category.ACTIVE, wip_limit=1),
            State("shipped", Category.DONE),
        ),
    )
    snapshot = make_snapshot(works, workflows=[make_workflow(), limited])
    rows = range(len(snapshot.works))
    return compute_board(snapshot, rows, today=TODAY, last_changed=lambda _: None, most=most)


def _columns(board: Board) -> list[tuple[str, int, list[str]]]:
    return [
        (column.name, column.count, [card.id for card in column.cards]) for column in board.columns
    ]


def test_one_workflow_has_its_states() -> None:
    works = [
        {"workflow": "order", "status": "building", "due": "2026-03-09"},
        {"workflow": "Order", "status": "building", "due": "2026-03-08"},
        {"workflow": "order", "status": "shipped"},
        {"workflow": "order", "status": "lost"},
    ]
    board = _board(works)
    assert board.workflow == "order"
    assert _columns(board) == [
        ("new", 0, []),
        ("building", 2, ["w2", "w1"]),
        ("shipped", 1, []),  # of closed work the number is enough
        ("lost", 1, ["w4"]),
    ]
    assert [(column.limit, column.over) for column in board.columns[:2]] == [
        (None, ()),
        (1, ("",)),
    ]


def test_several_workflows_have_categories() -> None:
    works = [{}, {"status": "nowhere"}, {"workflow": "order", "status": "building"}]
    board = _board(works)
    assert board.workflow == ""
    assert [(name, count) for name, count, _ in _columns(board) if count] == [
        ("ready", 1),
        ("active", 1),
        ("", 1),
    ]
    assert board.count == 3


def test_only_the_most_urgent_cards_are_described() -> None:
    board = _board([{"priority": "low"}, {"priority": "urgent"}, {}], most=2)
    assert ("todo", 3, ["w2", "w3"]) in _columns(board)


def test_nothing_makes_no_cards() -> None:
    assert _board([]).count == 0
