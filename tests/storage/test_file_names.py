"""Which names a new file may get."""

import pytest

from plainwork.errors import RefusedError
from plainwork.storage.file_names import NameTable, check_path


@pytest.mark.parametrize(
    "path",
    ["a.md", "work/a.md", "work/a b/ä'.md", ".gitignore", "..a/a..md", "work/.github/a.md"],
)
def test_paths_inside(path: str) -> None:
    check_path(path)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "no path inside"),
        ("/etc/a.md", "no path inside"),
        ("../a.md", "no path inside"),
        ("work/../../a.md", "no path inside"),
        ("work//a.md", "no path inside"),
        ("work/./a.md", "no path inside"),
        ("work/", "no path inside"),
        ("work/a\0.md", "no path inside"),
        (".git/hooks/a.md", "only Git writes there"),
        ("work/.GIT/a.md", "only Git writes there"),
        ("work/\udcff.md", "not UTF-8"),
    ],
)
def test_paths_refused(path: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        check_path(path)


FOLDERS = {"": ["work", "Plan.md"], "work": ["a.md", "straße.md", "e\u0301.md", "sub"]}


def add(*paths: str) -> list[str]:
    table = NameTable(lambda folder: FOLDERS.get(folder, []))
    for path in paths:
        table.add(path)
    return table.new_folders


@pytest.mark.parametrize(
    ("paths", "folders"),
    [
        pytest.param(["b.md"], [], id="at the root"),
        pytest.param(["work/b.md", "work/c.md"], [], id="in a folder"),
        pytest.param(["work/a.md"], [], id="the same name"),
        pytest.param(["new/b.md", "new/c.md"], ["new"], id="in a new folder"),
        pytest.param(
            ["work/x/y/b.md", "work/x/c.md", "work/sub/d.md"],
            ["work/x", "work/x/y"],
            id="outer folders first",
        ),
    ],
)
def test_new_folders(paths: list[str], folders: list[str]) -> None:
    assert add(*paths) == folders


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param(["plan.md"], id="case"),
        pytest.param(["work/A.md"], id="case in a folder"),
        pytest.param(["Work/b.md"], id="case of a folder"),
        pytest.param(["work/STRASSE.md"], id="sharp s"),
        pytest.param(["work/\u00e9.md"], id="composition"),
        pytest.param(["work/\u00c9.md"], id="composition and case"),
        pytest.param(["work/b.md", "work/B.md"], id="within the plan"),
        pytest.param(["new/b.md", "New/c.md"], id="new folders"),
    ],
)
def test_names_that_clash(paths: list[str]) -> None:
    with pytest.raises(RefusedError, match="already there, and some systems"):
        add(*paths)


def test_each_folder_is_listed_once() -> None:
    listed: list[str] = []

    def list_names(folder: str) -> list[str]:
        listed.append(folder)
        return []

    table = NameTable(list_names)
    for number in range(100):
        table.add(f"work/deep/{number}.md")
    assert listed == ["", "work", "work/deep"]


def test_a_path_of_a_thousand_folders() -> None:
    assert len(add("x/" * 2_000 + "a.md")) == 2_000
