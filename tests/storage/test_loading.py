"""The index and the working tree: what is parsed, what is not, and what always comes out."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plainwork.errors import StorageError
from plainwork.parsing import documents
from plainwork.storage import listing
from plainwork.storage.cache_file import cache_folder
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.index import Index
from plainwork.storage.workspace import load_snapshot
from support.git import commit_files, run_git
from support.small import contents, make_small_workspace

ITEM = "---\ntitle: T\nworkflow: task\nstatus: todo\n---\nThe body.\n"
COUNT = 100


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = make_small_workspace(tmp_path / "ws")
    commit_files({f"work/n{n}.md": ITEM for n in range(COUNT)}, root)
    return root


@pytest.fixture(params=[0, listing.RACY_NS], ids=["settled", "just written"])
def parsed(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[str]:
    """The paths that are parsed, in this process, which then has one core only.

    With files of any age, and with such that are too young for their stamps to be trusted.
    """
    monkeypatch.setattr(listing, "RACY_NS", request.param)
    paths: list[str] = []
    parse: Callable[..., object] = documents.parse_document

    def noting(path: str, *arguments: object) -> object:
        paths.append(path)
        return parse(path, *arguments)

    monkeypatch.setattr(documents, "parse_document", noting)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})
    return paths


def load(root: Path, parsed: list[str]) -> list[str]:
    """Read a workspace completely and return what was parsed."""
    parsed.clear()
    contents(load_snapshot(root))
    return sorted(parsed)


def index_file(root: Path) -> Path:
    git = find_git_folder(root)
    assert git
    return cache_folder(git, root) / "index"


def test_nothing_is_parsed_twice(workspace: Path, parsed: list[str]) -> None:
    assert len(load(workspace, parsed)) == COUNT + 10
    assert load(workspace, parsed) == []
    (workspace / "work/a.md").write_text(ITEM)
    assert load(workspace, parsed) == ["work/a.md"]
    assert load(workspace, parsed) == []
    os.utime(workspace / "work/a.md")
    (workspace / "work/a.md").rename(workspace / "work/b.md")
    assert load(workspace, parsed) == ["work/b.md"]


def test_switching_branches_parses_nothing_twice(workspace: Path, parsed: list[str]) -> None:
    load(workspace, parsed)
    run_git("checkout", "--quiet", "-b", "topic", cwd=workspace)
    commit_files({f"work/n{n}.md": ITEM + "More.\n" for n in range(COUNT)}, workspace)
    assert len(load(workspace, parsed)) == COUNT
    for branch in ("main", "topic", "main"):
        run_git("checkout", "--quiet", branch, cwd=workspace)
        assert load(workspace, parsed) == []


def test_worktrees_share_what_was_parsed(
    workspace: Path, tmp_path: Path, parsed: list[str]
) -> None:
    load(workspace, parsed)
    other = tmp_path / "other"
    run_git("worktree", "add", "--quiet", "-b", "topic", str(other), cwd=workspace)
    assert load(other, parsed) == []
    (other / "work/a.md").write_text(ITEM)
    assert load(other, parsed) == ["work/a.md"]
    assert contents(load_snapshot(other)) != contents(load_snapshot(workspace))
    assert index_file(other) != index_file(workspace)
    assert len(list(tmp_path.rglob("documents.sqlite"))) == 1


def test_an_index_of_another_version(
    workspace: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("plainwork.storage.reading.FORMAT_VERSION", "0.0.1/1/little")
        patch.setattr("plainwork.storage.loading.FORMAT_VERSION", "0.0.1/1/little")
        load(workspace, parsed)
    assert len(load(workspace, parsed)) == COUNT + 10
    assert load(workspace, parsed) == []


def test_settings_decide_again(workspace: Path, parsed: list[str]) -> None:
    load(workspace, parsed)
    (workspace / "plainwork.toml").write_text('[folders]\nitems = ["projects"]\nprojects = ["x"]\n')
    load(workspace, parsed)
    assert [work.id for work in load_snapshot(workspace).works] == ["apollo"]
    (workspace / "plainwork.toml").write_text("[workspace]\ntimezone = 7\n")
    for _ in range(2):
        found = load_snapshot(workspace)
        assert len(found.works) == COUNT + 4
        assert [each.rule for each in found.diagnostics if each.location.path == "plainwork.toml"]


def test_a_workflow_decides_again_what_is_right(workspace: Path, parsed: list[str]) -> None:
    def wrong() -> set[str]:
        found = load_snapshot(workspace).diagnostics
        return {each.location.path for each in found if "unknown-field" in each.rule}

    (workspace / "work/a.md").write_text(ITEM.replace("status", "cost: 5\nstatus"))
    assert wrong() == {"work/a.md"}
    workflow = workspace / "workflows/task.md"
    text = workflow.read_text()
    workflow.write_text(text.replace("states:", "fields:\n  cost: {type: money}\nstates:"))
    assert wrong() == set()
    workflow.unlink()
    assert load_snapshot(workspace).work("a").kind == "item"  # type: ignore[union-attr]
    workflow.write_text(text)
    assert wrong() == {"work/a.md"}


def test_a_new_lead_is_accountable_at_once(workspace: Path, parsed: list[str]) -> None:
    load(workspace, parsed)
    (workspace / "teams/platform.md").write_text("---\nname: Platform\nlead: ada\n---\n")
    assert load_snapshot(workspace).work("a").accountable == "ada"  # type: ignore[union-attr]
    assert load(workspace, parsed) == []


PARTS = (
    *("header", "listing", "digests"),
    *(
        f"{group}.{part}"
        for group in ("work", "definition", "record")
        for part in ("path", "ends", "documents")
    ),
    *("work.title", "work.due", "work.depends_on", "work.owner", "work.diagnostics"),
)


@pytest.mark.parametrize("part", PARTS)
def test_damage_in_any_part_changes_nothing(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(listing, "RACY_NS", 0)
    expected = contents(load_snapshot(workspace))
    file = index_file(workspace)
    place, size = Index(file.parent)._find(part)
    data = bytearray(file.read_bytes())
    data[place + size // 2] ^= 1
    file.write_bytes(data)
    assert contents(load_snapshot(workspace)) == expected
    (workspace / "work/n1.md").write_text(ITEM + "x")
    again = contents(load_snapshot(workspace))
    assert again["body"] != expected["body"]
    assert {**again, "body": 0} == {**expected, "body": 0}


def test_damage_that_nothing_can_stand_for(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "RACY_NS", 0)
    load_snapshot(workspace)
    snapshot = load_snapshot(workspace)
    file = index_file(workspace)
    place, _ = Index(file.parent)._find("work.documents")
    with file.open("r+b") as index:
        index.seek(place)
        index.write(b"garbage")
    (workspace / snapshot.works[0].path).unlink()
    with pytest.raises(StorageError, match="try again"):
        list(snapshot.works.columns["fields"])
    assert len(load_snapshot(workspace).works) == COUNT + 3


@pytest.mark.parametrize("parsed", [0], indirect=True)
def test_many_changes_are_written_down(workspace: Path, parsed: list[str]) -> None:
    load(workspace, parsed)
    before = index_file(workspace).stat().st_ino
    for n in range(20):
        (workspace / f"work/n{n}.md").write_text(ITEM + "x")
    assert len(load(workspace, parsed)) == 20
    assert index_file(workspace).stat().st_ino == before
    for n in range(80):
        (workspace / f"work/n{n}.md").write_text(ITEM + "y")
    assert len(load(workspace, parsed)) == 80
    assert index_file(workspace).stat().st_ino != before


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_file_that_cannot_be_read_is_told_every_time(open_folder: Path) -> None:
    """The superuser may read everything, so if that is who runs the tests, it becomes nobody."""
    root = make_small_workspace(open_folder / "ws")
    program = (
        "import os, shutil, sys; from pathlib import Path\n"
        "from plainwork.storage.workspace import load_snapshot\n"
        "root = Path(sys.argv[1])\n"
        "load_snapshot(root).works[0].fields\n"  # nobody may be unable to read Python's folder
        "shutil.rmtree(root / '.git/plainwork')\n"
        "(root / '.git/plainwork').mkdir()\n"
        "(root / '.git/plainwork').chmod(0o777)\n"
        "(root / 'work/a.md').chmod(0)\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "for _ in range(3):\n"
        "    found = load_snapshot(root)\n"
        "    print(len(found.works), *(each.rule for each in found.diagnostics\n"
        "        if each.location.path == 'work/a.md'))\n"
    )
    command = [sys.executable, "-c", program, str(root)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == "3 unreadable-file\n" * 3
    assert (root / ".git/plainwork/index").exists()
    (root / "work/a.md").chmod(0o644)
    assert len(load_snapshot(root).works) == 4
