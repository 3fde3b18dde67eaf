"""What somebody should do next."""

from datetime import date
from typing import Any

import pytest

from plainwork.model.party import Agent, Party
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval, Transition
from plainwork.views.next_work import NextWork, compute_next
from support.builders import make_person, make_snapshot, make_team, make_workflow

TODAY = date(2026, 3, 2)
PARTIES: list[Party] = [
    make_person("ada"),
    make_person("bo"),
    make_team("crew", lead="ada", members=("bo",)),
    Agent(id="bot", path="agents/bot.md", name="Bot", owner="ada"),
]


def _next(snapshot: Snapshot, party: str) -> NextWork:
    found = snapshot.party(party)
    assert found is not None
    return compute_next(snapshot, found, today=TODAY, last_changed=lambda _: None)


@pytest.mark.parametrize(
    ("work", "doers"),
    [
        pytest.param({"owner": "ada"}, {"ada"}, id="owned"),
        pytest.param({"owner": "ada", "assignees": ("bo",)}, {"bo"}, id="assigned"),
        pytest.param({"owner": "ada", "assignees": ("bot",)}, {"bot"}, id="agent"),
        pytest.param({"owner": "x", "assignees": ("crew",)}, {"ada", "bo", "crew"}, id="team"),
        pytest.param({"owner": "bo", "team": "crew"}, {"bo", "crew"}, id="team-of-the-work"),
        pytest.param({"owner": "crew", "accountable": "ada"}, {"ada"}, id="team-owns"),
        pytest.param({"owner": "ada", "status": "done"}, set(), id="closed"),
        pytest.param({"owner": "ada", "status": "waiting"}, set(), id="waiting"),
        pytest.param({"owner": "ada", "blocked": "Rain"}, set(), id="blocked"),
        pytest.param({"owner": "ada", "kind": "routine"}, set(), id="routine"),
    ],
)
def test_who_does_it(work: dict[str, object], doers: set[str]) -> None:
    snapshot = make_snapshot([work], parties=PARTIES)
    assert {party.id for party in PARTIES if _next(snapshot, party.id).do.count} == doers


def test_everything_has_its_place() -> None:
    works: list[Any] = [
        {"id": "do", "owner": "ada"},
        {"id": "stuck", "owner": "ada", "depends_on": ["do"]},
        {"id": "wait", "owner": "ada", "status": "waiting"},
        {"id": "theirs", "owner": "ada", "assignees": ("bo",)},
    ]
    found = _next(make_snapshot(works, parties=PARTIES), "ada")
    (step,) = found.do.works
    assert (step.work.id, step.holds_up) == ("do", ("stuck",))
    assert [blocked.work.id for blocked in found.blocked.works] == ["stuck"]
    assert [work.id for work in found.waiting.works] == ["wait"]
    assert [work.id for work in found.answers_for.works] == ["theirs"]


def test_decisions_are_those_that_one_can_take() -> None:
    ways = [
        Transition("approve", "done", ("waiting",), approvals=(Approval(by=("ada",)),)),
        Transition("refuse", "dropped", ("waiting",), approvals=(Approval(by=("bo",)),)),
    ]
    snapshot = make_snapshot(
        [{"status": "waiting", "owner": "x"}],
        workflows=[make_workflow(transitions=ways)],
        parties=PARTIES,
    )
    for party, transition in (("ada", "approve"), ("bo", "refuse")):
        (waiting,) = _next(snapshot, party).decide.works
        assert [decision.transition for decision in waiting.decisions] == [transition]
    assert _next(snapshot, "bot").decide.count == 0
