"""Since when works have been in their states, from real history."""

from collections.abc import Mapping
from datetime import UTC, date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plainwork.storage.entry_days import load_entry_days
from plainwork.storage.workspace import load_snapshot
from support.git import commit_files, make_repository, run_git
from support.routines import make_workspace

BERLIN = ZoneInfo("Europe/Berlin")


def task(status: str, title: str = "Sweep") -> str:
    return f"---\ntitle: {title}\nworkflow: task\nstatus: {status}\n---\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "ws", {})
    return make_repository({}, tmp_path / "ws")


def commit(root: Path, day: str, files: Mapping[str, str], patch: pytest.MonkeyPatch) -> None:
    patch.setenv("GIT_COMMITTER_DATE", day if "T" in day else f"{day}T12:00:00+00:00")
    commit_files(files, root)


def entered(root: Path, zone: ZoneInfo = BERLIN) -> Mapping[str, date]:
    return load_entry_days(root, list(load_snapshot(root).works), zone)


def test_the_day_of_the_last_change_of_status_counts(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [
        ("2026-03-01", task("todo")),
        ("2026-03-02", task("done")),
        ("2026-03-03", task("doing")),
        ("2026-03-04", task("done")),
        ("2026-03-05", "no front matter\n"),
        ("2026-03-06", task("done", "Sweep well")),
    ]
    for day, text in steps:
        commit(root, day, {"work/a.md": text}, monkeypatch)
    assert entered(root) == {"a": date(2026, 3, 4)}


def test_what_is_not_committed_has_no_day(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, "2026-03-01", {"work/a.md": task("todo"), "work/b.md": task("todo")}, monkeypatch)
    (root / "work/a.md").write_text(task("done"))
    (root / "work/c.md").write_text(task("todo"))
    assert entered(root) == {"b": date(2026, 3, 1)}


def test_days_begin_in_the_workspaces_zone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, "2026-03-28T23:30:00+00:00", {"work/a.md": task("todo")}, monkeypatch)
    assert entered(root) == {"a": date(2026, 3, 29)}
    assert load_entry_days(root, list(load_snapshot(root).works), UTC) == {"a": date(2026, 3, 28)}


def test_a_merge_is_one_step(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, "2026-03-01", {"work/a.md": task("todo")}, monkeypatch)
    run_git("checkout", "--quiet", "-b", "side", cwd=root)
    commit(root, "2026-03-02", {"work/a.md": task("done")}, monkeypatch)
    run_git("checkout", "--quiet", "main", cwd=root)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-09T12:00:00+00:00")
    run_git("merge", "--quiet", "--no-ff", "side", cwd=root)
    assert entered(root) == {"a": date(2026, 3, 9)}


def test_a_file_that_came_back_begins_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, "2026-03-01", {"work/a.md": task("todo")}, monkeypatch)
    (root / "work/a.md").unlink()
    commit(root, "2026-03-02", {}, monkeypatch)
    commit(root, "2026-03-03", {"work/a.md": task("todo")}, monkeypatch)
    assert entered(root) == {"a": date(2026, 3, 3)}


def test_a_shallow_clone_does_not_know_what_was_before(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(root, "2026-03-01", {"work/a.md": task("todo"), "work/b.md": task("todo")}, monkeypatch)
    commit(root, "2026-03-02", {"work/c.md": task("todo")}, monkeypatch)
    commit(root, "2026-03-03", {"work/b.md": task("done")}, monkeypatch)
    run_git("clone", "--quiet", "--depth=2", root.as_uri(), str(tmp_path / "cut"), cwd=root)
    assert entered(tmp_path / "cut") == {"b": date(2026, 3, 3)}


def test_outside_of_git_nothing_is_known(tmp_path: Path) -> None:
    make_workspace(tmp_path, {"work/a.md": task("todo")})
    assert entered(tmp_path) == {}
    run_git("init", "--quiet", cwd=tmp_path)
    assert entered(tmp_path) == {}
