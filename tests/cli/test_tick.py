"""`plainwork tick` in real repositories: two clones make the same, and merging both is clean."""

import json
from pathlib import Path

import pytest

from plainwork.cli.app import run
from support.git import make_repository, run_git
from support.routines import files_of, make_workspace, routine

CREATES = 'workflow: task, title: "Sweep {{ period }}", rotation: [ada, bo], due: date + 3bd'
TICK = ("tick", "--today", "2026-03-16")
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


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    root = make_workspace(
        tmp_path / "origin",
        {
            "routines/sweep.md": routine("rrule: FREQ=WEEKLY", creates=CREATES),
            "routines/mop.md": routine("rrule: FREQ=MONTHLY", start="2026-01-31"),
            "workflows/purchase.md": PURCHASE,
            "work/lathe.md": LATHE,
        },
    )
    return make_repository({}, root)


def clone(origin: Path, name: str) -> Path:
    run_git("clone", "--quiet", str(origin), name, cwd=origin.parent)
    return origin.with_name(name)


def tick(root: Path, *options: str) -> int:
    return run(["-C", str(root), *TICK, *options])


def test_two_clones_make_the_same_and_merge_cleanly(origin: Path) -> None:
    one, other = clone(origin, "one"), clone(origin, "other")
    # Who runs it, and when, has no say.
    run_git("config", "user.email", "other@example.org", cwd=other)
    assert tick(one, "--commit") == 0
    assert tick(other) == 0
    run_git("add", "--all", cwd=other)
    run_git("commit", "--quiet", "--message=Mine", cwd=other)
    assert files_of(one) == files_of(other)
    assert len(files_of(one)) == 6
    run_git("pull", "--quiet", "--no-rebase", "--no-edit", str(other), "main", cwd=one)
    assert run_git("status", "--porcelain", cwd=one) == ""
    assert files_of(one) == files_of(other)
    assert tick(one) == 0
    assert run_git("status", "--porcelain", cwd=one) == ""


def test_twice_changes_nothing(origin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tick(origin, "--commit") == 0
    head = run_git("rev-parse", "HEAD", cwd=origin)
    capsys.readouterr()
    assert tick(origin, "--commit") == 0
    assert "Nothing to create: what is owed is there." in capsys.readouterr().out
    assert run_git("rev-parse", "HEAD", cwd=origin) == head


def test_what_is_made_passes_every_check(origin: Path) -> None:
    assert tick(origin, "--commit") == 0
    assert run(["-C", str(origin), "check", "--since", "HEAD~1"]) == 0


def test_a_dry_run_writes_nothing(origin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tick(origin, "--dry-run") == 0
    told = capsys.readouterr()
    assert told.out.startswith("diff --git a/work/lathe.order.md b/work/lathe.order.md\n")
    assert "To create 5" in told.err
    assert tick(origin, "--dry-run", "--format", "json") == 0
    assert len(json.loads(capsys.readouterr().out)["created"]) == 5
    assert [*files_of(origin)] == ["work/lathe.md"]


def test_what_is_not_committed_waits(origin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (origin / "work/press.md").write_text(LATHE.replace("lathe", "press"))
    assert tick(origin) == 0
    assert "1 work creates more once a commit says" in " ".join(capsys.readouterr().out.split())
    assert "work/press.order.md" not in files_of(origin)
    run_git("add", "work/press.md", cwd=origin)
    run_git("commit", "--quiet", "--message=Press", cwd=origin)
    assert tick(origin) == 0
    # The day is that of the commit, not today.
    assert "due: 2026-01-05\n" in files_of(origin)["work/press.order.md"]


def test_what_cannot_be_made_is_said_with_exit_code_1(
    origin: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = routine("rrule: FREQ=DAILY", start="1900-01-01")
    (origin / "routines/old.md").write_text(broken)
    assert tick(origin) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "Not created: routines/old.md: it owes more than 4,000 occurrences" in told
    assert len(files_of(origin)) == 6


def test_an_unknown_zone_creates_nothing(origin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = (origin / "plainwork.toml").read_text().replace("Berlin", "Berln")
    (origin / "plainwork.toml").write_text(settings)
    assert tick(origin) == 1
    assert "Europe/Berln" in capsys.readouterr().out
    assert [*files_of(origin)] == ["work/lathe.md"]
