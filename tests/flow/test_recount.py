"""The same numbers, counted by a program that shares nothing with plainwork."""

import json
from datetime import date
from pathlib import Path

import pytest

from plainwork.cli.app import run
from support.recount import recount

TODAY = "2026-06-01"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("recount") / "demo"
    assert run(["demo", str(root), "--today", TODAY]) == 0
    return root


@pytest.mark.parametrize(
    ("since", "until"),
    [("2025-06-01", TODAY), ("2026-02-01", "2026-04-30"), ("2026-05-20", "2026-05-20")],
    ids=["all", "in the middle", "a day"],
)
def test_a_recount_agrees(
    since: str, until: str, demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = ("--since", since, "--until", until, "--today", TODAY)
    assert run(["-C", str(demo), "flow", *days, "--format", "json"]) == 0
    numbers = json.loads(capsys.readouterr().out)["numbers"]
    counted = recount(demo, date.fromisoformat(since), date.fromisoformat(until))
    assert counted == {
        "finished": numbers["finished"],
        "cycle_time": [each["value"] for each in numbers["cycle_time"]],
        "in_progress": numbers["in_progress"],
        "oldest": numbers["oldest"],
    }
    if until == TODAY:
        assert numbers["finished"] > 50
