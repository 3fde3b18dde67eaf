"""What applying a plan does to the files, and when it does nothing."""

import os
import stat
from pathlib import Path

import pytest

from plainwork.errors import PlainworkError, RefusedError, StorageError
from plainwork.model.plan import FileEdit, Plan
from plainwork.storage.apply import apply_plan, writing
from support.archive import write_files
from support.git import make_repository, run_git

FILES = {"plainwork.toml": "", "work/a.md": "a\n", "work/b.md": "b\n", "work/c.md": "c\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(FILES, tmp_path / "workspace")


def plan(*edits: tuple[str, bytes | None, bytes | None]) -> Plan:
    return Plan(tuple(FileEdit(*edit) for edit in edits), "Change")


def contents(root: Path) -> dict[str, bytes]:
    """Return every file and folder below a root, except in Git's folder."""
    return {
        entry.relative_to(root).as_posix(): entry.read_bytes() if entry.is_file() else b"/"
        for entry in sorted(root.rglob("*"))
        if ".git" not in entry.relative_to(root).parts
    }


def assert_refused(root: Path, bad: Plan, reason: str, error: type[PlainworkError]) -> None:
    """Apply a plan that has to be refused as a whole, with one line that says why."""
    before = contents(root)
    with pytest.raises(error, match=reason) as raised:
        apply_plan(root, bad)
    assert "\n" not in str(raised.value)
    assert "nothing was written" in str(raised.value)
    assert contents(root) == before
    assert_at_rest(root)


def assert_at_rest(root: Path) -> None:
    with writing(root, patience=0) as writer:
        assert writer.notes == ()
    journal = root / ".git/plainwork/journal"
    assert not journal.exists() or journal.read_bytes() == b""


def test_files_are_changed_made_and_removed_together(root: Path) -> None:
    apply_plan(
        root,
        plan(
            ("work/a.md", b"a\n", b"A\n"),
            ("work/b.md", b"b\n", None),
            ("work/new/deep/d.md", None, b"d\n"),
            ("work/new/e.md", None, b""),
        ),
    )
    assert contents(root) == {
        "plainwork.toml": b"",
        "work": b"/",
        "work/a.md": b"A\n",
        "work/c.md": b"c\n",
        "work/new": b"/",
        "work/new/deep": b"/",
        "work/new/deep/d.md": b"d\n",
        "work/new/e.md": b"",
    }
    assert_at_rest(root)


def test_git_sees_the_plan_and_nothing_else(root: Path) -> None:
    apply_plan(root, plan(("work/a.md", b"a\n", b"A\n"), ("work/b.md", b"b\n", None)))
    status = run_git("status", "--porcelain", "--ignored", cwd=root)
    assert status.splitlines() == [" M work/a.md", " D work/b.md"]


@pytest.mark.parametrize("edits", [(), (("work/a.md", b"a\n", b"a\n"),)], ids=["none", "same"])
def test_a_plan_that_changes_nothing(
    root: Path, edits: tuple[tuple[str, bytes | None, bytes | None], ...]
) -> None:
    untouched = (root / "work/a.md").stat()
    apply_plan(root, plan(*edits))
    assert (root / "work/a.md").stat().st_mtime_ns == untouched.st_mtime_ns


@pytest.mark.parametrize("others", [0, 1, 100], ids=["alone", "with another", "in bulk"])
def test_modes_are_kept_and_new_files_get_the_usual_one(root: Path, others: int) -> None:
    (root / "work/a.md").chmod(0o4750)
    (root / "work/usual.md").touch()
    more = [(f"work/other-{number:03}.md", None, b"") for number in range(others)]
    apply_plan(root, plan(("work/a.md", b"a\n", b"A\n"), *more))
    assert stat.S_IMODE((root / "work/a.md").stat().st_mode) == 0o4750
    for path, _, _ in more:
        assert (root / path).stat().st_mode == (root / "work/usual.md").stat().st_mode


def test_without_git_the_state_stands_in_a_folder_that_ignores_itself(tmp_path: Path) -> None:
    write_files(FILES, tmp_path)
    apply_plan(tmp_path, plan(("work/a.md", b"a\n", b"A\n")))
    assert (tmp_path / "work/a.md").read_bytes() == b"A\n"
    run_git("init", "--quiet", cwd=tmp_path)
    assert ".plainwork" not in run_git("status", "--porcelain", "-uall", cwd=tmp_path)


def test_a_workspace_with_a_surprising_name_inside_a_repository(tmp_path: Path) -> None:
    repository = make_repository({"a.md": ""}, tmp_path / "it's \U0001f4e6")
    root = write_files(FILES, repository / os.fsdecode(b"not utf-8 \xff"))
    apply_plan(root, plan(("work/a.md", b"a\n", b"A\n"), ("work/b.md", b"b\n", None)))
    assert (root / "work/a.md").read_bytes() == b"A\n"
    assert (repository / ".git/plainwork/journal").read_bytes() == b""


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(("work/b.md", b"old\n", b"B\n"), id="edited"),
        pytest.param(("work/b.md", None, b"B\n"), id="made"),
        pytest.param(("work/gone.md", b"b\n", b"B\n"), id="removed"),
        pytest.param(("work/gone/b.md", b"b\n", b"B\n"), id="removed with its folder"),
        pytest.param(("work/b.md", b"old\n", None), id="edited before it is removed"),
    ],
)
def test_what_somebody_changed_meanwhile_is_never_lost(
    root: Path, edit: tuple[str, bytes | None, bytes | None]
) -> None:
    bad = plan(("work/a.md", b"a\n", b"A\n"), edit, ("work/new/z.md", None, b""))
    assert_refused(root, bad, f"{edit[0]}: changed since it was read", RefusedError)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../outside.md", "no path inside the workspace"),
        ("/outside.md", "no path inside the workspace"),
        (".git/hooks/post-commit", "only Git writes there"),
        ("work/A.md", "`a.md` is already there"),
        ("WORK/z.md", "`work` is already there"),
    ],
)
def test_paths_that_are_refused(root: Path, path: str, reason: str) -> None:
    bad = plan(("work/a.md", b"a\n", b"A\n"), (path, None, b"z"))
    assert_refused(root, bad, reason, RefusedError)


def test_a_link_in_place_of_a_file_is_not_followed(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"b\n")
    (root / "work/b.md").unlink()
    (root / "work/b.md").symlink_to(outside)
    bad = plan(("work/a.md", b"a\n", b"A\n"), ("work/b.md", b"b\n", b"B\n"))
    assert_refused(root, bad, r"work/b\.md: `b\.md` is a symbolic link", RefusedError)
    assert outside.read_bytes() == b"b\n"


def test_a_dangling_link_is_not_replaced(root: Path) -> None:
    (root / "work/z.md").symlink_to("nowhere")
    assert_refused(root, plan(("work/z.md", None, b"z")), "`z.md` is a symbolic link", RefusedError)
    assert (root / "work/z.md").is_symlink()


@pytest.mark.parametrize("before", [b"z\n", None], ids=["there", "new"])
def test_a_linked_folder_is_not_entered(root: Path, tmp_path: Path, before: bytes | None) -> None:
    outside = write_files({"z.md": "z\n"} if before else {}, tmp_path / "outside")
    (root / "work/linked").symlink_to(outside)
    bad = plan(("work/a.md", b"a\n", b"A\n"), ("work/linked/z.md", before, b"Z\n"))
    assert_refused(root, bad, "`linked` is a symbolic link", RefusedError)
    assert contents(outside) == ({"z.md": b"z\n"} if before else {})


def test_a_linked_state_folder_is_not_entered(tmp_path: Path) -> None:
    root = write_files(FILES, tmp_path / "workspace")
    (tmp_path / "outside").mkdir()
    (root / ".plainwork").symlink_to(tmp_path / "outside")
    with pytest.raises(RefusedError, match="symbolic link"):
        apply_plan(root, plan(("work/a.md", b"a\n", b"A\n")))
    assert contents(tmp_path / "outside") == {}


def test_a_workspace_that_is_itself_reached_through_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    apply_plan(tmp_path / "link", plan(("work/a.md", b"a\n", b"A\n")))
    assert (root / "work/a.md").read_bytes() == b"A\n"
    assert_at_rest(root)


def test_a_pipe_does_not_keep_us_waiting(root: Path) -> None:
    os.mkfifo(root / "work/z.md")
    with pytest.raises(RefusedError, match=r"work/z\.md: `z\.md` is not a regular file; nothing"):
        apply_plan(root, plan(("work/z.md", None, b"z")))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        pytest.param("work/b.md/z.md", "Not a directory", id="below a file"),
        pytest.param(f"work/{'z' * 300}.md", "File name too long", id="name too long"),
    ],
)
def test_what_the_system_refuses_leaves_nothing(root: Path, path: str, reason: str) -> None:
    bad = plan(("work/a.md", b"a\n", b"A\n"), (path, None, b"z"))
    assert_refused(root, bad, reason, StorageError)


def test_a_folder_where_a_new_file_is_written_first(root: Path) -> None:
    (root / "work/.plainwork-1.tmp").mkdir()
    bad = plan(("work/a.md", b"a\n", b"A\n"), ("work/z.md", None, b""))
    assert_refused(root, bad, r"work/z\.md: ", StorageError)


def test_what_is_left_of_an_older_write_does_no_harm(root: Path) -> None:
    (root / "work/.plainwork-0.tmp").write_bytes(b"rest")
    (root / "work/.plainwork-0.tmp").chmod(0o400)
    apply_plan(root, plan(("work/a.md", b"a\n", b"A\n")))
    assert contents(root)["work/a.md"] == b"A\n"
    assert "work/.plainwork-0.tmp" not in contents(root)


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No such file or directory"):
        apply_plan(tmp_path / "gone", plan(("work/a.md", None, b"A\n")))
