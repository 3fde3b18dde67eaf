"""Reading a workspace: through the index, around a damaged one, and as it was."""

import os
import random
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from plainwork.errors import NotAWorkspaceError, UsageError
from plainwork.model.work import Dependency
from plainwork.storage.commit_snapshot import load_snapshot_at
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.workspace import find_workspace, load_snapshot
from support.git import commit_files, run_git
from support.small import contents, make_small_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_small_workspace(tmp_path / "ws")


def index_of(workspace: Path) -> Path:
    git = find_git_folder(workspace)
    assert git is not None
    return git.path / "plainwork" / "index"


def load_fresh(workspace: Path, to: Path) -> dict[str, object]:
    """Read a copy that has no index."""
    shutil.copytree(workspace, to, ignore=shutil.ignore_patterns(".git"))
    return contents(load_snapshot(to))


def settle(workspace: Path) -> None:
    """Make every file look as if it had been written long before the index will be."""
    long_ago = time.time_ns() - 60_000_000_000
    for file in workspace.rglob("*.md"):
        os.utime(file, ns=(long_ago, long_ago))


def test_what_a_work_says_and_inherits(workspace: Path) -> None:
    snapshot = load_snapshot(workspace)
    alpha, beta, gamma = (snapshot.work(id_) for id_ in ("a", "OLD-B", "c"))
    assert alpha
    assert beta
    assert gamma
    assert (alpha.owner, alpha.accountable, alpha.visibility) == ("platform", "bob", "restricted")
    assert (alpha.due, alpha.body) == (date(2026, 3, 1), "The body of alpha.\n")
    assert (beta.project, beta.owner, beta.team, beta.visibility) == (
        "apollo",
        "platform",
        "platform",
        "restricted",
    )
    assert (gamma.category, gamma.open, gamma.owner) == (None, True, "bob")
    assert gamma.depends_on == (Dependency(on="a"), Dependency(on="b", type="SS"))
    assert [work.id for work in snapshot.works.children["a"]] == ["b"]
    assert [record.about for record in snapshot.records] == [("a",)]


def test_the_second_reading_comes_from_the_index(workspace: Path) -> None:
    settle(workspace)
    first = contents(load_snapshot(workspace))
    program = (
        "import sys; from pathlib import Path\n"
        "from plainwork.storage.workspace import load_snapshot\n"
        "snapshot = load_snapshot(Path(sys.argv[1]))\n"
        "print(len(list(snapshot.works)), snapshot.works[0].owner)\n"
        "print(*sorted({'yaml', 'frontmatter', 'git', 'tomllib'} & set(sys.modules)))\n"
    )
    # ctime cannot be set, so the files stay racy for two seconds: their content is compared.
    done = subprocess.run(
        [sys.executable, "-c", program, str(workspace)], check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == ["4 platform", ""]
    assert contents(load_snapshot(workspace)) == first


EDITS = 40


@pytest.mark.parametrize("seed", range(4))
def test_reading_again_after_edits_equals_reading_afresh(
    workspace: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    load_snapshot(workspace)
    for step in range(EDITS):
        edit(workspace, chance, step)
        if chance.random() < 0.4:
            assert contents(load_snapshot(workspace)) == load_fresh(
                workspace, tmp_path / f"copy-{step}"
            )


def edit(workspace: Path, chance: random.Random, step: int) -> None:  # noqa: C901 - a plain list
    """Do one of the things that people do to files."""
    files = [*sorted((workspace / "work").rglob("*.md")), *(workspace / "projects").glob("*.md")]
    file = chance.choice(files)
    text = file.read_text(encoding="utf-8")
    match chance.randrange(9):
        case 0:
            made = workspace / "work" / f"n{step}.md"
            parent = chance.choice(["", "parent: a\n", "parent: n1\n", "project: apollo\n"])
            made.write_text(f"---\ntitle: N\nworkflow: task\nstatus: todo\n{parent}---\n")
        case 1 if len(files) > 2:
            file.unlink()
        case 2:
            file.write_text(text.replace("status: ", "status: x", 1))
        case 3:
            file.write_text("no front matter")
        case 4:
            target = workspace / "work" / chance.choice(["x", "y"]) / file.name
            target.parent.mkdir(exist_ok=True)
            file.rename(target)
        case 5:
            file.write_text(text.replace("title: ", "owner: ada\ntitle: ", 1))
        case 6:
            person = workspace / "people" / f"p{step}.md"
            person.write_text(f"---\nname: P{step}\n---\n")
        case 7:
            record = workspace / "records" / f"r{step}.md"
            record.write_text("---\nrecord: update\nabout: [a]\nby: bob\nat: 2026-02-02\n---\n")
        case _:
            team = workspace / "teams/platform.md"
            lead = chance.choice(["ada", "bob"])
            team.write_text(f"---\nname: Platform\nlead: {lead}\n---\n")


def test_an_edit_within_the_same_tick_and_of_the_same_size_is_seen(workspace: Path) -> None:
    file = workspace / "work/a.md"
    load_snapshot(workspace)
    before = file.stat()
    file.write_text(file.read_text(encoding="utf-8").replace("Alpha", "Aleph"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    work = load_snapshot(workspace).work("a")
    assert work is not None
    assert work.title == "Aleph"


@pytest.mark.parametrize("kept", [0, 1, 100, 5000])
def test_a_truncated_index_is_rebuilt(workspace: Path, kept: int) -> None:
    expected = contents(load_snapshot(workspace))
    index = index_of(workspace)
    index.write_bytes(index.read_bytes()[:kept])
    assert contents(load_snapshot(workspace)) == expected
    assert contents(load_snapshot(workspace)) == expected


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_index_is_never_trusted(workspace: Path, seed: int) -> None:
    expected = contents(load_snapshot(workspace))
    chance = random.Random(seed)
    for store in (index_of(workspace), index_of(workspace).with_name("documents.sqlite")):
        if store.exists():
            data = bytearray(store.read_bytes())
            for _ in range(30):
                data[chance.randrange(len(data))] = chance.randrange(256)
            store.write_bytes(data)
    assert contents(load_snapshot(workspace)) == expected


def test_a_workspace_in_a_read_only_git_folder_is_read(workspace: Path) -> None:
    (workspace / ".git/plainwork").write_text("in the way of the index's folder")
    assert len(load_snapshot(workspace).works) == 4


def test_two_workspaces_of_one_repository_do_not_mix(workspace: Path) -> None:
    inner = workspace / "inner"
    shutil.copytree(workspace / "workflows", inner / "workflows")
    (inner / "plainwork.toml").write_text("")
    assert len(load_snapshot(workspace).works) == 4
    assert len(load_snapshot(inner).works) == 0
    assert len(load_snapshot(workspace).works) == 4


def test_links_folders_and_pipes_are_reported_and_not_followed(
    workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\nworkflow: task\nstatus: todo\n---\n")
    (workspace / "work/link.md").symlink_to(tmp_path / "secret.md")
    (workspace / "work/folder").symlink_to(tmp_path)
    (workspace / "work/dir.md").mkdir()
    os.mkfifo(workspace / "work/pipe.md")
    (workspace / "work/sub").mkdir()
    (workspace / "work/sub/.git").write_text("gitdir: elsewhere")
    (workspace / "work/sub/s.md").write_text("not read")
    found = load_snapshot(workspace)
    irregular = sorted(
        diagnostic.location.path
        for diagnostic in found.diagnostics
        if diagnostic.rule == "not-a-regular-file"
    )
    assert irregular == [
        "work/dir.md",
        "work/folder",
        "work/link.md",
        "work/pipe.md",
        "work/sub",
    ]
    assert found.work("link") is None


def test_names_that_are_no_documents(workspace: Path) -> None:
    for name in ("README.md", ".hidden.md", "_draft.md", "notes.txt"):
        (workspace / "work" / name).write_text("anything")
    (workspace / "work/.cache").mkdir()
    (workspace / "work/.cache/x.md").write_text("anything")
    snapshot = load_snapshot(workspace)
    assert len(snapshot.works) == 4
    assert not [entry for entry in snapshot.diagnostics if "unknown" not in entry.rule]


def test_a_file_name_that_is_no_text_is_reported(workspace: Path) -> None:
    name = os.fsencode(workspace / "work") + b"/\xff\xfe.md"
    try:
        Path(os.fsdecode(name)).write_text("x")
    except OSError:
        return  # this file system refuses such names itself
    rules = {diagnostic.rule for diagnostic in load_snapshot(workspace).diagnostics}
    assert "invalid-path" in rules


def test_folders_deeper_than_any_path(workspace: Path) -> None:
    """Nothing gives up on them: what the system cannot reach is told."""
    made = os.open(workspace / "work", os.O_RDONLY)
    for depth in range(1500):
        name = f"{depth:04}"
        os.mkdir(name, dir_fd=made)
        inner = os.open(name, os.O_RDONLY, dir_fd=made)
        os.close(made)
        made = inner
    os.close(made)
    found = load_snapshot(workspace)
    assert len(found.works) == 4
    assert [each.message for each in found.diagnostics if each.rule == "unreadable-file"] == [
        "cannot be read: File name too long"
    ]
    subprocess.run(["rm", "-r", workspace / "work/0000"], check=True)  # others give up on them


def test_files_that_come_and_go_while_they_are_read(workspace: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "text = '---\\ntitle: T\\nworkflow: task\\nstatus: todo\\n---\\n'\n"
        "files = [Path(sys.argv[1], 'work', f'{n}.md') for n in range(50)]\n"
        "while True:\n"
        "    for file in files: file.write_text(text)\n"
        "    for file in files: file.unlink()\n"
    )
    other = subprocess.Popen([sys.executable, "-c", program, str(workspace)])
    try:
        for _ in range(60):
            snapshot = load_snapshot(workspace)
            assert {"apollo", "a", "b", "c"} <= {work.id for work in snapshot.works}
            assert not [entry for entry in snapshot.diagnostics if entry.rule == "unreadable-file"]
    finally:
        other.kill()
        other.wait()


def test_the_workspace_is_found_upwards(workspace: Path, tmp_path: Path) -> None:
    assert find_workspace(workspace / "work/deep") == workspace
    with pytest.raises(NotAWorkspaceError, match="plainwork init"):
        find_workspace(tmp_path)


def test_a_commit_reads_like_a_checkout_of_it(workspace: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    commits = []
    for step in range(8):
        edit(workspace, chance, step)
        commits.append(commit_files({}, workspace, f"Step {step}"))
    for number, commit in enumerate(commits):
        clone = tmp_path / f"clone-{number}"
        run_git("clone", "--quiet", str(workspace), str(clone), cwd=tmp_path)
        run_git("checkout", "--quiet", commit, cwd=clone)
        then = contents(load_snapshot_at(workspace, commit))
        now = contents(load_snapshot(clone))
        assert {**then, "body": None} == {**now, "body": None}
        assert then["body"] == now["body"]


def test_a_moment_that_was_not(workspace: Path) -> None:
    with pytest.raises(UsageError, match="no such revision"):
        load_snapshot_at(workspace, "nonsense")
    with pytest.raises(UsageError, match="no commit of that day or before"):
        load_snapshot_at(workspace, "1999-01-01")
    assert len(load_snapshot_at(workspace, "2026-01-05").works) == 4
