"""``plainwork check`` from outside."""

import json
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from plainwork.cli.app import run
from support.archive import unpack, write_files
from support.git import commit_files, make_repository, run_git

BASE = unpack((Path(__file__).parents[1] / "rules/_workspace.txt").read_text(encoding="utf-8"))
GOOD = "---\ntitle: Plan the move\nworkflow: task\nstatus: todo\n---\n"
BAD = GOOD.replace("todo", "doin")
LONE = GOOD.replace("status: todo", "status: todo\nlabels: urgent")


def _workspace(root: Path, **files: str) -> Path:
    documents = {f"work/{name}.md": text for name, text in files.items()}
    return write_files({**BASE, **documents}, root / "a workspace")


def _check(root: Path, *arguments: str) -> int:
    return run(["-C", str(root), "check", "--today", "2026-03-02", *arguments])


def test_nothing_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _check(_workspace(tmp_path, plan=GOOD)) == 0
    assert capsys.readouterr().out == "no problems found in 7 documents\n"


def test_errors_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _check(_workspace(tmp_path, plan=BAD)) == 1
    assert capsys.readouterr().out == (
        "work/plan.md:4:9: error: workflow task has no state `doin` [unknown-state]\n"
        "  hint: did you mean `doing`?\n"
        "1 error, 0 warnings\n"
    )


def test_warnings_do_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = _workspace(tmp_path, plan=f"\ufeff{GOOD}")

    assert _check(root) == 0
    assert "[byte-order-mark]" in capsys.readouterr().out


def test_a_report_is_in_the_order_of_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = BAD.replace("title: ", "oops: 1\ntitle: ") + "\r\n"
    _check(_workspace(tmp_path, b=twice, a=BAD))

    places = [
        line.split(": ")[0] for line in capsys.readouterr().out.splitlines() if line[0] == "w"
    ]
    assert places == ["work/a.md:4:9", "work/b.md:2:1", "work/b.md:5:9", "work/b.md:7:1"]


@pytest.mark.parametrize("format_", ["json", "sarif", "github", "junit"])
def test_formats_tell_the_same(
    format_: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_repository({}, tmp_path)
    assert _check(_workspace(root, plan=BAD), "--format", format_) == 1
    out = capsys.readouterr().out

    place = ("work/plan.md", 4, 9)
    from_top = ("a workspace/work/plan.md", 4, 9)
    match format_:
        case "json":
            (found,) = json.loads(out)["diagnostics"]
            assert (found["path"], found["line"], found["column"]) == place
        case "sarif":
            (result,) = json.loads(out)["runs"][0]["results"]
            location = result["locations"][0]["physicalLocation"]
            region = location["region"]
            path = location["artifactLocation"]["uri"].replace("%20", " ")
            assert (path, region["startLine"], region["startColumn"]) == from_top
        case "github":
            assert out.startswith("::error file=a workspace/work/plan.md,line=4,col=9,")
        case "junit":
            assert ET.fromstring(out).get("failures") == "1"  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("paths", "documents", "code"),
    [
        pytest.param(["work/good.md"], 1, 0, id="one-file"),
        pytest.param(["work"], 2, 1, id="folder"),
        pytest.param(["work/good.md", "people/"], 3, 0, id="several"),
        pytest.param(["."], 8, 1, id="all"),
    ],
)
def test_a_report_can_be_cut(
    paths: Sequence[str],
    documents: int,
    code: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = _workspace(tmp_path, good=GOOD, bad=BAD)

    assert _check(root, "--format", "json", *paths) == code
    assert json.loads(capsys.readouterr().out)["documents"] == documents


def test_paths_are_those_of_the_current_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _workspace(tmp_path, good=GOOD, bad=BAD)

    assert _check(root / "work", "good.md") == 0
    assert capsys.readouterr().out == "no problems found in 1 document\n"

    for folder, place in (("work", "bad.md:"), ("people", "../work/bad.md:"), (".", "work/bad.md")):
        assert _check(root / folder) == 1
        assert capsys.readouterr().out.startswith(place)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["nowhere.md"], "nowhere.md: no such file or folder", id="no-file"),
        pytest.param([".."], "..: outside of the workspace {root}", id="outside"),
        pytest.param(
            ["--dry-run"],
            "a check changes nothing: --dry-run and --commit go with --fix",
            id="dry-run",
        ),
        pytest.param(
            ["--format", "xml"],
            "--format xml: this command prints text, json, sarif, github or junit",
            id="format",
        ),
        pytest.param(["--today", "today"], "--today today: write a date as YYYY-MM-DD", id="today"),
    ],
)
def test_what_makes_no_sense_is_refused(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _workspace(tmp_path)

    assert _check(root, *arguments) == 2
    assert capsys.readouterr().err == f"plainwork: {message.format(root=root)}\n"


def test_the_day_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = _workspace(tmp_path, plan=GOOD.replace("todo", "todo\nowner: bob"))
    write_files({"people/bob.md": "---\nname: Bob\nuntil: 2026-03-02\n---\n"}, root)

    _check(root)
    assert "departed-party" not in capsys.readouterr().out
    _check(root, "--today", "2026-03-03")
    assert "departed-party" in capsys.readouterr().out


def test_a_fix_is_shown_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _workspace(tmp_path, plan=LONE)

    assert _check(root, "--fix", "--dry-run") == 0
    assert "-labels: urgent\n+labels: [urgent]\n" in capsys.readouterr().out
    assert (root / "work/plan.md").read_text() == LONE


def test_a_fix_is_written_and_the_rest_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _workspace(tmp_path, plan=LONE, bad=BAD, crlf=GOOD.replace("\n", "\r\n"))

    assert _check(root, "--fix") == 1
    output = capsys.readouterr()
    assert output.err == "plainwork: mended work/plan.md\n"
    assert output.out.endswith("1 error, 1 warning\n")
    assert (root / "work/plan.md").read_text() == LONE.replace("urgent", "[urgent]")
    assert (root / "work/crlf.md").read_bytes() == GOOD.replace("\n", "\r\n").encode()


def test_a_fix_keeps_to_the_paths(tmp_path: Path) -> None:
    root = _workspace(tmp_path, a=LONE, b=LONE)

    _check(root, "--fix", "work/a.md")
    assert (root / "work/a.md").read_text() != LONE
    assert (root / "work/b.md").read_text() == LONE


def test_a_fix_is_committed_alone(tmp_path: Path) -> None:
    root = make_repository({**BASE, "work/plan.md": LONE}, tmp_path / "repository")
    write_files({"work/other.md": GOOD}, root)
    run_git("add", "work/other.md", cwd=root)

    assert _check(root, "--fix", "--commit") == 0
    assert run_git("show", "--name-only", "--format=%s", cwd=root).split("\n\n") == [
        "Fix what plainwork check found",
        "work/plan.md\n",
    ]
    assert run_git("status", "--porcelain", cwd=root) == "A  work/other.md\n"


def test_what_has_no_fix_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = _workspace(tmp_path, bad=BAD)

    assert _check(root, "--fix") == 1
    assert capsys.readouterr().err == "plainwork: nothing that could be mended without asking\n"


def test_since_needs_a_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = _workspace(tmp_path)

    assert _check(root, "--since", "HEAD") == 2
    assert "not inside a Git work tree" in capsys.readouterr().err


def test_since_a_revision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_repository({**BASE, "work/plan.md": GOOD}, tmp_path / "repository")
    commit_files({"work/plan.md": GOOD.replace("todo", "doing")}, root)

    assert _check(root, "--since", "HEAD~1") == 0
    assert capsys.readouterr().out == "no problems found in 7 documents\n"
