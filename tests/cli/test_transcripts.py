"""Sessions at a terminal, replayed: what was typed and what came back.

A transcript is an archive. What stands before its first file is for people; a line
`workspace: NAME` there takes the files of `workspaces/NAME.txt` first. Its file `session` is
replayed in a repository that holds all other files: `$ ` starts a command, what follows is what
it must print, on standard output and then on standard error, and `[exit 1]` says that it must
fail so. Besides plainwork there are `cat` and `git`; variables of the environment may be set in
front. `$ROOT` stands for the folder of the repository, `HASH` for a commit. Chance is seeded, and
it is nine o'clock on 2026-03-02.
"""

import os
import random
import re
import secrets
import shlex
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from plainwork.cli import clock
from plainwork.cli.app import run
from support.archive import unpack
from support.git import make_repository

HERE = Path(__file__).parent
TRANSCRIPTS = sorted(HERE.glob("transcripts/**/*.txt"))
TODAY = date(2026, 3, 2)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

_COMMIT = re.compile(r"\b(committed |onto |^)[0-9a-f]{10}\b", re.MULTILINE)
_SETTING = re.compile(r"[A-Z_]+=.*")


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(
    transcript: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    files, session = _read(transcript)
    root = make_repository(files, tmp_path / "ws") if files else tmp_path
    monkeypatch.chdir(root)
    monkeypatch.setattr(secrets, "randbelow", random.Random(1).randrange)
    monkeypatch.setattr(clock, "today", lambda _: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    capfd.readouterr()
    replayed = ""
    for line in session.splitlines():
        if line.startswith("$ "):
            replayed += f"{line}\n{_replay(line[2:], root, monkeypatch, capfd)}"
    assert replayed == session


def _read(transcript: Path) -> tuple[dict[str, str], str]:
    text = transcript.read_text(encoding="utf-8")
    files = unpack(text)
    session = files.pop("session")
    base = re.match(r"(?:.*\n)*?workspace: (\w+)\n", text.partition("\n-- ")[0] + "\n")
    if base:
        files = unpack((HERE / f"workspaces/{base[1]}.txt").read_text(encoding="utf-8")) | files
    return files, session


def _replay(
    command: str, root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> str:
    words = shlex.split(command)
    with monkeypatch.context() as patch:
        while _SETTING.fullmatch(words[0]):
            name, _, value = words.pop(0).partition("=")
            patch.setenv(name, value)
        code = _run(words)
    out, err = capfd.readouterr()
    told = _COMMIT.sub(r"\1HASH", (out + err).replace(str(root.resolve()), "$ROOT"))
    return f"{told}[exit {code}]\n" if code else told


def _run(words: list[str]) -> int:
    if words[0] == "plainwork":
        return run(words[1:])
    assert words[0] in ("cat", "git")
    environment = {**os.environ, "GIT_PAGER": "cat"}
    return subprocess.run(words, check=False, env=environment).returncode
