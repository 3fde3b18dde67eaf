"""``plainwork log`` and ``workflow simulate`` where the history is not what one expects."""

from pathlib import Path

import pytest

from plainwork.cli.app import run
from support.archive import unpack
from support.git import commit_files, make_repository, run_git

OFFICE = Path(__file__).parent / "workspaces/office.txt"
DOCS = "work/ops-7k3q9-write-the-docs.md"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_repository(unpack(OFFICE.read_text(encoding="utf-8")), tmp_path / "office")
    text = (root / DOCS).read_text(encoding="utf-8")
    commit_files({DOCS: text.replace("status: todo", "status: doing")}, root, "Start")
    return root


def test_a_shallow_clone_is_said_where_it_is_told_and_refused_where_it_is_counted(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    run_git("clone", "--quiet", "--depth=1", f"file://{office}", str(clone), cwd=tmp_path)
    assert run(["-C", str(clone), "log", "ops-7k3q9"]) == 0
    told = capsys.readouterr()
    assert "created in doing" in told.out
    assert "this clone is shallow" in told.err
    assert run(["-C", str(clone), "workflow", "simulate", "workflows/task.md"]) == 2
    assert "git fetch --unshallow" in capsys.readouterr().err


def test_a_history_that_was_written_anew_is_said_once(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(office), "log"]) == 0
    run_git("reset", "--quiet", "--hard", "HEAD~1", cwd=office)
    capsys.readouterr()
    assert run(["-C", str(office), "log"]) == 0
    assert "written anew" in capsys.readouterr().err
    assert run(["-C", str(office), "log"]) == 0
    assert capsys.readouterr().err == ""


def test_what_could_not_be_understood_is_counted(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit_files({DOCS: "---\nstatus: [\n"}, office, "Break\n\nEffective: soon\n")
    commit_files({"work/two.md": "---\nid: ops-7kzzz\n---\n"}, office)
    assert run(["-C", str(office), "log"]) == 0
    told = capsys.readouterr().err
    assert "2 statements in 2 commits could not be understood; what was true before holds" in told


def test_outside_of_git_there_is_no_history(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plainwork.toml").write_text('[workspace]\nname = "W"\n')
    assert run(["-C", str(tmp_path), "log"]) == 2
    assert "not inside a Git work tree" in capsys.readouterr().err
