"""Ids that another branch gives to another document, in real repositories."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from plainwork.errors import RepositoryError
from plainwork.model.surroundings import Clash
from plainwork.storage.clashes import load_clashes
from plainwork.storage.workspace import load_snapshot
from support.archive import unpack, write_files
from support.git import commit_files, make_repository, run_git

BASE = unpack((Path(__file__).parents[1] / "rules/_workspace.txt").read_text(encoding="utf-8"))


def _work(title: str, **fields: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\ntitle: {title}\nworkflow: task\nstatus: todo\n{lines}---\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository({**BASE, "work/plan.md": _work("Plan")}, tmp_path / "repository")


def _on_branch(root: Path, files: Mapping[str, str], branch: str = "theirs") -> None:
    run_git("switch", "--quiet", "--create", branch, cwd=root)
    commit_files(files, root)
    run_git("switch", "--quiet", "main", cwd=root)


def _clashes(root: Path) -> tuple[Clash, ...]:
    return load_clashes(root, load_snapshot(root))


def test_two_branches_give_one_id(root: Path) -> None:
    _on_branch(root, {"work/van.md": _work("Van", id="x-1")})
    write_files({"work/lorry.md": _work("Lorry", id="X-1".lower())}, root)

    assert _clashes(root) == (
        Clash("work/lorry.md", "work", "x-1", "theirs", "work/van.md", newer=True),
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("records/x-1.md", "---\nrecord: update\n---\n", id="record-and-work"),
        pytest.param("work/van.md", _work("Van", id="x-1", aliases="[x-2]"), id="work"),
    ],
)
def test_spaces_are_shared(path: str, text: str, root: Path) -> None:
    _on_branch(root, {path: text})
    write_files({"work/lorry.md": _work("Lorry", aliases="[x-1]")}, root)

    assert [clash.other_path for clash in _clashes(root)] == [path]


def test_a_workflow_may_be_called_like_work(root: Path) -> None:
    _on_branch(root, {"workflows/lorry.md": "---\ntitle: Lorry\n---\n"})
    write_files({"work/lorry.md": _work("Lorry")}, root)

    assert _clashes(root) == ()


def test_the_same_path_is_the_same_thing(root: Path) -> None:
    _on_branch(root, {"work/lorry.md": _work("Lorry")})
    write_files({"work/lorry.md": _work("Lorry")}, root)

    assert _clashes(root) == ()


def test_what_is_merged_does_not_count(root: Path) -> None:
    _on_branch(root, {"work/van.md": _work("Van", id="x-1")})
    run_git("merge", "--quiet", "theirs", cwd=root)
    run_git("mv", "work/van.md", "work/lorry.md", cwd=root)
    commit_files({}, root)

    assert _clashes(root) == ()


def test_every_branch_is_compared(root: Path) -> None:
    for number in (1, 2, 3):
        _on_branch(root, {f"work/van-{number}.md": _work("Van", id=f"x-{number}")}, f"b/{number}")
    write_files({f"work/x-{number}.md": _work("Lorry") for number in (1, 2, 3)}, root)

    assert [clash.branch for clash in _clashes(root)] == ["b/1", "b/2", "b/3"]


def test_the_one_added_later_is_the_newer(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-02-01T09:00:00+00:00")
    _on_branch(root, {"work/van.md": _work("Van", id="x-1")})
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-02-02T09:00:00+00:00")
    commit_files({"work/lorry.md": _work("Lorry", id="x-1")}, root)
    assert [clash.newer for clash in _clashes(root)] == [True]

    run_git("switch", "--quiet", "theirs", cwd=root)
    assert [clash.newer for clash in _clashes(root)] == [False]


def test_branches_without_common_history_are_left_alone(root: Path) -> None:
    run_git("switch", "--quiet", "--orphan", "pages", cwd=root)
    commit_files({**BASE, "work/other.md": _work("Other", id="plan")}, root)
    run_git("switch", "--quiet", "main", cwd=root)

    assert _clashes(root) == ()


def test_no_repository_and_no_commit(tmp_path: Path) -> None:
    plain = write_files(BASE, tmp_path / "plain")
    assert _clashes(plain) == ()

    run_git("init", "--quiet", cwd=plain)
    assert _clashes(plain) == ()


def test_git_that_refuses_is_told(root: Path) -> None:
    _on_branch(root, {"work/van.md": _work("Van")})
    (root / ".git/config").write_text("[broken\n")

    with pytest.raises(RepositoryError):
        _clashes(root)
