"""Committing exactly what was written, in real repositories and with real hooks."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plainwork.errors import RepositoryError
from plainwork.storage.repository import Repository, TreeEntry, initialise_repository
from support.git import HOSTILE_NAMES, commit_files, make_repository, run_git


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository({"a.md": "a\n", "sub/b.md": "b\n"}, tmp_path / "repo")


@pytest.fixture
def repository(root: Path) -> Iterator[Repository]:
    with Repository.open(root) as opened:
        yield opened


def paths(entries: Iterator[TreeEntry]) -> list[str]:
    return [entry.path for entry in entries]


def write(root: Path, **texts: str) -> None:
    for name, text in texts.items():
        (root / f"{name}.md").write_text(text)


def shown(root: Path, *options: str) -> str:
    return run_git("show", "--name-status", "--format=", *options, "HEAD", cwd=root)


def test_exactly_these_paths_are_committed(root: Path, repository: Repository) -> None:
    commit_files({"old.md": "old", "gone.md": "gone"}, root)
    write(root, staged="by the user", old="changed", new="new", loose="untracked")
    (root / "gone.md").unlink()
    run_git("add", "staged.md", cwd=root)
    run_git("rm", "--quiet", "--cached", "a.md", cwd=root)
    before = run_git("status", "--porcelain", "staged.md", "a.md", "loose.md", cwd=root)
    commit = repository.commit_paths(["old.md", "new.md", "gone.md"], "Change\n\nWhy: #1\n")
    assert commit == run_git("rev-parse", "HEAD", cwd=root).strip()
    assert shown(root) == "D\tgone.md\nA\tnew.md\nM\told.md\n"
    assert run_git("log", "-1", "--format=%B", cwd=root).strip() == "Change\n\nWhy: #1"
    assert run_git("status", "--porcelain", "staged.md", "a.md", "loose.md", cwd=root) == before


def test_every_name_can_be_committed(root: Path) -> None:
    names = [f"in/{name}" for name in HOSTILE_NAMES]
    (root / "in").mkdir()
    for name in [*names, "in/xglobxax.md", "in/magic.md"]:
        (root / name).write_text("x")
    with Repository.open(root / "in") as repository:
        repository.commit_paths(HOSTILE_NAMES, "Add")
        assert sorted(paths(repository.list_tree("HEAD"))) == sorted(HOSTILE_NAMES)


def test_the_first_commit(tmp_path: Path) -> None:
    initialise_repository(tmp_path)
    write(tmp_path, a="a", b="b")
    with Repository.open(tmp_path) as repository:
        commit = repository.commit_paths(["a.md"], "Start")
        assert paths(repository.list_tree(commit)) == ["a.md"]


def test_more_paths_than_a_command_line_takes(root: Path, repository: Repository) -> None:
    names = [f"{'x' * 200}{number}.md" for number in range(1500)]
    for name in names:
        (root / name).write_text("x")
    repository.commit_paths(names, "Many")
    assert run_git("status", "--porcelain", cwd=root) == ""


@pytest.mark.parametrize("hook", ["pre-commit", "commit-msg", "reference-transaction"])
def test_a_hook_that_refuses(root: Path, repository: Repository, hook: str) -> None:
    install_hook(root, hook, 'echo "A ticket is missing" >&2; echo "in the message"; exit 1')
    write(root, new="new", a="changed")
    before = run_git("status", "--porcelain", cwd=root)
    with pytest.raises(RepositoryError, match="A ticket is missing") as caught:
        repository.commit_paths(["new.md", "a.md"], "Change")
    assert "\n" not in str(caught.value)
    assert run_git("status", "--porcelain", cwd=root) == before


def test_a_hook_that_says_very_much(root: Path, repository: Repository) -> None:
    install_hook(root, "pre-commit", "yes 'no, no, no' | head -c 1000000 >&2; exit 1")
    write(root, new="new")
    with pytest.raises(RepositoryError, match="no, no, no") as caught:
        repository.commit_paths(["new.md"], "Change")
    assert len(str(caught.value)) < 400


def test_hooks_run_as_git_would_run_them(root: Path, repository: Repository) -> None:
    install_hook(root, "pre-commit", "git diff --cached --name-only -- '*.md' > seen; env > env")
    write(root, new="new")
    repository.commit_paths(["new.md"], "Change")
    assert (root / "seen").read_text() == "new.md\n"
    assert "GIT_LITERAL_PATHSPECS" not in (root / "env").read_text()


def install_hook(root: Path, name: str, script: str) -> None:
    (root / ".git/hooks").mkdir(exist_ok=True)
    hook = root / ".git/hooks" / name
    hook.write_text(f"#!/bin/sh\n{script}\n")
    hook.chmod(0o755)


def test_without_an_identity(
    root: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME"):
        monkeypatch.delenv(name)
    monkeypatch.delenv("GIT_COMMITTER_EMAIL")
    run_git("config", "user.useConfigOnly", "true", cwd=root)
    write(root, new="new")
    with pytest.raises(RepositoryError, match=r"git config --global user\.email"):
        repository.commit_paths(["new.md"], "Change")
    assert run_git("status", "--porcelain", cwd=root) == "?? new.md\n"


def test_a_merge_under_way(root: Path, repository: Repository) -> None:
    run_git("checkout", "--quiet", "-b", "topic", cwd=root)
    commit_files({"a.md": "theirs"}, root)
    run_git("checkout", "--quiet", "main", cwd=root)
    commit_files({"a.md": "ours"}, root)
    with pytest.raises(RuntimeError, match="CONFLICT"):
        run_git("merge", "topic", cwd=root)
    write(root, new="new")
    before = run_git("status", "--porcelain", cwd=root)
    with pytest.raises(RepositoryError, match="merge"):
        repository.commit_paths(["new.md"], "Change")
    assert run_git("status", "--porcelain", cwd=root) == before


@pytest.mark.parametrize(
    ("reason", "spoil"),
    [
        pytest.param("index.lock", lambda root: (root / ".git/index.lock").touch(), id="locked"),
        pytest.param("ignored", lambda root: (root / ".gitignore").write_text("n*"), id="ignored"),
        pytest.param("know", lambda root: (root / "new.md").unlink(), id="gone and unknown"),
        pytest.param("", lambda root: shutil.rmtree(root / ".git/objects"), id="no objects"),
    ],
)
def test_what_cannot_be_committed(
    root: Path, repository: Repository, reason: str, spoil: Callable[[Path], object]
) -> None:
    write(root, new="new")
    spoil(root)
    with pytest.raises(RepositoryError, match=f"git .*{reason}"):
        repository.commit_paths(["new.md"], "Change")


def test_nothing_to_commit(repository: Repository) -> None:
    with pytest.raises(RepositoryError, match=r"git commit: .*nothing"):
        repository.commit_paths(["a.md"], "Change")
