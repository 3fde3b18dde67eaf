"""``plainwork forecast``, on files and on histories."""

import json
from pathlib import Path
from typing import Any

import pytest

from plainwork.cli.app import run
from support.archive import unpack
from support.git import commit_files, make_repository, run_git

OFFICE = Path(__file__).parent / "workspaces/office.txt"
DOCS = "work/ops-7k3q9-write-the-docs.md"
EXAMPLE = "2 0 0 5 1 3 2 4 0 0 1 1 2 4 0\n0 0 1 0 1 2 0 0 0 0 0 0 1 2 0 0\n"


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    (tmp_path / "counts.txt").write_text(EXAMPLE)
    return tmp_path


def ask(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    command = ("forecast", *options, "--format", "json", "--today", "2026-11-23")
    assert run(["-C", str(folder), *command]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refuse(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["-C", str(folder), "forecast", *options]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    return told.err


@pytest.mark.parametrize(("days", "expected"), [("10", [10, 8, 6, 4]), ("30", [31, 27, 23, 19])])
def test_the_worked_example_says_how_many(
    counts: Path, capsys: pytest.CaptureFixture[str], days: str, expected: list[int]
) -> None:
    found = ask(counts, capsys, "--throughput", "counts.txt", "--days", days)
    assert [each["value"] for each in found["how_many"]["answers"]] == expected


def test_the_worked_example_says_when(counts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(counts, capsys, "--throughput", "counts.txt", "--items", "28")
    answers = found["when"]["answers"]
    assert [each["days"] for each in answers] == [27, 31, 35, 41]
    assert [each["by"] for each in answers][::3] == ["2026-12-20", "2027-01-03"]
    assert (found["sample"]["days"], found["sample"]["items"]) == (31, 32)


def test_text_says_it_all_in_80_columns(counts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--throughput", "counts.txt", "--items", "28", "--days", "10")
    assert run(["-C", str(counts), "forecast", *options, "--today", "2026-11-23"]) == 0
    told = capsys.readouterr().out
    assert "85%  within 35 days  by 28 Dec 2026" in told
    assert "85%  6 or more" in told
    assert "It rests on 31 days in counts.txt, on which 32 items were finished." in told
    assert max(map(len, told.splitlines())) <= 80


def test_only_zeros_mean_never(counts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (counts / "zeros.txt").write_text("0 0 0")
    assert run(["-C", str(counts), "forecast", "--throughput", "zeros.txt", "--items", "1"]) == 0
    told = capsys.readouterr().out
    assert told.count("not within ten years") == 4
    assert "as far as that tells, nothing ever will be" in told


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(("--throughput", "no.txt", "--items", "1"), "no.txt: No such file", id="none"),
        pytest.param(("--throughput", ".", "--items", "1"), ".: Is a directory", id="folder"),
        pytest.param(("--throughput", "bad.txt", "--items", "1"), "bad.txt:2:1: `-1`", id="bad"),
        pytest.param(("--throughput", "counts.txt"), "--items N or --days D", id="about what"),
        pytest.param(("--throughput", "counts.txt", "--team", "x"), "the place of", id="team"),
        pytest.param(("--throughput", "counts.txt", "--at", "x"), "the place of", id="at"),
        pytest.param(("--throughput", "counts.txt", "--items", "0"), "0 items", id="no items"),
        pytest.param(("--throughput", "counts.txt", "--days", "-1"), "-1 days", id="past"),
        pytest.param(("--throughput", "counts.txt", "--days", "3651"), "3,650 days", id="far"),
        pytest.param(("--throughput", "counts.txt", "--items", "10001"), "10,000", id="many"),
        pytest.param((), "no plainwork.toml", id="no workspace"),
    ],
)
def test_wrong_questions_are_refused(
    counts: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], message: str
) -> None:
    (counts / "bad.txt").write_text("1\n-1\n")
    assert message in refuse(counts, capsys, *options)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-02T12:00:00Z")
    root = make_repository(unpack(OFFICE.read_text(encoding="utf-8")), tmp_path / "office")
    text = (root / DOCS).read_text(encoding="utf-8")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-12T12:00:00Z")
    commit_files({DOCS: text.replace("status: todo", "status: done")}, root, "Finish")
    return root


def test_history_tells_what_was_finished_and_what_is_open(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ask(office, capsys)
    assert (found["sample"]["since"], found["sample"]["until"]) == ("2026-11-02", "2026-11-22")
    assert found["sample"]["items"] == 1
    before = ask(office, capsys, "--at", "HEAD~1")
    assert before["sample"]["items"] == 0
    assert before["when"]["items"] == found["when"]["items"] + 1


def test_a_scope_is_named_as_it_is_called(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(office, capsys, "--workflow", "TASK", "--days", "7", "--since", "2026-11-10")
    assert found["sample"]["scope"]["workflow"] == "task"
    assert (found["sample"]["days"], found["sample"]["items"], found["when"]) == (13, 1, None)
    assert "no workflow has the id" in refuse(office, capsys, "--workflow", "nothing")
    assert "no team has the id" in refuse(office, capsys, "--team", "nothing")
    assert "YYYY-MM-DD" in refuse(office, capsys, "--since", "soon")
    assert "no whole day" in refuse(office, capsys, "--since", "2999-01-01")


def test_the_calendar_has_ends(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no whole day" in refuse(office, capsys, "--today", "0001-01-01")
    options = ("--items", "1", "--days", "3650", "--today", "9999-12-31")
    assert run(["-C", str(office), "forecast", *options]) == 0
    assert "How many in 3650 days, until 31 Dec 9999" in capsys.readouterr().out


def test_a_shallow_clone_is_refused(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    run_git("clone", "--quiet", "--depth=1", f"file://{office}", str(clone), cwd=tmp_path)
    assert "git fetch --unshallow" in refuse(clone, capsys, "--days", "3")
