"""The benchmark's input and its answers, small: what is measured is also right."""

import subprocess
from pathlib import Path

from benchmarks.answers import check_answers
from benchmarks.cases import PROGRAM
from benchmarks.workspace import write_workspace


def test_the_commands_answer_rightly(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    assert check_answers(root, write_workspace(root, 600)) == []


def test_nothing_is_wrong_with_the_workspace(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    write_workspace(root, 300)
    subprocess.run([PROGRAM, "check"], cwd=root, check=True)
