"""Disks that are full and folders that must not be written: one line, and nothing has changed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from plainwork.errors import PlainworkError
from plainwork.model.plan import FileEdit, Plan
from plainwork.storage.apply import apply_plan, writing
from storage.processes import finish, start
from storage.processes.generations import make_generation, read_generation
from support.archive import write_files
from support.git import make_repository

FILES = {path: data.decode() for path, data in make_generation(0, 5).items()}
LIMIT = 16 * 1024
ATTEMPTS = 200


def test_a_disk_that_fills_up_in_the_middle(tmp_path: Path) -> None:
    root = make_repository(FILES, tmp_path / "workspace")
    message = finish(start("limited", root, LIMIT))
    assert message == "work/z/large.md: File too large; nothing was written\n"
    assert read_generation(root) == 0
    assert sorted(entry.name for entry in (root / "work").iterdir()) == [
        f"{number}.md" for number in range(5)
    ]
    with writing(root, patience=0) as writer:
        assert writer.notes == ()


def test_a_disk_too_full_for_the_journal(tmp_path: Path) -> None:
    root = make_repository(FILES, tmp_path / "workspace")
    message = finish(start("limited", root, 100))
    assert message.endswith("/journal: File too large; nothing was written\n")
    assert read_generation(root) == 0
    assert (root / ".git/plainwork/journal").read_bytes() == b""
    with writing(root, patience=0) as writer:
        assert writer.notes == ()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for directory in (folder, *folder.rglob("*")):
        if directory.is_dir():
            directory.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_without_permission(open_folder: Path) -> None:
    write_files(FILES, open_folder)
    (open_folder / ".plainwork").mkdir(mode=0o777)
    (open_folder / ".plainwork").chmod(0o777)
    (open_folder / "work").chmod(0o555)
    message = finish(start("unprivileged", open_folder))
    # The step makes a folder first.
    assert message == "work/more: Permission denied; nothing was written\n"
    assert read_generation(open_folder) == 0


def test_no_place_for_the_lock(open_folder: Path) -> None:
    write_files(FILES, open_folder)
    open_folder.chmod(0o555)
    message = finish(start("unprivileged", open_folder))
    expected = "Permission denied; every command that writes needs this folder"
    assert message == f"{os.path.realpath(open_folder)}/.plainwork: {expected}\n"
    assert read_generation(open_folder) == 0


def test_a_folder_that_becomes_a_link_in_between_is_not_followed(tmp_path: Path) -> None:
    root = make_repository(FILES, tmp_path / "workspace")
    outside = write_files(FILES, tmp_path / "outside") / "work"
    swapping = start("swap", root / "work", outside)
    try:
        assert swapping.stdout is not None
        swapping.stdout.readline()
        for _ in range(ATTEMPTS):
            _try_to_write(root)
    finally:
        swapping.kill()
        swapping.communicate()
    assert {file.name: file.read_text(encoding="utf-8") for file in outside.iterdir()} == {
        path.removeprefix("work/"): text for path, text in FILES.items()
    }


def _try_to_write(root: Path) -> None:
    # What comes in between, and so whether it is refused, differs from run to run.
    with suppress(FileNotFoundError, PlainworkError):
        data = (root / "work/1.md").read_bytes()
        apply_plan(root, Plan((FileEdit("work/1.md", data, data + b"."),), "Change"))
