"""Friction and reliability fit their screen, whatever stands in a workspace."""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from plainwork.flow.evidence import Evidence
from plainwork.flow.friction import compute_friction
from plainwork.flow.reliability import compute_reliability
from plainwork.model.workflow import Approval, Clock, Target, Transition
from plainwork.reporting.display_width import display_width
from plainwork.reporting.friction_text import format_friction, format_ranking
from plainwork.reporting.reliability_text import format_promise, format_reliability
from support.builders import make_snapshot, make_workflow
from support.desks import ORDER, PEOPLE, commit, order
from support.events import DAY, read, written

HOSTILE = "=cmd|<script>\x1b[31m{{ 7 * 7 }} \u202egnihton 日本\n" + "x" * 10_000
LONG = "a-work-with-a-name-of-sixty-columns-which-is-longer-than-usual"
TODAY = date(1970, 4, 10)
ASKING = Transition("pass", "done", ("testing",), approvals=(Approval(by=(HOSTILE, "lab")),))
WORKFLOWS = {
    "order": msgspec.structs.replace(
        ORDER,
        transitions=(*ORDER.transitions[:2], ASKING),
        clocks=(Clock("answer", ("building",), ("done",), targets=(Target("1d"),)),),
    ),
    "routine": make_workflow("routine", kind="routine"),
}
SNAPSHOT = make_snapshot(workflows=WORKFLOWS.values(), parties=PEOPLE.values())
KINDS = ("states", "teams", "approvers", "blockers")


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    more: dict[str, Any] = {"workflows": WORKFLOWS}
    titled = {"title": HOSTILE, "blocked": HOSTILE, "depends_on": [f"{LONG}.1970-01-05"]}
    routine = written(LONG, "doing", workflow="routine", title=HOSTILE)
    duty = order(f"{LONG}.1970-01-05", "building", title=HOSTILE)
    history = read(
        commit(0, "ada", routine, duty, order("a", "building", title=HOSTILE), **more),
        commit(1, "ada", order("a", "testing", **titled), **more),
        commit(9, "cy", order("a", "testing", **titled), **more),
    )
    return Evidence(history, SNAPSHOT, UTC, datetime.fromtimestamp(99 * DAY, UTC))


def check(lines: list[str]) -> None:
    assert max(map(display_width, lines)) <= 80
    assert "".join(lines).isprintable()
    assert len("".join(lines)) < 8_000


def test_friction_fits(evidence: Evidence) -> None:
    found = compute_friction(evidence)
    assert all(getattr(found, name) for name in KINDS)
    check(list(format_friction(found, TODAY, width=80, color=False)))


@pytest.mark.parametrize("name", KINDS)
def test_rankings_print_only_text(evidence: Evidence, name: str) -> None:
    found = compute_friction(evidence)
    check(list(format_ranking(found, name, width=80, color=False)))


def test_reliability_fits(evidence: Evidence) -> None:
    found = compute_reliability(evidence)
    assert found.routines
    assert found.clocks
    lines = list(format_reliability(found, TODAY, width=80, color=False))
    check([line for line in lines if not line.startswith(f"  {LONG}")])  # an id is never cut
    for promise in ("routines", "clocks", "forecasts"):
        assert "".join(format_promise(found, promise, width=80, color=False)).isprintable()
