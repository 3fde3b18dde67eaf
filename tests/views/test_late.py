"""Late work: why it is late, and who must act."""

from datetime import date
from typing import Any

import pytest

from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval, Category, Transition
from plainwork.views.late import describe_late
from support.builders import make_person, make_snapshot, make_team, make_workflow

TODAY = date(2026, 3, 2)
PARTIES = [make_person(name) for name in ("ada", "bob", "eve")]
FLOW = make_workflow(
    states={
        "idea": Category.PROPOSED,
        "todo": Category.READY,
        "doing": Category.ACTIVE,
        "review": Category.WAITING,
        "parked": Category.WAITING,
        "done": Category.DONE,
    },
    transitions=[
        Transition("accept", "done", sources=("review",), approvals=(Approval(by=("board",)),))
    ],
)


def _snapshot(*works: dict[str, Any]) -> Snapshot:
    board = make_team("board", lead="eve", members=("bob",))
    return make_snapshot(works, workflows=[FLOW], parties=[*PARTIES, board])


@pytest.mark.parametrize(
    ("work", "reason", "act"),
    [
        pytest.param({"status": "idea"}, "nobody has committed to it yet", ["ada"], id="proposed"),
        pytest.param({"status": "todo"}, "it has not been begun", ["ada"], id="ready"),
        pytest.param({"status": "doing"}, "it is being worked on", ["ada"], id="active"),
        pytest.param({"status": "parked"}, "it waits in “Parked”", ["ada"], id="waiting"),
        pytest.param({"status": "nowhere"}, "its state is unknown", ["ada"], id="unknown state"),
        pytest.param(
            {"status": "review"}, "it waits for approval", ["eve", "bob"], id="approvers act"
        ),
        pytest.param(
            {"status": "doing", "reason": "the mould broke"},
            "the mould broke",
            ["ada"],
            id="what somebody wrote counts for more than the state",
        ),
        pytest.param(
            {"status": "review", "blocked": "no parts"},
            "no parts",
            ["ada"],
            id="an obstacle counts for more than an approval",
        ),
        pytest.param(
            {"status": "doing", "assignees": ("bob",)},
            "it is being worked on",
            ["bob"],
            id="who does it acts, not who owns it",
        ),
        pytest.param(
            {"owner": "", "team": "board"},
            "nobody has committed to it yet",
            ["board"],
            id="a team, where nobody owns it",
        ),
        pytest.param({"owner": ""}, "nobody has committed to it yet", [], id="nobody"),
    ],
)
def test_why_and_who(work: dict[str, Any], reason: str, act: list[str]) -> None:
    snapshot = _snapshot({"owner": "ada", "due": "2026-02-20", **work})
    late = describe_late(snapshot.works[0], snapshot, TODAY)
    assert (late.reason, list(late.act), late.work.overdue) == (reason, act, 10)


def test_who_does_what_it_waits_for_must_act() -> None:
    snapshot = _snapshot(
        {"owner": "ada", "due": "2026-02-20", "depends_on": ("w2", "w3", "w4")},
        {"owner": "bob"},
        {"owner": "ada", "assignees": ("eve", "bob")},
        {"owner": "ada", "status": "done"},
    )
    late = describe_late(snapshot.works[0], snapshot, TODAY)
    assert [each.id for each in late.waits_for] == ["w2", "w3"]
    assert (late.reason, late.act) == ("", ("bob", "eve"))
