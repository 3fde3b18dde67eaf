"""What commands must answer about a generated workspace, before anything is measured."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.cases import DAY, PERSON, PROGRAM, gate_command
from benchmarks.proposals import PROPOSALS, Proposal
from benchmarks.workspace import Expected


def check_answers(root: Path, expected: Expected) -> list[str]:
    """Return one line for each answer that is wrong; none means that figures mean something."""
    return [
        f"{name}: {answer} instead of {right}"
        for name, answer, right in _answers(root, expected)
        if answer != right
    ]


def _answers(root: Path, expected: Expected) -> Iterator[tuple[str, object, object]]:
    yield "list", len(_ask(root, "list")["works"]), expected.work
    yield "list open", len(_ask(root, "list", "open")["works"]), expected.open
    status = _ask(root, "status")
    yield "status", status["total"], expected.work
    yield "status: overdue", status["overdue"]["count"], expected.overdue
    (items,) = (kind for kind in status["kinds"] if kind["name"] == "item")
    yield "status: done", items["done"], expected.states["done"]
    yield "status: ready", items["ready"], expected.states["todo"]
    duties = _ask(root, "next", "--for", PERSON)
    assigned = sum(duties[part]["count"] for part in ("do", "blocked", "waiting"))
    yield f"next --for {PERSON}", assigned, expected.open_by_assignee[PERSON]
    moved = sum(count for state, count in expected.states.items() if state != "todo")
    yield "log", _log(root)["count"], expected.work + moved
    for proposal in PROPOSALS:
        decided = _decide(root, proposal)
        right = (proposal.verdict, proposal.documents)
        yield proposal.name, (decided["verdict"], len(decided.get("documents", ()))), right


def _ask(root: Path, *arguments: str) -> Any:
    command = (PROGRAM, *arguments, "--format", "json", *DAY)
    return json.loads(subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE).stdout)


def _log(root: Path) -> Any:
    command = (PROGRAM, "log", "--format", "json")
    return json.loads(subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE).stdout)


def _decide(root: Path, proposal: Proposal) -> Any:
    command = (*gate_command(root, proposal), "--format", "json")
    return json.loads(subprocess.run(command, cwd=root, check=False, stdout=subprocess.PIPE).stdout)
