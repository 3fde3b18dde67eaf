"""Commands that change something, as processes: many at once, and in any surroundings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from plainwork.cli.app import run
from plainwork.storage.workspace import load_snapshot
from support.git import make_repository, run_git
from support.office import make_office, office_files

AT_ONCE = 8


def start(*arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "plainwork", *arguments]
    return subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    root = make_repository(office_files(), tmp_path / "ws")
    commands = [("new", "task", f"Task {n}") for n in range(AT_ONCE)]
    commands += [("set", "ops-7k3", f"labels+=label-{n}") for n in range(AT_ONCE)]
    processes = [start(*command, cwd=root) for command in commands]
    assert [process.wait() for process in processes] == [0] * len(commands)
    for process in processes:
        process.communicate()
    snapshot = load_snapshot(root)
    titles = {work.title for work in snapshot.works}
    assert titles >= {f"Task {n}" for n in range(AT_ONCE)}
    work = snapshot.work("ops-7k3q9")
    assert work is not None
    assert set(work.labels) == {"docs", *(f"label-{n}" for n in range(AT_ONCE))}


def test_a_commit_holds_the_plan_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_repository(office_files(), tmp_path / "ws")
    monkeypatch.chdir(root)
    (root / "staged.txt").write_text("staged")
    run_git("add", "staged.txt", cwd=root)
    (root / "work/ops-7kzzz-paint.md").write_text("---\ntitle: Mine\n---\n")
    assert run(["set", "ops-7k3", "priority=high", "--commit"]) == 0
    assert run(["new", "task", "Another", "--commit"]) == 0
    changed = run_git("log", "-2", "--format=", "--name-only", cwd=root).split()
    assert [path.partition("-")[0] for path in changed] == ["work/ops", "work/ops"]
    left = set(run_git("status", "--short", cwd=root).splitlines())
    assert left == {" M work/ops-7kzzz-paint.md", "A  staged.txt"}


def test_a_dry_run_can_be_applied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_repository({f"sub/{k}": v for k, v in office_files().items()}, tmp_path / "ws")
    monkeypatch.chdir(root / "sub")
    assert run(["move", "ops-4m2kx", "review", "--set", "vendor=Brother", "--dry-run"]) == 0
    diff = capsys.readouterr().out
    assert run_git("status", "--short", cwd=root) == ""
    (tmp_path / "change.diff").write_text(diff)
    run_git("apply", str(tmp_path / "change.diff"), cwd=root)
    assert "status: review\n" in (root / "sub/work/ops-4m2kx-printer.md").read_text()


def test_outside_of_git_everything_but_commits_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_office(tmp_path / "ws")
    monkeypatch.chdir(root)
    assert run(["set", "ops-7k3", "priority=high"]) == 0
    assert run(["set", "ops-7k3", "priority=low", "--commit"]) == 2
    assert "nothing can be committed" in capsys.readouterr().err
    assert "priority: high\n" in (root / "work/ops-7k3q9-write-the-docs.md").read_text()


def test_a_hook_that_refuses_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_repository(office_files(), tmp_path / "ws")
    hook = root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    monkeypatch.chdir(root)
    assert run(["set", "ops-7k3", "priority=high", "--commit"]) == 2
    told = capsys.readouterr().err
    assert "written, but not committed" in told
    assert "not today" in told


def test_what_is_behind_a_link_is_not_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_office(tmp_path / "ws")
    monkeypatch.chdir(root)
    file = root / "work/ops-7k3q9-write-the-docs.md"
    target = file.rename(root / "elsewhere.md")
    file.symlink_to(os.path.relpath(target, file.parent))
    assert run(["set", "ops-7k3", "priority=high"]) == 2
    assert "no document has the id" in capsys.readouterr().err
