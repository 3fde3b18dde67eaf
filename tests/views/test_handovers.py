"""Handovers: work that stands with another team than its own."""

from datetime import date
from typing import Any

import pytest

from plainwork.model.workflow import Category, State, Workflow
from plainwork.views.handovers import Handovers, compute_handovers
from support.builders import make_snapshot

TODAY = date(2026, 3, 2)
WORKFLOW = Workflow(
    id="task",
    path="workflows/task.md",
    team="office",
    states=(
        State("todo", Category.READY),
        State("paying", Category.ACTIVE, team="finance"),
        State("done", Category.DONE, team="finance"),
    ),
)


@pytest.mark.parametrize(
    ("work", "received", "given"),
    [
        pytest.param({"status": "todo", "team": "board"}, [], [], id="its own state"),
        pytest.param(
            {"status": "paying", "team": "Board"},
            [("finance", "w1", "Board")],
            [("board", "w1", "finance")],
            id="another team's state",
        ),
        pytest.param(
            {"status": "paying"},
            [("finance", "w1", "office")],
            [("office", "w1", "finance")],
            id="the workflow's team",
        ),
        pytest.param({"status": "paying", "team": "Finance"}, [], [], id="the same team"),
        pytest.param({"status": "done", "team": "board"}, [], [], id="closed"),
        pytest.param({"status": "nowhere", "team": "board"}, [], [], id="no such state"),
    ],
)
def test_what_was_handed_over(
    work: dict[str, Any], received: list[tuple[str, str, str]], given: list[tuple[str, str, str]]
) -> None:
    found = compute_handovers(make_snapshot([work], workflows=[WORKFLOW]), today=TODAY)
    assert _flat(found, "received") == received
    assert _flat(found, "given") == given


def _flat(found: Any, side: str) -> list[tuple[str, str, str]]:
    handovers: dict[str, Handovers] = dict(found)
    return [
        (team, each.work.id, each.other)
        for team, all_ in handovers.items()
        for each in getattr(all_, side)
    ]
