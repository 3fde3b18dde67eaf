"""Derived work in real repositories: the change is loaded as for a decision."""

from datetime import date
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plainwork.approvals.derived import find_derived
from plainwork.cli.app import run
from plainwork.model.change import Change
from plainwork.storage.entry_days import load_entry_days_at
from support.archive import unpack
from support.proposals import Proposed
from support.routines import WORKSPACE, routine

TODAY = date(2026, 3, 16)
ZONE = ZoneInfo("Europe/Berlin")
PURCHASE = """\
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
"""
LATHE = "---\ntitle: A lathe\nworkflow: purchase\nstatus: ordering\n---\n"
FILES = {
    **unpack(WORKSPACE),
    "routines/sweep.md": routine("rrule: FREQ=WEEKLY"),
    "routines/mop.md": routine("rrule: FREQ=DAILY;INTERVAL=5, mode: after-done"),
    "workflows/purchase.md": PURCHASE,
    "work/lathe.md": LATHE,
    "work/sweep/sweep.2026-03-02.md": (
        "---\ntitle: Sweep\nworkflow: task\nstatus: todo\nparent: sweep\n---\n"
    ),
    "work/mop/mop.2026-03-02.md": (
        "---\ntitle: Mop\nworkflow: task\nstatus: done\nparent: mop\n---\n"
    ),
}


@pytest.fixture
def proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Proposed:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-04T09:00:00+00:00")
    return Proposed(tmp_path / "repository", FILES)


def tick(proposed: Proposed, today: date = TODAY) -> None:
    proposed.git("checkout", "--quiet", "topic")
    command = ["-C", str(proposed.root), "tick", "--commit", "--today", today.isoformat()]
    assert run(command) == 0


def derived(proposed: Proposed, change: Change, today: date = TODAY) -> list[str]:
    load = partial(load_entry_days_at, proposed.root, "", change.base, zone=ZONE)
    found = find_derived(change, today, lambda works: load(works=works), lambda _: ())
    return sorted(id_ for _, id_ in found)


def test_what_tick_commits_is_derived_and_nothing_else_is(proposed: Proposed) -> None:
    tick(proposed)
    proposed.commit({"work/own.md": LATHE.replace("ordering", "draft")})
    change = proposed.change()
    assert change.faults == ()
    assert derived(proposed, change) == [
        "lathe.order",
        "mop.2026-03-09",
        "sweep.2026-03-09",
        "sweep.2026-03-16",
    ]
    assert len(change.documents) == 5


def test_a_rule_that_the_change_brings_derives_nothing(proposed: Proposed) -> None:
    proposed.commit({"routines/dust.md": routine("rrule: FREQ=WEEKLY")})
    proposed.commit({"routines/sweep.md": routine("rrule: FREQ=DAILY")})
    tick(proposed)
    new = [each.id for each in proposed.change().documents if each.before is None]
    assert "dust.2026-03-09" in new
    assert "sweep.2026-03-10" in new
    found = derived(proposed, proposed.change())
    assert found == ["lathe.order", "mop.2026-03-09", "sweep.2026-03-09", "sweep.2026-03-16"]


def test_a_state_that_the_change_enters_derives_nothing(proposed: Proposed) -> None:
    drill = LATHE.replace("lathe", "drill")
    proposed.commit({"work/drill.md": drill.replace("ordering", "draft")}, branch="main")
    proposed.git("branch", "--force", "topic", "main")
    proposed.commit({"work/drill.md": drill})
    tick(proposed)
    assert "drill.order" in {each.id for each in proposed.change().documents}
    assert "drill.order" not in derived(proposed, proposed.change())


def test_what_another_change_made_meanwhile_is_new_no_more(proposed: Proposed) -> None:
    tick(proposed)
    proposed.git("checkout", "--quiet", "main")
    proposed.git("merge", "--quiet", "--squash", "topic")
    proposed.git("commit", "--quiet", "--message", "The same, from another clone")
    change = proposed.change()
    assert (change.documents, change.faults) == ((), ())


def test_days_ahead_of_the_servers_are_not_derived(proposed: Proposed) -> None:
    tick(proposed, date(2026, 6, 1))
    change = proposed.change()
    assert derived(proposed, change, date(2026, 3, 9)) == [
        "lathe.order",
        "mop.2026-03-09",
        "sweep.2026-03-09",
    ]
