"""The story of an approval: told to the end, the same every time, and nothing is left of it."""

import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from plainwork.cli import demo_approvals
from plainwork.cli.app import run
from support.git import run_git
from support.interrupts import STARTING

DAYS = ["2026-11-23", "2028-02-29"]
SOURCE = Path(__file__).parents[2] / "src"


def tell(folder: Path, day: str) -> tuple[int, str]:
    with redirect_stdout(StringIO()) as told:
        code = run(["demo", "--approvals", str(folder), "--today", day])
    return code, told.getvalue()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace in which the story of the first day has been told."""
    root = tmp_path_factory.mktemp("told") / "demo"
    code, told = tell(root, DAYS[0])
    assert code == 0, told
    (root.parent / "told").write_text(told, encoding="utf-8")
    return root


@pytest.mark.parametrize("day", DAYS)
def test_it_goes_as_told(day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # many have one: it leads nowhere here
    threads = threading.active_count()
    code, told = tell(tmp_path / "demo", day)
    assert (code, "NOT AS TOLD" in told) == (0, False), told
    assert max(map(len, told.splitlines())) <= 80
    for reason in ("author", "agent", "left", "stale-digest"):
        assert f"[{reason}]" in told
    verdicts = re.findall(r"\b(?:APPROVED|WAITING|REJECTED|ERROR)\b", told)
    assert verdicts == [*["WAITING"] * 5, "APPROVED"]
    audited = told[told.rindex("APPROVED") :]
    assert re.search(r"^ *proven .*#1\b", audited, re.MULTILINE)
    assert re.search(r"^ *unproven .*push", audited, re.MULTILINE)
    assert threading.active_count() == threads
    assert list(scratch.iterdir()) == []


def test_the_workspace_holds_afterwards_what_was_merged_and_its_proof(root: Path) -> None:
    assert run_git("status", "--short", cwd=root) == ""
    subjects = run_git("log", "-2", "--first-parent", "--format=%s", cwd=root).splitlines()
    assert subjects == [
        "Merge pull request #1 from nordlicht/order-the-fork-lift",
        "The dealer wants more",
    ]
    assert run_git("notes", "--ref=plainwork", "list", cwd=root).count("\n") == 1
    assert run_git("fsck", "--strict", "--no-dangling", cwd=root) == ""


def test_it_is_the_same_for_the_same_day(root: Path, tmp_path: Path) -> None:
    _, told = tell(tmp_path / "demo", DAYS[0])
    assert told == (root.parent / "told").read_text(encoding="utf-8")
    assert run_git("rev-parse", "HEAD", cwd=tmp_path / "demo") == run_git(
        "rev-parse", "HEAD", cwd=root
    )


def test_it_ends_badly_if_an_approval_outlives_what_was_approved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without another amount on the base nothing makes approvals stale: that is not the story."""
    harmless = {"work/tasks/nl-none.txt": b"Nothing that anybody approved\n"}
    monkeypatch.setattr(demo_approvals, "_raise_amount", lambda *_: harmless)
    code, told = tell(tmp_path / "demo", DAYS[0])
    assert code == 1
    assert "NOT AS TOLD" in told
    assert "stale-digest" in told


def test_nothing_is_left_of_an_interrupted_story(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-c", STARTING, "demo", "--approvals", str(tmp_path / "demo")]
    environment = {
        **os.environ,
        "PYTHONPATH": str(SOURCE),
        "TMPDIR": str(scratch),
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            if "WAITING" in line:
                break
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.read()
    assert process.returncode == 130
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert list(scratch.iterdir()) == []
