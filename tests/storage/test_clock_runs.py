"""Runs of clocks in real histories: read once, kept, and read anew where they have to be."""

from pathlib import Path

import pytest

from plainwork.model.settings import Settings
from plainwork.storage.cache_file import cache_folder
from plainwork.storage.clock_runs import KeptRuns, load_clock_runs
from plainwork.storage.git_folder import find_git_folder
from support.git import commit_files, make_repository, run_git

TICKET = """\
---
title: Ticket
owner: ada
states:
  new: {category: ready}
  answered: {category: done}
transitions:
  answer: {from: new, to: answered}
clocks:
  answer: {start: [new], stop: [answered], targets: [{within: WITHIN}]}
---
"""
SETTINGS = Settings(timezone="Europe/Berlin", currency="EUR")


def workflow(within: str) -> dict[str, str]:
    return {"workflows/ticket.md": TICKET.replace("WITHIN", within)}


def ticket(id_: str, status: str = "new") -> dict[str, str]:
    text = f"---\ntitle: {id_}\nworkflow: ticket\nstatus: {status}\n---\n"
    return {f"work/{id_}.md": text}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {"plainwork.toml": '[workspace]\nname = "W"\n', **workflow("4bh"), **ticket("a")}
    return make_repository(files, tmp_path / "ws")


def load(root: Path, settings: Settings = SETTINGS, until: str = "") -> KeptRuns:
    found = load_clock_runs(root, settings, until)
    assert found is not None
    return found


def promises(kept: KeptRuns) -> dict[str, str]:
    return {run.work: run.phases[-1].within for run in kept.open}


def cache(root: Path) -> Path:
    git = find_git_folder(root)
    assert git is not None
    return cache_folder(git, root) / "clocks"


def test_the_definition_of_the_commit_counts_also_after_the_history_was_kept(root: Path) -> None:
    assert promises(load(root)) == {"a": "4bh"}
    commit_files(workflow("9bh"), root)
    commit_files(ticket("b"), root)
    assert promises(load(root)) == {"a": "4bh", "b": "9bh"}
    cache(root).unlink()
    (cache(root).parent / "events").unlink()
    assert promises(load(root)) == {"a": "4bh", "b": "9bh"}


def test_a_definition_and_work_that_come_together_count_together(root: Path) -> None:
    commit_files({**workflow("9bh"), **ticket("b")}, root)
    assert promises(load(root)) == {"a": "4bh", "b": "9bh"}


def test_what_ended_is_kept_apart(root: Path) -> None:
    stopped = commit_files(ticket("a", "answered"), root)
    for kept in (load(root), load(root)):
        assert not kept.open
        (run,) = kept.ended
        assert (run.work, run.end_commit, run.withdrawn) == ("a", stopped, False)


def test_what_is_not_committed_did_not_happen(root: Path) -> None:
    (root / "work/a.md").write_text(ticket("a", "answered")["work/a.md"], encoding="utf-8")
    assert promises(load(root)) == {"a": "4bh"}


def test_the_second_time_only_one_file_is_read(root: Path) -> None:
    load(root)
    (cache(root).parent / "events").unlink()
    load(root)
    assert not (cache(root).parent / "events").exists()


def test_a_moment_of_the_past_leaves_what_is_kept(root: Path) -> None:
    before = run_git("rev-parse", "HEAD", cwd=root).strip()
    commit_files(ticket("b"), root)
    load(root)
    known = cache(root).read_bytes()
    assert promises(load(root, until=before)) == {"a": "4bh"}
    assert cache(root).read_bytes() == known


@pytest.mark.parametrize(
    "settings",
    [Settings(timezone="Asia/Tokyo"), Settings(currency="CHF")],
    ids=["zone", "currency"],
)
def test_other_settings_have_runs_of_their_own(root: Path, settings: Settings) -> None:
    assert load(root).key != load(root, settings).key


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"plain text"])
def test_a_damaged_file_is_read_anew(root: Path, damage: bytes) -> None:
    load(root)
    cache(root).write_bytes(damage)
    assert promises(load(root)) == {"a": "4bh"}


def test_a_history_that_was_written_anew_is_read_anew(root: Path) -> None:
    commit_files(ticket("b"), root)
    load(root)
    run_git("reset", "--quiet", "--hard", "HEAD~1", cwd=root)
    commit_files(ticket("c"), root)
    assert promises(load(root)) == {"a": "4bh", "c": "4bh"}


def test_where_history_is_cut_off_nobody_knows(root: Path, tmp_path: Path) -> None:
    commit_files(ticket("b"), root)
    run_git("clone", "--quiet", "--depth=1", root.as_uri(), "shallow", cwd=tmp_path)
    assert load_clock_runs(tmp_path / "shallow", SETTINGS) is None


def test_outside_of_git_there_is_no_history(tmp_path: Path) -> None:
    assert load_clock_runs(tmp_path, SETTINGS) is None


def test_before_the_first_commit_nothing_happened(tmp_path: Path) -> None:
    run_git("init", "--quiet", cwd=tmp_path)
    assert promises(load(tmp_path)) == {}


def test_each_worktree_has_its_own(root: Path, tmp_path: Path) -> None:
    load(root)
    run_git("worktree", "add", "--quiet", str(tmp_path / "other"), cwd=root)
    commit_files(ticket("b"), tmp_path / "other")
    assert promises(load(tmp_path / "other")) == {"a": "4bh", "b": "4bh"}
    assert promises(load(root)) == {"a": "4bh"}
    assert cache(tmp_path / "other") != cache(root)
