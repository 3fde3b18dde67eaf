from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.archive import pack, unpack, write
from support.git import commit_files, make_repository, run_git

ARCHIVE = """\
Two files, one of them empty.
-- work/a.md --
---
title: A
---
-- empty.md --
"""


def test_an_archive_is_its_files() -> None:
    assert unpack(ARCHIVE) == {"work/a.md": "---\ntitle: A\n---\n", "empty.md": ""}


def test_writing_makes_the_folders(tmp_path: Path) -> None:
    write(ARCHIVE, tmp_path / "made")
    assert (tmp_path / "made/work/a.md").read_bytes() == b"---\ntitle: A\n---\n"


_PATHS = st.text("abc/.-_", min_size=1)
_TEXTS = st.text(st.characters(exclude_characters="-\r", codec="utf-8")).map(
    lambda text: f"{text}\n"
)


@given(st.dictionaries(_PATHS, _TEXTS))
def test_packing_loses_nothing(files: dict[str, str]) -> None:
    assert unpack(pack(files)) == files


def test_a_repository_has_the_files_and_one_commit(tmp_path: Path) -> None:
    root = make_repository({"a.md": "one\n"}, tmp_path / "repository")
    commit_files({"a.md": "two\n"}, root, "Second")
    assert run_git("log", "--format=%s %an", cwd=root) == "Second Ada Test\nStart Ada Test\n"
    assert run_git("branch", "--show-current", cwd=root) == "main\n"


def test_a_failure_of_git_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="not a git repository"):
        run_git("status", cwd=tmp_path)
