"""When documents were last changed, kept between runs, and the history of one of them."""

import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from plainwork.storage.cache_file import cache_folder
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.git_questions import Identity, load_document_history, load_identity
from plainwork.storage.history import load_changes_until, load_latest_changes
from support.git import HOSTILE_NAMES, commit_files, make_repository, run_git


class Clock:
    """Gives each commit the next minute, so that times tell commits apart."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self.now = 1_800_000_000

    def tick(self) -> int:
        self.now += 60
        self._patch.setenv("GIT_COMMITTER_DATE", f"{self.now} +0000")
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def root(tmp_path: Path, clock: Clock) -> Path:
    clock.tick()
    return make_repository({"a.md": "1", "sub/b.md": "1", "notes.txt": ""}, tmp_path / "repo")


def kept_file(root: Path) -> Path:
    git = find_git_folder(root)
    assert git
    return cache_folder(git, root) / "history"


def load_afresh(root: Path) -> Mapping[str, int]:
    return load_changes_until(root, run_git("rev-parse", "HEAD", cwd=root).strip())


def test_only_documents_and_their_latest_change(root: Path, clock: Clock) -> None:
    start = clock.now
    later = clock.tick()
    commit_files({"a.md": "2"}, root)
    assert load_latest_changes(root) == {"a.md": later, "sub/b.md": start}
    assert load_latest_changes(root / "sub") == {"b.md": start}


def test_nothing_without_git_and_before_the_first_commit(tmp_path: Path) -> None:
    assert load_latest_changes(tmp_path) == {}
    run_git("init", "--quiet", cwd=tmp_path)
    assert load_latest_changes(tmp_path) == {}


def test_git_is_asked_only_once_for_each_commit(
    root: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = load_latest_changes(root)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "")  # whoever needs Git now fails
        assert load_latest_changes(root) == known
    clock.tick()
    commit_files({"new.md": ""}, root)
    assert load_latest_changes(root) == {**known, "new.md": clock.now}


def test_a_history_that_was_written_anew(root: Path, clock: Clock) -> None:
    clock.tick()
    commit_files({"a.md": "2"}, root)
    load_latest_changes(root)
    run_git("reset", "--quiet", "--hard", "HEAD~1", cwd=root)
    clock.tick()
    commit_files({"sub/b.md": "2"}, root)
    assert load_latest_changes(root) == load_afresh(root)
    run_git("gc", "--quiet", "--prune=now", cwd=root)
    run_git("reflog", "expire", "--expire=now", "--all", cwd=root)
    run_git("gc", "--quiet", "--prune=now", cwd=root)
    clock.tick()
    commit_files({"a.md": "3"}, root)
    assert load_latest_changes(root) == load_afresh(root)


def test_a_branch_that_was_merged_elsewhere(root: Path, clock: Clock) -> None:
    """What a topic branch did and undid has not happened, seen from the branch it went into."""
    run_git("checkout", "--quiet", "-b", "topic", cwd=root)
    for text in ("2", "1"):
        clock.tick()
        commit_files({"a.md": text, f"{text}.md": ""}, root)
    load_latest_changes(root)
    run_git("checkout", "--quiet", "main", cwd=root)
    clock.tick()
    run_git("merge", "--quiet", "--no-ff", "-m", "Merge", "topic", cwd=root)
    assert load_latest_changes(root) == load_afresh(root)


@pytest.mark.parametrize("seed", range(3))
def test_continued_is_the_same_as_read_afresh(root: Path, clock: Clock, seed: int) -> None:
    chance = random.Random(seed)
    for step in range(25):
        clock.tick()
        match chance.randrange(6):
            case 0:
                run_git("checkout", "--quiet", "-B", f"b{chance.randrange(3)}", cwd=root)
            case 1:
                branches = run_git("branch", "--format=%(refname:short)", cwd=root).split()
                run_git("checkout", "--quiet", chance.choice(branches), cwd=root)
            case 2:
                branches = run_git("branch", "--format=%(refname:short)", cwd=root).split()
                run_git("merge", "-q", "-X", "ours", "-m", "M", chance.choice(branches), cwd=root)
            case 3:
                (root / f"{chance.randrange(4)}.md").unlink(missing_ok=True)
                commit_files({}, root)
            case _:
                commit_files({f"{chance.randrange(4)}.md": str(step)}, root)
        if chance.random() < 0.6:
            assert load_latest_changes(root) == load_afresh(root)


@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_file_is_never_trusted(root: Path, seed: int) -> None:
    expected = load_latest_changes(root)
    chance = random.Random(seed)
    data = bytearray(kept_file(root).read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    kept_file(root).write_bytes(data[: chance.choice([len(data), len(data) // 2, 0])])
    assert load_latest_changes(root) == expected
    assert load_latest_changes(root) == expected


def test_what_cannot_be_kept_is_read_again(root: Path) -> None:
    (root / ".git/plainwork").write_text("in the way")
    expected = load_afresh(root)
    assert load_latest_changes(root) == expected
    assert load_latest_changes(root) == expected


def test_two_worktrees(root: Path, tmp_path: Path, clock: Clock) -> None:
    other = tmp_path / "other"
    run_git("worktree", "add", "--quiet", "-b", "topic", str(other), cwd=root)
    clock.tick()
    commit_files({"a.md": "2"}, other)
    for _ in range(2):
        assert load_latest_changes(root) == load_afresh(root)
        assert load_latest_changes(other) == load_afresh(other)
    assert load_latest_changes(root) != load_latest_changes(other)
    assert kept_file(root) != kept_file(other)


def test_many_at_once(root: Path) -> None:
    expected = load_afresh(root)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(load_latest_changes, [root, root / "sub"] * 8))
    assert found == [expected, {"b.md": expected["sub/b.md"]}] * 8
    assert [file.name for file in kept_file(root).parent.iterdir() if file.is_file()] == ["history"]


def test_a_history_that_was_cut_off_is_not_kept(root: Path, tmp_path: Path, clock: Clock) -> None:
    clock.tick()
    commit_files({"a.md": "2"}, root)
    clone = tmp_path / "clone"
    run_git("clone", "--quiet", "--depth=1", f"file://{root}", str(clone), cwd=tmp_path)
    assert set(load_latest_changes(clone).values()) == {clock.now}
    run_git("fetch", "--quiet", "--unshallow", cwd=clone)
    assert load_latest_changes(clone) == load_afresh(root)


def test_names_that_no_document_has_are_left_out(root: Path) -> None:
    commit_files({}, root)
    for name in HOSTILE_NAMES:
        (root / name).write_text("x")
    commit_files({}, root)
    assert set(load_latest_changes(root)) == {
        *("a.md", "sub/b.md"),
        *(name for name in HOSTILE_NAMES if name.isprintable()),
    }
    assert kept_file(root).exists()


# The history of one document


def subjects(root: Path, path: str, until: str = "HEAD") -> list[str]:
    return [revision.subject for revision in load_document_history(root, path, until)]


def test_the_history_of_a_document_goes_through_renames(root: Path) -> None:
    commit_files({"a.md": "some text that stays\n" * 5}, root, "Write")
    (root / "deep").mkdir()
    run_git("mv", "a.md", "deep/c.md", cwd=root)
    moved = commit_files({}, root, "Move")
    commit_files({"sub/b.md": "2"}, root, "Elsewhere")
    commit_files({"deep/c.md": "some text that stays\n" * 4}, root, "Cut")
    assert subjects(root, "deep/c.md") == ["Cut", "Move", "Write", "Start"]
    assert subjects(root, "deep/c.md", moved) == ["Move", "Write", "Start"]
    assert subjects(root / "deep", "c.md") == ["Cut", "Move", "Write", "Start"]
    assert subjects(root, "none.md") == []


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_the_history_of_a_document_of_any_name(root: Path, name: str) -> None:
    (root / "sub" / name).write_text("x")
    commit_files({}, root, "Add")
    assert subjects(root / "sub", name) == ["Add"]


@pytest.mark.parametrize("text", ["\x01 \x02", "Ä 漢字 🚀", "%H%x00", "", "a" * 5000])
def test_a_commit_may_say_anything(root: Path, text: str) -> None:
    (root / "a.md").write_text("2")
    message = ("--allow-empty-message", "--cleanup=verbatim", f"--message={text}")
    run_git("commit", "--quiet", "--all", *message, cwd=root)
    newest, oldest = load_document_history(root, "a.md")
    assert (newest.subject, oldest.subject) == (text.strip(), "Start")


def test_no_history_without_git(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert subjects(tmp_path, "a.md") == []
    monkeypatch.setenv("PATH", "")
    assert subjects(root, "a.md") == []


# Who is working here


@pytest.mark.parametrize(
    ("config", "environment", "expected"),
    [
        ({}, {}, None),
        ({"user.name": "N"}, {}, None),
        ({"user.name": "N", "user.email": "e@x"}, {}, Identity("N", "e@x")),
        ({"user.email": "e@x", "author.email": "a@x"}, {}, Identity("", "a@x")),
        ({"user.email": "e@x"}, {"GIT_AUTHOR_EMAIL": "g@x"}, Identity("", "g@x")),
        ({}, {"EMAIL": "m@x"}, Identity("", "m@x")),
        ({"user.email": "e@x"}, {"EMAIL": "m@x"}, Identity("", "e@x")),
        ({"user.name": "Ä\n漢", "user.email": "e@x"}, {}, Identity("Ä\n漢", "e@x")),
    ],
)
def test_whom_git_would_name(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    config: Mapping[str, str],
    environment: Mapping[str, str],
    expected: Identity | None,
) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for name, value in config.items():
        run_git("config", name, value, cwd=root)
    assert load_identity(root) == expected
