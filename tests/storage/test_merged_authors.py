"""Who wrote what merges brought in, in real repositories."""

import os
from pathlib import Path

import pytest

from plainwork.storage.event_history import load_event_history
from plainwork.storage.merged_authors import load_merged_authors
from support.git import commit_files, make_repository, run_git

TASK = "---\ntitle: Task\nowner: ada\nstates:\n  todo: {category: ready}\n---\n"
BASE = {"plainwork.toml": '[workspace]\nname = "W"\n', "workflows/task.md": TASK}


def work(text: str) -> dict[str, str]:
    return {"work/a.md": f"---\ntitle: a\nworkflow: task\nstatus: todo\n---\n{text}\n"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ada@w.example")  # so that it is put back
    return make_repository({**BASE, **work("First")}, tmp_path / "repo")


def commit_as(who: str, text: str, root: Path, path: str = "notes.txt") -> None:
    os.environ["GIT_AUTHOR_EMAIL"] = f"{who}@w.example"
    commit_files(work(text) if path.startswith("work") else {path: text}, root)


def merge(branch: str, root: Path) -> str:
    run_git("merge", "--quiet", "--no-ff", "-m", "Merge", branch, cwd=root)
    return run_git("rev-parse", "HEAD", cwd=root).strip()


def load(root: Path) -> dict[str, set[str]]:
    found = load_merged_authors(root, load_event_history(root))
    return {
        commit: {email.partition("@")[0] for email in emails} for commit, emails in found.items()
    }


def test_without_merges_nothing_is_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = load_event_history(root)
    monkeypatch.setenv("PATH", "")  # whoever needs Git now fails
    assert load_merged_authors(root, history) == {}


def test_each_merge_has_those_who_wrote_it(root: Path) -> None:
    run_git("checkout", "--quiet", "-b", "one", cwd=root)
    commit_as("bo", "Second", root, "work/a.md")
    commit_as("cy", "Note", root)
    run_git("checkout", "--quiet", "main", cwd=root)
    commit_as("ada", "Other", root, "other.txt")
    first = merge("one", root)
    run_git("checkout", "--quiet", "-b", "two", cwd=root)
    commit_as("eve", "Third", root, "work/a.md")
    run_git("checkout", "--quiet", "main", cwd=root)
    commit_as("ada", "Again", root, "other.txt")
    run_git("checkout", "--quiet", "two", cwd=root)
    commit_as("dan", "x", root, "x.txt")
    inner = merge("main", root)  # what the line had already is nobody's contribution here
    run_git("checkout", "--quiet", "main", cwd=root)
    commit_as("ada", "Once more", root, "other.txt")
    second = merge("two", root)
    found = load(root)
    assert found == {first: {"bo", "cy"}, second: {"eve", "dan"}}
    assert inner not in found
