"""Ids of created work in real repositories: nobody takes one before it is created."""

from pathlib import Path

import pytest

from support.archive import unpack
from support.proposals import Proposed, codes
from support.routines import WORKSPACE, routine

FILES = {
    **unpack(WORKSPACE),
    "routines/sweep.md": routine("rrule: FREQ=WEEKLY"),
    "routines/watch.md": "---\ntitle: Watch\nworkflow: routine\nstatus: active\n---\n",
    "workflows/purchase.md": """\
---
title: Purchase
owner: ada
states:
  draft: {category: proposed}
  ordering: {category: active, creates: [{key: order, workflow: task, title: Order, due: date}]}
  here: {category: done}
transitions:
  approve: {from: draft, to: ordering}
  receive: {from: ordering, to: here}
---
""",
    "work/lathe.md": "---\ntitle: A lathe\nworkflow: purchase\nstatus: draft\n---\n",
    "work/tea.md": "---\ntitle: Tea\nworkflow: task\nstatus: todo\nparent: lathe\n---\n",
    "work/saw.order.md": "---\ntitle: Blade\nworkflow: task\nstatus: todo\n---\n",
    "work/watch.2099-12-31.md": "---\ntitle: Late\nworkflow: task\nstatus: todo\n---\n",
}
TASK = "---\ntitle: T\nworkflow: task\nstatus: todo\n---\n"


@pytest.fixture
def proposed(tmp_path: Path) -> Proposed:
    return Proposed(tmp_path / "repository", FILES)


def with_line(text: str, line: str) -> str:
    return text.replace("---\n", f"---\n{line}\n", 1)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("work/lathe.order.md", TASK, id="what a state will create"),
        pytest.param("work/x.md", with_line(TASK, "id: lathe.order"), id="in another file"),
        pytest.param("work/sweep.2099-12-31.md", TASK, id="a day after all others"),
        pytest.param("work/x.md", with_line(TASK, "aliases: [sweep.2026-03-02]"), id="as an alias"),
        pytest.param(
            "work/tea.md",
            with_line(TASK, "aliases: [sweep.2026-03-02]"),
            id="as an alias of work that is there",
        ),
        pytest.param(
            "work/saw.md",
            "---\ntitle: A saw\nworkflow: purchase\nstatus: draft\n---\n",
            id="before",
        ),
        pytest.param("routines/watch.md", routine("rrule: FREQ=WEEKLY"), id="before its schedule"),
    ],
)
def test_threat_17_no_duty_is_taken_for_seen_to_by_its_id(
    proposed: Proposed, path: str, text: str
) -> None:
    """The id of what would be created is free to nobody but a part of what creates it."""
    proposed.commit({path: text})
    assert codes(proposed.change()) == ["unnamed-creator"]


def test_a_part_of_what_creates_it_may_have_its_id(proposed: Proposed) -> None:
    proposed.commit({"work/lathe.order.md": with_line(TASK, "parent: lathe")})
    assert codes(proposed.change()) == []
