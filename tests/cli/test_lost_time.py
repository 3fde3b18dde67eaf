"""``plainwork handoffs``, ``friction`` and ``reliability``, on a repository of a few days."""

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import pytest

from plainwork.cli.app import run
from support.desk_history import make_desks
from support.git import commit_files, run_git

GOLDEN = Path(__file__).parents[1] / "golden"
COMMANDS = {
    "handoffs": ("handoffs",),
    "friction": ("friction",),
    "reliability": ("reliability",),
}
TODAY = ("--today", "2026-03-06")


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desks(tmp_path_factory.mktemp("desks") / "ws")


def ask(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> str:
    assert run(["-C", str(root), *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_json(name: str, desks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = ask(capsys, desks, *COMMANDS[name], *TODAY, "--format", "json")
    golden = (GOLDEN / f"{name}.json").read_text(encoding="utf-8")
    assert re.sub(r"\b[0-9a-f]{40}\b", "", printed) == golden
    schema = json.loads(ask(capsys, desks, "schema", name))
    jsonschema.validate(json.loads(printed), schema)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        *((name, ("--today", "0001-01-01")) for name in COMMANDS),
        ("handoffs", ("--today", "9999-12-31")),
        ("friction", ("--today", "9999-12-31")),
        # Without a beginning it looks back at a forecast of each week until then.
        ("reliability", ("--today", "9999-12-31", "--since", "9999-01-01")),
    ],
)
def test_the_ends_of_time(
    name: str, arguments: tuple[str, ...], desks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(capsys, desks, *COMMANDS[name], *arguments)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_commit_that_is_named_is_there(
    name: str, desks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = ask(capsys, desks, *COMMANDS[name], *TODAY, "--format", "json")
    known = set(run_git("rev-list", "HEAD", cwd=desks).split())
    named = set(re.findall(r"\b[0-9a-f]{40}\b", printed))
    assert named
    assert named <= known


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("--since", "soon"), "write a date as YYYY-MM-DD", id="no date"),
        pytest.param(("--since", "2026-03-07"), "lies after 2026-03-06", id="after the end"),
        pytest.param(("--until", "2026-03-07"), "nothing has happened there yet", id="ahead"),
        pytest.param(("--team", "bord"), "bord", id="no such team"),
        pytest.param(("--format", "xml"), "text, json or csv", id="format"),
    ],
)
def test_wrong_questions(
    name: str,
    arguments: tuple[str, ...],
    said: str,
    desks: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["-C", str(desks), name, *TODAY, *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_a_shallow_clone_is_refused(
    name: str, desks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    run_git("clone", "--quiet", "--depth=1", f"file://{desks}", str(clone), cwd=tmp_path)
    assert run(["-C", str(clone), name]) == 2
    assert "git fetch --unshallow" in capsys.readouterr().err


def test_handoffs_for_people(desks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ask(capsys, desks, "handoffs", *TODAY)
    assert "4 handoffs of 2 items" in text
    (pair,) = re.findall(r"^shop → lab .*$", text, re.M)
    assert pair.split() == ["shop", "→", "lab", "5.5d", "1/3", "2d", "2d", "2/3", "1", "1"]
    assert "A desk of pine" in text
    assert max(map(len, text.splitlines())) <= 80


def test_handoffs_one_by_one(desks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ask(capsys, desks, "handoffs", "--team", "lab", *TODAY)
    commits = run_git("log", "--format=%h %an", "--abbrev=8", cwd=desks).split("\n")
    cy = [line.split()[0] for line in commits if line.endswith("Cy")]
    assert f"{cy[0]} accepted" in text
    assert f"{cy[1]} rejected" in text
    rows = list(csv.DictReader(io.StringIO(ask(capsys, desks, "handoffs", "--format", "csv"))))
    assert [row["outcome"] for row in rows][:2] == ["accepted", "rejected"]


def test_where_nothing_was_handed_over(desks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ask(capsys, desks, "handoffs", "--since", "2026-03-06", *TODAY)
    assert "Nothing was handed from one team to another" in text
    assert "--team" not in text


def test_friction_for_people(desks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ask(capsys, desks, "friction", *TODAY)
    assert "3 items waited 7d together" in text
    assert re.search(r"^  order: testing +5.5d +46bh +3 +2d +2d +1$", text, re.M)
    assert re.search(r"^  The wood dealer +1.5d", text, re.M)
    assert re.search(r"^  d-two +1.5d", text, re.M)
    assert "how long work stood in a state that approvals lead out of (3)" in text
    assert max(map(len, text.splitlines())) <= 80


def test_every_wait_is_listed_with_its_commits(
    desks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = ask(capsys, desks, "friction", "blockers", *TODAY)
    last = run_git("log", "-1", "--format=%h", "--abbrev=8", "--", "work/d-three.md", cwd=desks)
    assert "A desk of <b>ash</b>" in text
    assert text.count(last.strip()) == 2
    rows = list(csv.DictReader(io.StringIO(ask(capsys, desks, "friction", "--format", "csv"))))
    assert {row["ranking"] for row in rows} == {"states", "teams", "approvers", "blockers"}
    only = ask(capsys, desks, "friction", "teams", "--format", "csv", *TODAY)
    assert {row["ranking"] for row in csv.DictReader(io.StringIO(only))} == {"teams"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("friction", "people"), "there are states, teams", id="ranking"),
        pytest.param(("reliability", "people"), "there are routines, clocks", id="promise"),
        pytest.param(("friction", "--workflow", "x"), "x", id="workflow"),
        pytest.param(("friction", "--project", "x"), "x", id="project"),
    ],
)
def test_what_is_not_there(
    arguments: tuple[str, ...], said: str, desks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(desks), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_where_nothing_waited(desks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nothing waited" in ask(capsys, desks, "friction", "--workflow", "duty", *TODAY)
    text = ask(capsys, desks, "friction", "states", "--workflow", "duty", *TODAY)
    assert "nothing waited in these days" in text


def test_reliability_for_people(desks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ask(capsys, desks, "reliability", *TODAY)
    assert "Routines: 0 of 2, 0% done by their date" in text
    assert re.search(r"^  sweep.2026-03-02  2026-03-03  never made$", text, re.M)
    assert re.search(r"^  sweep.2026-02-23  2026-02-24  9 days late  [0-9a-f]{8}$", text, re.M)
    assert re.search(r"^  order: answer  1 of 2, 50%  1 open  2026-03 1/2$", text, re.M)
    assert "too little history" in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize(
    "flags", [pytest.param(("--commit",), id="committed"), pytest.param((), id="only written")]
)
def test_what_was_missed_stays_missed_when_the_next_is_made(
    flags: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = make_desks(tmp_path / "ws")
    path = root / "routines/sweep.md"
    text = path.read_text(encoding="utf-8").replace("mode: fixed", "on_miss: skip")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-07T12:00:00+01:00")
    commit_files({"routines/sweep.md": text}, root, "Skip")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-23T12:00:00+01:00")
    ask(capsys, root, "tick", "--today", "2026-03-23", *flags)
    printed = ask(capsys, root, "reliability", "routines", "--today", "2026-03-26")
    # Of what came before it had the rule that it has, the rule tells nothing.
    assert re.findall(r"^(\S+)  \S+  (.*?) *(?:[0-9a-f]{8}|$)", printed, re.M) == [
        ("sweep.2026-03-23", "open, 2 days" if flags else "never made"),
        ("sweep.2026-03-16", "never made"),
        ("sweep.2026-03-09", "never made"),
        ("sweep.2026-02-23", "9 days late"),
    ]


@pytest.mark.parametrize(
    ("promise", "first", "rows"),
    [
        pytest.param("routines", "sweep.2026-03-02", 2, id="routines"),
        pytest.param("forecasts", "There is nothing", 0, id="forecasts"),
    ],
)
def test_every_promise_is_listed(
    promise: str, first: str, rows: int, desks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ask(capsys, desks, "reliability", promise, *TODAY).splitlines()
    assert lines[1 if rows else 0].startswith(first)
    assert len(lines) == rows + 1
    table = ask(capsys, desks, "reliability", promise, "--format", "csv", *TODAY)
    assert len(list(csv.DictReader(io.StringIO(table)))) == rows


def test_every_run_of_a_clock_is_listed_with_its_whole_moments(
    desks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = ask(capsys, desks, "reliability", "clocks", *TODAY)
    heading, columns, *rows = printed.splitlines()
    assert heading == "order: answer  1 of 2, 50% met"
    assert columns.split() == ["work", "due", "ended", "outcome", "commits"]
    assert len(rows) == 2
    assert all(re.match(r"\S+  2026-03-\d\d \d\d:\d\d  ", row) for row in rows)
    table = ask(capsys, desks, "reliability", "clocks", "--format", "csv", *TODAY)
    assert len(list(csv.DictReader(io.StringIO(table)))) == 2
    nothing = ask(capsys, desks, "reliability", "clocks", "--until", "2020-01-01", *TODAY)
    assert "There is nothing" in nothing


def test_forecasts_that_could_have_been_made(
    desks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = ("--today", "2026-07-01")
    text = ask(capsys, desks, "reliability", *later)
    assert "Forecasts: 2 weeks, each 28 days ahead from 84 days" in text
    assert "85% sure: held in 2 of 2, 100%" in text
    table = ask(capsys, desks, "reliability", "forecasts", "--format", "csv", *later)
    assert [row["outcome"] for row in csv.DictReader(io.StringIO(table))] == ["held"] * 8
    assert ask(capsys, desks, "reliability", "forecasts", *later).splitlines()[1].split()[2] == "0"


def test_what_cannot_be_told_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_desks(tmp_path / "ws")
    path = root / "workflows/duty.md"
    text = path.read_text(encoding="utf-8").replace("category: ready", "category: unready")
    path.write_text(text, encoding="utf-8")
    said = ask(capsys, root, "reliability", *TODAY)
    assert "What was never made cannot be told" in said
    assert "never made\n" not in said


def test_what_was_offered_is_next_until_it_is_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_desks(tmp_path / "ws")
    asked = ("next", "--for", "cy")
    for _ in range(2):  # read, and kept
        text = ask(capsys, root, *asked, *TODAY)
        assert re.search(r"^Offered, to accept or reject 1$", text, re.M)
        assert re.search(r"^  d-two  by shop  yesterday  late for 1bd  A desk of pine$", text, re.M)
    assert "Offered" not in ask(capsys, root, "next", "--for", "bo", *TODAY)
    assert "Offered" not in ask(capsys, root, *asked, "--at", "HEAD~3")
    told = json.loads(ask(capsys, root, *asked, "--format", "json", *TODAY))
    (offered,) = told["offered"]["works"]
    assert offered["offer"]["commit"] in run_git("rev-list", "HEAD", cwd=root)
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "cy@desks.example")
    run_git("config", "user.email", "cy@desks.example", cwd=root)
    ask(capsys, root, "accept", "d-two", *TODAY)
    assert "Offered" not in ask(capsys, root, *asked, *TODAY)
    run_git("add", "--all", cwd=root)
    run_git("commit", "--quiet", "--message", "Accept", cwd=root)
    assert "Offered" not in ask(capsys, root, *asked, *TODAY)


def test_a_damaged_file_of_offers_is_read_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_desks(tmp_path / "ws")
    before = ask(capsys, root, "next", "--for", "cy", *TODAY)
    kept = root / ".git/plainwork/offers"
    for data in (b"", b"nonsense", kept.read_bytes()[:-3]):
        kept.write_bytes(data)
        assert ask(capsys, root, "next", "--for", "cy", *TODAY) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_a_history_that_was_written_anew_is_said_once(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_desks(tmp_path / "ws")
    ask(capsys, root, name)
    run_git("reset", "--quiet", "--hard", "HEAD~1", cwd=root)
    for said in (True, False):
        assert run(["-C", str(root), name]) == 0
        assert ("written anew" in capsys.readouterr().err) == said
