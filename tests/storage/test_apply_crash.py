"""Writers that are killed, wherever they are: their plan is done or it is not."""

from pathlib import Path

import pytest

from plainwork.model.plan import FileEdit, Plan
from plainwork.storage.apply import apply_plan, writing
from plainwork.storage.journal import Change, Journal, compute_digest, write_journal
from storage.processes import finish, start
from storage.processes.generations import make_generation, read_generation
from support.archive import write_files
from support.git import make_repository


@pytest.mark.parametrize(
    ("size", "kills", "fewest_undone"),
    [pytest.param(1, 60, 0, id="one file"), pytest.param(16, 140, 3, id="many files")],
)
def test_killed_writers_leave_nothing_half_done(
    tmp_path: Path, size: int, kills: int, fewest_undone: int
) -> None:
    root = tmp_path / "workspace"
    files = make_generation(0, size)
    make_repository({path: data.decode() for path, data in files.items()}, root)
    undone = int(finish(start("kill_writers", root, kills, 1)))
    assert undone >= fewest_undone
    assert read_generation(root) > 0
    assert [file for file in root.rglob(".plainwork*") if ".git" not in file.parts] == []
    assert (root / ".git/plainwork/journal").read_bytes() == b""
    with writing(root, patience=0):
        pass


# A plan that was stopped half-way: `a` is new already, `b` still old, `new/c` made, `d` removed.
PLAN = {
    "work/a.md": (b"a\n", b"A\n"),
    "work/b.md": (b"b\n", b"B\n"),
    "work/d.md": (b"d\n", None),
    "work/new/c.md": (None, b"c\n"),
}
OLD = {"work/a.md": b"a\n", "work/b.md": b"b\n", "work/d.md": b"d\n"}
NOTE = "an earlier command was stopped while it wrote; undone in {} of 4 files"


@pytest.fixture
def stopped(tmp_path: Path) -> Path:
    """A workspace in a folder of a repository, in the state that such a writer leaves."""
    make_repository({}, tmp_path)
    root = write_files(
        {"work/a.md": "A\n", "work/b.md": "b\n", "work/new/c.md": "c\n"}, tmp_path / "space"
    )
    (root / "work/.plainwork-1.tmp").write_bytes(b"B")
    (root / "work/a.md").chmod(0o640)
    changes = tuple(
        Change(
            path=path,
            temporary=f"{path.rpartition('/')[0]}/.plainwork-{number}.tmp",
            before=before,
            mode=None if before is None else 0o640,
            after=compute_digest(after),
        )
        for number, (path, (before, after)) in enumerate(PLAN.items())
    )
    (tmp_path / ".git/plainwork").mkdir()
    journal = Journal(b"space", changes, ("work/new",), undo=True)
    write_journal(tmp_path / ".git/plainwork/journal", journal)
    return root


def files_below(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
    }


def notes_of_the_next_writer(root: Path) -> tuple[str, ...]:
    with writing(root) as writer:
        return writer.notes


def test_the_next_writer_undoes_it_and_says_so(stopped: Path) -> None:
    assert notes_of_the_next_writer(stopped) == (NOTE.format(4),)
    assert files_below(stopped) == OLD
    assert not (stopped / "work/new").exists()
    assert (stopped / "work/a.md").stat().st_mode & 0o777 == 0o640
    assert notes_of_the_next_writer(stopped) == ()


def test_a_writer_in_another_workspace_of_the_repository_undoes_it(stopped: Path) -> None:
    other = write_files({"work/x.md": "x\n"}, stopped.parent / "other")
    apply_plan(other, Plan((FileEdit("work/x.md", b"x\n", b"X\n"),), "Change"))
    assert files_below(stopped) == OLD


@pytest.mark.parametrize(
    ("path", "data"),
    [("work/a.md", b"edited"), ("work/b.md", b"edited"), ("work/new/c.md", b"edited")],
)
def test_what_was_edited_since_is_kept(stopped: Path, path: str, data: bytes) -> None:
    (stopped / path).write_bytes(data)
    edited = f"{path}: edited since then, so it was left as it is"
    assert notes_of_the_next_writer(stopped) == (NOTE.format(3), edited)
    assert files_below(stopped) == OLD | {path: data}


def test_a_file_made_again_where_one_was_removed_is_kept(stopped: Path) -> None:
    (stopped / "work/d.md").write_bytes(b"again")
    assert len(notes_of_the_next_writer(stopped)) == 2
    assert files_below(stopped) == OLD | {"work/d.md": b"again"}


def test_links_that_came_since_are_not_followed(stopped: Path) -> None:
    outside = stopped.parent / "outside"
    (stopped / "work").rename(outside)
    (stopped / "work").symlink_to(outside)
    before = files_below(outside)
    assert len(notes_of_the_next_writer(stopped)) == 5
    assert files_below(outside) == before


def test_a_workspace_that_is_gone_keeps_nobody_from_writing(stopped: Path) -> None:
    stopped.rename(stopped.parent / "moved")
    assert len(notes_of_the_next_writer(stopped.parent)) == 5
    assert notes_of_the_next_writer(stopped.parent) == ()


@pytest.mark.parametrize("kept", [0, 1, 10, 40, -1])
def test_a_journal_that_is_itself_unfinished_undoes_nothing(stopped: Path, kept: int) -> None:
    journal = stopped.parent / ".git/plainwork/journal"
    journal.write_bytes(journal.read_bytes()[:kept])
    before = files_below(stopped)
    assert notes_of_the_next_writer(stopped) == ()
    assert files_below(stopped) == before
