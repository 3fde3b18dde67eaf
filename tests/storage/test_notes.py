"""Lines beside commits: never lost, and bounded when they are read."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from plainwork.errors import RepositoryError
from plainwork.storage.notes import MOST_LINES, NOTES, load_notes, write_note
from plainwork.storage.scan import MOST_READ
from support.git import commit_files, make_repository, run_git


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository({"a.md": ""}, tmp_path / "repo")


def head(root: Path) -> str:
    return run_git("rev-parse", "HEAD", cwd=root).strip()


def references(root: Path) -> list[str]:
    return run_git("for-each-ref", "--format=%(refname)", "refs/notes", cwd=root).split()


def test_without_notes_there_are_none(root: Path, tmp_path: Path) -> None:
    assert load_notes(root, [head(root)]) == {}
    (tmp_path / "bare").mkdir()
    with pytest.raises(RepositoryError):
        load_notes(tmp_path / "bare", [])


def test_lines_of_several_commits(root: Path) -> None:
    first = head(root)
    write_note(root, first, b'{"b": 1}')
    write_note(root, first, b'{"a": 1}')
    write_note(root, first, b'{"b": 1}')
    second = commit_files({"a.md": "2"}, root)
    write_note(root, second, b"x")
    assert load_notes(root, [first, second, "0" * 40]) == {
        first: (b'{"a": 1}', b'{"b": 1}'),
        second: (b"x",),
    }
    assert load_notes(root / "nowhere", [second]) == {second: (b"x",)}
    assert run_git("notes", f"--ref={NOTES}", "show", first, cwd=root) == '{"a": 1}\n{"b": 1}\n'
    assert references(root) == [NOTES]


def test_who_has_no_name_in_git_can_write(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    write_note(root, head(root), b"x")
    assert load_notes(root, [head(root)])


def test_who_writes_at_the_same_time_loses_nothing(root: Path) -> None:
    commit = head(root)
    lines = [f"line {number}".encode() for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda line: write_note(root, commit, line), lines))
    assert load_notes(root, [commit]) == {commit: tuple(sorted(lines))}
    assert references(root) == [NOTES]


def test_histories_of_notes_are_joined_by_git(root: Path, tmp_path: Path) -> None:
    commit = head(root)
    clone = tmp_path / "clone"
    run_git("clone", "--quiet", str(root), str(clone), cwd=tmp_path)
    write_note(root, commit, b"here")
    write_note(clone, commit, b"there")
    run_git("fetch", "--quiet", "origin", f"{NOTES}:{NOTES}-origin", cwd=clone)
    merge = ("notes", f"--ref={NOTES}", "merge", "--quiet", "--strategy=cat_sort_uniq")
    run_git(*merge, f"{NOTES}-origin", cwd=clone)
    assert load_notes(clone, [commit]) == {commit: (b"here", b"there")}


def test_a_flood_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = head(root)
    note = ("notes", f"--ref={NOTES}", "add", "--force", "--file=-", commit)
    many = "\n".join(f"{number:04}" for number in range(MOST_LINES + 9))
    _git_with_input(root, note, many)
    assert len(load_notes(root, [commit])[commit]) == MOST_LINES
    _git_with_input(root, note, "x" * (MOST_READ + 5))
    assert load_notes(root, [commit]) == {commit: ()}


def test_what_is_in_the_way_is_said(root: Path) -> None:
    (root / ".git/refs/notes/plainwork").mkdir(parents=True)
    (root / ".git/refs/notes/plainwork/x").write_text(head(root))
    with pytest.raises(RepositoryError):
        write_note(root, head(root), b"x")


def _git_with_input(root: Path, arguments: tuple[str, ...], text: str) -> None:
    file = root / ".git/given"
    file.write_text(text)
    run_git(*(f"--file={file}" if each == "--file=-" else each for each in arguments), cwd=root)
