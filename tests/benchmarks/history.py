"""How long the first reading of a long history takes: `python tests/benchmarks/history.py`.

Ten thousand works in one folder, and fifty thousand commits that create, change and move them: for
Git, which compares the folder with itself at every commit, the worst that a team can do. The
answer is checked, then whole processes are measured; the target is 25 seconds and 500 MiB.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.cases import PROGRAM
from benchmarks.measure import Case, measure

START = datetime(2021, 1, 4, 8, tzinfo=UTC)
END = datetime(2025, 12, 19, 17, tzinfo=UTC)

FLOW = (PROGRAM, "flow", "--today", f"{END:%Y-%m-%d}")

TARGET = 25.0
"""Seconds for 10,000 works and 50,000 commits, read for the first time."""
MEMORY = 500.0
"""MiB that it may hold meanwhile."""
START_UPS = 60
"""Times the start of Python that it takes from then on."""

_COURSES = (
    ("todo", "doing", "review", "done"),
    ("todo", "doing", "review", "doing", "done"),
    ("todo", "doing", "done", "todo", "doing", "done"),
    ("todo", "dropped"),
    ("todo", "doing"),
)
_PEOPLE = tuple(f"person-{number:02}" for number in range(20))
_TEAMS = ("north", "south", "east")

_SETTINGS = '[workspace]\nname = "History"\ntimezone = "Europe/Berlin"\n'
_TASK = """\
---
title: Task
owner: person-00
states:
  todo: {category: ready}
  doing: {category: active}
  review: {category: waiting}
  done: {category: done}
  dropped: {category: dropped}
transitions:
  start: {from: [todo, review], to: doing}
  submit: {from: doing, to: review}
  finish: {from: [doing, review], to: done}
  drop: {from: todo, to: dropped}
  reopen: {from: done, to: todo}
service_level: {percent: 85, within: 10d}
---
Work of a few days.
"""
_BODY = """\
## Why

Customers wrote about this {number} times, and the team agreed to look at it before the end of the
quarter. What was tried before is in the discussion that the source field names.

## Acceptance

- [ ] The case is reproduced and written down
- [ ] The change is measured before and after
"""


class Written(NamedTuple):
    """What is true of a history that was written."""

    commits: int
    """All of them; the first one makes the workspace."""
    finished: int
    """Works whose last state is `done`."""


def write_history(root: Path, works: int, commits: int) -> Written:
    """Make a workspace with a history in a new repository at `root`; all its work in one folder.

    Each commit creates one work, or changes one, in the order of their times; every work follows
    a course from state to state, with some changes of other fields in between.
    """
    steps = _plan_steps(random.Random(works), works, commits - 1)
    root.mkdir(parents=True)
    _git(root, "init", "--quiet", "--initial-branch=main")
    _git(root, "config", "user.name", "Person 00")
    _git(root, "config", "user.email", "person-00@example.org")
    writing = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=root, stdin=subprocess.PIPE)
    assert writing.stdin is not None
    with writing.stdin as stream:
        _write_commits(stream, steps)
    assert writing.wait() == 0
    # A clone is packed, too.
    _git(root, "repack", "-a", "-d", "-q", "-f", "--depth=50", "--window=10")
    _git(root, "checkout", "--quiet", "main")
    last = {step.work: step.state for step in steps}
    return Written(len(steps) + 1, sum(state == "done" for state in last.values()))


class _Step(NamedTuple):
    """A commit to one work: in which state it is then, and how often it has been written."""

    at: float
    work: int
    state: str
    version: int


def _plan_steps(chance: random.Random, works: int, count: int) -> list[_Step]:
    """Return as many commits as asked for, which no work gets more than one of at a time."""
    steps: list[_Step] = []
    for work in range(works):
        share = count * (work + 1) // works - count * work // works
        course = chance.choice(_COURSES)
        first = work / works * 0.98
        moments = sorted(chance.random() ** 2 * 0.02 for _ in range(share - 1))
        for version, offset in enumerate((0.0, *moments)):
            # States are spread over the commits; in between other fields change.
            reached = course[min(version * len(course) // max(share, len(course)), len(course) - 1)]
            state = course[-1] if version == share - 1 else reached
            steps.append(_Step(first + offset, work, state, version))
    return sorted(steps)


def _write_commits(stream: IO[bytes], steps: list[_Step]) -> None:
    people = ((f"people/{each}.md", f"---\nname: {each}\n---\n") for each in _PEOPLE)
    teams = ((f"teams/{each}.md", f"---\nlead: {_PEOPLE[0]}\n---\n") for each in _TEAMS)
    files = {"plainwork.toml": _SETTINGS, "workflows/task.md": _TASK, **dict((*people, *teams))}
    stream.write(_commit(0, START, files))
    for number, step in enumerate(steps, start=1):
        at = START + step.at * (END - START)
        stream.write(_commit(number, at, dict([_document(step)])))


def _document(step: _Step) -> tuple[str, str]:
    id_ = f"h-{step.work:06}"
    lines = (
        f"id: {id_}",
        f"title: Make case {step.work} say what went wrong",
        "workflow: task",
        f"status: {step.state}",
        f"owner: {_PEOPLE[step.work % len(_PEOPLE)]}",
        f"assignees: [{_PEOPLE[(step.work + step.version // 3) % len(_PEOPLE)]}]",
        f"team: {_TEAMS[(step.work + step.version // 2) % len(_TEAMS)]}",
        f"priority: {('low', 'normal', 'high')[step.version % 3]}",
        f"estimate: {step.version + 1}d",
        f"x-source: forum/{step.work}",
    )
    text = "\n".join(("---", *lines, "---", _BODY.format(number=step.version)))
    return f"work/{id_}-make-case-{step.work}-say-what-went-wrong.md", text


def _commit(number: int, at: datetime, files: dict[str, str]) -> bytes:
    person = _PEOPLE[number % len(_PEOPLE)]
    header = (
        f"commit refs/heads/main\ncommitter {person} <{person}@example.org> "
        f"{int(at.timestamp())} +0000\n{_data(f'Change {number}')}"
    )
    parts = (f"M 644 inline {path}\n{_data(text)}" for path, text in files.items())
    return "".join((header, *parts)).encode()


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)


def find_wrong(root: Path, works: int, written: Written) -> Iterator[str]:
    """Yield what is wrong with what is read; nothing means that figures mean something."""
    done = subprocess.run(
        (PROGRAM, "log", "--format", "json"), cwd=root, check=True, stdout=subprocess.PIPE
    )
    story = json.loads(done.stdout)
    if story["gaps"]:
        yield f"{len(story['gaps'])} statements were not understood"
    if story["count"] != written.commits - 1:
        yield f"{story['count']} events instead of {written.commits - 1}"
    created = sum(event["created"] for event in story["events"])
    if created != works:
        yield f"{created} works instead of {works}"
    done = subprocess.run(
        (*FLOW, "--since", f"{START:%Y-%m-%d}", "--format", "json"),
        cwd=root,
        check=True,
        stdout=subprocess.PIPE,
    )
    finished = json.loads(done.stdout)["numbers"]["finished"]
    if finished != written.finished:
        yield f"{finished} items were finished instead of {written.finished}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the first reading of a history.")
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--commits", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="A folder in which the repository stays.")
    arguments = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="plainwork-history-") as folder:
        root = (arguments.keep or Path(folder)) / "workspace"
        written = write_history(root, arguments.works, arguments.commits)
        wrong = list(find_wrong(root, arguments.works, written))
        _say("\n".join(wrong) or "the answer is right")
        _measure(root, arguments.rounds)
    return bool(wrong)


def _measure(root: Path, rounds: int) -> None:
    events = root / ".git/plainwork/events"
    cases = (
        Case("python -c pass", (sys.executable, "-c", "pass")),
        Case("first", (PROGRAM, "log"), prepare=lambda: events.unlink(missing_ok=True)),
        Case("again", (PROGRAM, "log")),
        Case("flow", FLOW),
    )
    start, first, again, flow = measure(cases, root, rounds)
    _say(
        f"first: {first.seconds:.1f} s, at most {TARGET:.0f} s; "
        f"{first.peak:.0f} MiB, at most {MEMORY:.0f} MiB"
    )
    for name, figure in (("again", again), ("flow", flow)):
        ratio = figure.seconds / start.seconds
        _say(f"{name}: {ratio:.0f} × python -c pass, at most {START_UPS}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
