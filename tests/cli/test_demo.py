"""The first thing that anybody sees."""

from pathlib import Path

import pytest

from plainwork.cli.app import run
from support.git import run_git

DAYS = ["2026-03-02", "2026-11-23", "2027-01-01", "2028-02-29"]


@pytest.mark.parametrize("today", DAYS)
def test_the_first_screen(
    today: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["demo", "--today", today]) == 0
    screen = capsys.readouterr().out.splitlines()
    assert len(screen) < 24
    assert max(map(len, screen)) <= 80
    assert "0 errors" in screen[0] or "no problems" in screen[0]
    assert screen[-3] == "Try next, as Lena Vogt: cd plainwork-demo"

    assert screen[1] == "plainwork-demo/_site/index.html: its site, for a browser"
    assert "Nordlicht" in (tmp_path / "plainwork-demo/_site/index.html").read_text(encoding="utf-8")

    root = tmp_path / "plainwork-demo"
    assert run_git("status", "--short", cwd=root) == ""
    assert run_git("log", "-1", "--format=%as", cwd=root) == f"{today}\n"
    assert run_git("fsck", "--strict", cwd=root) == ""


def test_what_it_says_to_try_next_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name)
    assert run(["demo"]) == 0
    commands = [line.strip().split("  ")[0] for line in capsys.readouterr().out.splitlines()[-2:]]
    monkeypatch.chdir("plainwork-demo")
    for command in commands:
        program, *arguments = command.split()
        assert program == "plainwork"
        assert run(arguments) in (0, 1), command
        assert capsys.readouterr().out


def test_it_is_the_same_for_the_same_day(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run(["demo", str(tmp_path / name), "--today", DAYS[0]]) == 0
    heads = {run_git("rev-parse", "HEAD", cwd=tmp_path / name) for name in ("one", "two")}
    assert len(heads) == 1
