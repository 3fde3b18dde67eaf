"""``plainwork flow`` where the history is not what one expects."""

import json
from pathlib import Path
from typing import Any

import pytest

from plainwork.cli.app import run
from support.archive import unpack
from support.git import commit_files, make_repository, run_git

OFFICE = Path(__file__).parent / "workspaces/office.txt"
DOCS = "work/ops-7k3q9-write-the-docs.md"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office whose docs are begun and finished a minute later."""
    root = make_repository(unpack(OFFICE.read_text(encoding="utf-8")), tmp_path / "office")
    text = (root / DOCS).read_text(encoding="utf-8")
    for state in ("doing", "done"):
        commit_files({DOCS: text.replace("status: todo", f"status: {state}")}, root, state)
    return root


def flow(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run(["-C", str(root), "flow", "--format", "json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_numbers_of_a_shallow_clone_are_refused_unless_one_insists(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    run_git("clone", "--quiet", "--depth=1", f"file://{office}", str(clone), cwd=tmp_path)
    assert run(["-C", str(clone), "flow"]) == 2
    assert "git fetch --unshallow" in capsys.readouterr().err
    assert run(["-C", str(clone), "flow", "--partial", "--today", "2026-01-05"]) == 0
    assert "of a history that is cut off" in capsys.readouterr().out
    assert flow(clone, capsys, "--partial")["shallow"] is True


def test_the_past_is_as_it_was(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = flow(office, capsys, "--today", "2026-01-05")
    then = flow(office, capsys, "--at", "HEAD~1")
    assert (now["numbers"]["finished"], then["numbers"]["finished"]) == (1, 0)
    assert "ops-7k3q9" in [each["item"]["work"] for each in then["in_progress"]]
    assert then["until"] == "2026-01-05"


def test_every_number_leads_to_commits_of_the_repository(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (item,) = flow(office, capsys, "--today", "2026-01-05")["finished"]
    commits = run_git("rev-list", "HEAD", cwd=office).split()
    assert (item["finish_commit"], item["start_commit"]) == (commits[0], commits[1])


def test_tables_are_for_spreadsheets_too(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last, begun, *_ = run_git("rev-list", "HEAD", cwd=office).split()
    days = ("--today", "2026-01-05", "--format", "csv")
    assert run(["-C", str(office), "flow", "cycle-time", *days]) == 0
    assert capsys.readouterr().out == (
        "id,started,finished,days,hours,work,start,finish,title\r\n"
        f"ops-7k3q9,2026-01-05,2026-01-05,1,0,,{begun},{last},Write the docs\r\n"
    )
    assert run(["-C", str(office), "flow", "--by", "month", *days]) == 0
    assert capsys.readouterr().out == (
        "month,finished,a week,50%,85%,95%,wip,oldest,work\r\n"
        ",1,7,1,1,1,1,1,\r\n"
        "2026-01,1,7,1,1,1,,,\r\n"
    )


def test_what_is_not_committed_has_not_happened(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = flow(office, capsys, "--today", "2026-01-05")
    (office / DOCS).unlink()
    assert flow(office, capsys, "--today", "2026-01-05") == before


def test_a_history_that_was_written_anew_is_said_once(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flow(office, capsys)
    run_git("reset", "--quiet", "--hard", "HEAD~1", cwd=office)
    assert run(["-C", str(office), "flow"]) == 0
    assert "written anew" in capsys.readouterr().err


def test_outside_of_git_there_is_nothing_to_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plainwork.toml").write_text('[workspace]\nname = "x"\n', encoding="utf-8")
    assert run(["-C", str(tmp_path), "flow"]) == 2
    assert "Git" in capsys.readouterr().err


def test_before_the_first_commit_nothing_has_happened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_git("init", "--quiet", cwd=tmp_path)
    (tmp_path / "plainwork.toml").write_text('[workspace]\nname = "x"\n', encoding="utf-8")
    assert flow(tmp_path, capsys)["numbers"]["finished"] == 0
    assert run(["-C", str(tmp_path), "flow"]) == 0


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_of_all_days(
    day: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert flow(office, capsys, "--today", day)["until"] == day
