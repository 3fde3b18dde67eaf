"""What commands print for machines: byte for byte as published, and fitting its schema."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from plainwork.cli.app import run
from support.archive import unpack
from support.git import make_repository

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden"
COMMANDS = {
    "list": ("list", "open", "--columns", "id,title,depends_on,due,priority,blocked,amount"),
    "status": ("status", "--by", "project"),
    "next": ("next", "--for", "ada"),
    "owners": ("owners",),
    "board": ("board", "workflow:task"),
    "portfolio": ("portfolio",),
    "raci": ("raci", "consulted:bo"),
    "tick": ("tick", "--until", "2026-03-16", "--dry-run"),
    "who": ("who",),
    "approvals": ("approvals",),
    "show-work": ("show", "ws-mast"),
    "show-promised": ("show", "ws-glue"),
    "show-project": ("show", "boat"),
    "show-routine": ("show", "sweep"),
    "show-party": ("show", "bo"),
    "show-workflow": ("show", "purchase"),
    "show-policy": ("show", "default"),
    "show-record": ("show", "2026-02-16-boat"),
    "why": ("why", "ws-glue", "ordered"),
    "log": ("log", "ws-mast"),
    "flow": ("flow", "--by", "workflow", "--until", "2026-01-10"),
    "forecast": ("forecast", "--throughput", "throughput.txt", "--items", "28", "--days", "10"),
    "workflow-simulate": ("workflow", "simulate", "workflows/task.md"),
    "workflow-list": ("workflow", "list"),
    "workflow-graph": ("workflow", "graph", "purchase"),
}


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = unpack((HERE / "workspaces/workshop.txt").read_text(encoding="utf-8"))
    throughput = "2 0 0 5 1 3 2 4 0 0 1 1 2 4 0 0 0 1 0 1 2 0 0 0 0 0 0 1 2 0 0\n"
    files["throughput.txt"] = throughput
    return make_repository(files, tmp_path_factory.mktemp("golden") / "ws")


@pytest.mark.parametrize("name", COMMANDS)
def test_json(name: str, workshop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = (*COMMANDS[name], "--format", "json")
    if command[0] not in ("log", "workflow"):  # which read no clock
        command += ("--today", "2026-03-02")
    assert run(["-C", str(workshop), *command]) == 0
    printed = capsys.readouterr().out
    golden = GOLDEN / f"{name}.json"
    assert _without_commits(printed) == golden.read_text(encoding="utf-8")
    _, schema, _ = json.loads(printed)["schema"].split("/")
    assert run(["-C", str(workshop), "schema", schema]) == 0
    jsonschema.validate(json.loads(printed), json.loads(capsys.readouterr().out))


def test_csv(workshop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ("list", "labels:room", "--format", "csv", "--columns", "id,title,labels")
    assert run(["-C", str(workshop), *command]) == 0
    assert capsys.readouterr().out == (
        "id,title,labels\r\nws-paint,Paint the workshop 日本 white,room\r\n"
    )


def _without_commits(text: str) -> str:
    """Leave out hashes of commits, which follow from every byte of the workspace."""
    return re.sub(r"\b[0-9a-f]{40}\b", "", text)
