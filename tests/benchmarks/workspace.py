"""A large, believable workspace with a Git history, the same every time, and what is true of it.

Each document has about 34 lines. Work is created in its workflow's first state and moved later, in
commits of 50 documents over two years, written through `git fast-import`: 100,000 documents and
their history take seconds.
"""

import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks.proposals import write_proposals

TODAY = date(2026, 6, 1)
"""The day for which the answers hold."""

_BATCH = 50
_PEOPLE = tuple(f"person-{number:02}" for number in range(40))
_TEAMS = tuple(f"team-{number}" for number in range(8))
_STATES = {"todo": 25, "doing": 8, "review": 4, "done": 55, "dropped": 8}
_CLOSED = frozenset({"done", "dropped"})
_PRIORITIES = ("low", "normal", "normal", "high", "urgent")
_LABELS = ("billing", "search", "mobile", "security", "docs", "cleanup")

_SETTINGS = """\
[workspace]
name = "Benchmark"
timezone = "UTC"
currency = "EUR"
default_workflow = "task"
calendar = "office"

[ids]
prefix = "b"

[calendars.office]
mon = ["09:00-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]
thu = ["09:00-17:00"]
fri = ["09:00-17:00"]
"""

_TASK = """\
---
title: Task
owner: person-00
fields:
  severity: {type: choice, options: [minor, major, critical]}
  cost: {type: money}
states:
  todo: {category: ready, title: To do}
  doing: {category: active}
  review: {category: waiting, title: In review}
  done: {category: done}
  dropped: {category: dropped}
transitions:
  start: {from: [todo, review], to: doing}
  stop: {from: doing, to: todo}
  submit: {from: doing, to: review}
  finish: {from: [doing, review], to: done}
  drop: {from: [todo, doing, review], to: dropped, require: [reason]}
  reopen: {from: [done, dropped], to: todo, require: [reason]}
service_level: {percent: 85, within: 10d}
---
Work of a few days.
"""

_PROJECT = """\
---
title: Project
kind: project
owner: person-00
states:
  proposed: {category: proposed}
  running: {category: active}
  closed: {category: done}
transitions:
  begin: {from: proposed, to: running}
  close: {from: running, to: closed, children: closed}
---
Work with an objective and an end.
"""

_POLICY = """\
---
title: Everything
owner: person-00
default: true
applies_to: {}
approvals: []
---
Nothing needs approval here.
"""

_BODY = """\
## Why

Customers of {label} wrote about this {number} times, and the team agreed to look at it before the
end of the quarter. What was tried before is in the discussion that the source field names.

## Acceptance

- [x] The case is reproduced and written down
- [ ] The change is measured before and after
- [ ] The people who wrote are answered

## Notes

See also the page of {team}; nothing here is secret.
"""


class Expected(NamedTuple):
    """What is true of a generated workspace; the answers of commands are held against it."""

    work: int
    """Items and projects."""
    open: int
    overdue: int
    projects: int
    open_by_owner: dict[str, int]
    """Open work by the person who owns it."""
    open_by_assignee: dict[str, int]
    states: dict[str, int]
    """Items, without projects, by state."""
    sample_id: str
    """An item that is still to do, for commands that work on one."""
    sample_path: str


class _Item(NamedTuple):
    id: str
    path: str
    project: str
    state: str
    owner: str
    assignee: str
    due: date
    lines: tuple[str, ...]
    body: str

    def text(self, state: str) -> str:
        return "\n".join(("---", *self.lines, f"status: {state}", "---", self.body))


def write_workspace(root: Path, documents: int) -> Expected:
    """Make a workspace with this many items and projects in a new repository at `root`."""
    chance = random.Random(documents)
    projects = [f"project-{number:04}" for number in range(max(1, documents // 100))]
    items = list(_items(chance, projects, documents - len(projects)))
    root.mkdir(parents=True)
    _git(root, "init", "--quiet", "--initial-branch=main")
    _git(root, "config", "user.name", "Person 00")
    _git(root, "config", "user.email", "person-00@example.org")
    subprocess.run(
        ["git", "fast-import", "--quiet"], cwd=root, check=True, input=_history(projects, items)
    )
    _git(root, "checkout", "--quiet", "main")
    write_proposals(root)
    return _expected(projects, items)


def _items(chance: random.Random, projects: list[str], count: int) -> Iterator[_Item]:
    open_items: dict[str, list[str]] = {}
    states = chance.choices(list(_STATES), list(_STATES.values()), k=count)
    for number, state in enumerate(states):
        project = projects[number % len(projects)]
        open_before = open_items.setdefault(project, [])
        item = _item(chance, number, state, project, open_before)
        if state not in _CLOSED:
            open_before.append(item.id)
        yield item


def _item(
    chance: random.Random, number: int, state: str, project: str, open_before: list[str]
) -> _Item:
    id_, label, team = f"b-{number:06}", chance.choice(_LABELS), chance.choice(_TEAMS)
    owner, assignee = chance.choice(_PEOPLE), chance.choice(_PEOPLE)
    due = TODAY + timedelta(days=chance.randrange(-60, 180))
    lines = [
        f"id: {id_}",
        f"title: Make {label} {number} say what went wrong",
        "workflow: task",
        f"owner: {owner}",
        f"requester: {chance.choice(_PEOPLE)}",
        f"assignees: [{assignee}]",
        f"team: {team}",
        f"project: {project}",
        f"priority: {chance.choice(_PRIORITIES)}",
        f"labels: [{label}, quarter-{number % 4 + 1}]",
        f"start: {due - timedelta(days=20)}",
        f"due: {due}",
        f"estimate: {chance.randrange(1, 9)}d",
        f"severity: {chance.choice(('minor', 'major', 'critical'))}",
        f"x-source: forum/{number}",
        *_relations(chance, state, open_before),
    ]
    if state == "dropped":
        lines.append("reason: Nobody asked again")
    path = f"work/{project}/{label}/{id_}-make-{label}-say-what-went-wrong.md"
    body = _BODY.format(label=label, team=team, number=number % 30)
    return _Item(id_, path, project, state, owner, assignee, due, tuple(lines), body)


def _relations(chance: random.Random, state: str, open_before: list[str]) -> Iterator[str]:
    if state in _CLOSED or not open_before:
        return
    if chance.random() < 0.2:
        yield f"parent: {chance.choice(open_before)}"
    if chance.random() < 0.15:
        yield f"depends_on: [{chance.choice(open_before)}]"


def _definitions(projects: list[str]) -> Iterator[tuple[str, str]]:
    yield "plainwork.toml", _SETTINGS
    yield "workflows/task.md", _TASK
    yield "workflows/project.md", _PROJECT
    yield "policies/everything.md", _POLICY
    for number, person in enumerate(_PEOPLE):
        name = f"name: Person {number:02}\nemails: [{person}@example.org]\ncapacity: 32h"
        yield f"people/{person}.md", f"---\n{name}\n---\n"
    for number, team in enumerate(_TEAMS):
        members = ", ".join(_PEOPLE[number :: len(_TEAMS)])
        parent = f"parent: {_TEAMS[(number - 1) // 2]}\n" if number else ""
        lines = f"name: Team {number}\nlead: {_PEOPLE[number]}\nmembers: [{members}]\n{parent}"
        yield f"teams/{team}.md", f"---\n{lines}---\n"
    for number, project in enumerate(projects):
        lines = (
            f"title: Project {number}\nworkflow: project\nstatus: running\n"
            f"owner: {_PEOPLE[number % len(_PEOPLE)]}\nobjective: Fewer complaints\n"
        )
        yield f"projects/{project}.md", f"---\n{lines}---\n## Scope\n\nWhat was asked for.\n"


def _history(projects: list[str], items: list[_Item]) -> bytes:
    changes = [list(_definitions(projects))]
    batches = [items[start : start + _BATCH] for start in range(0, len(items), _BATCH)]
    for batch in batches:
        changes.append([(item.path, item.text("todo")) for item in batch])
        changes.append([(item.path, item.text(item.state)) for item in batch])
    start = datetime(TODAY.year - 2, TODAY.month, TODAY.day, tzinfo=UTC)
    step = timedelta(days=729) / len(changes)
    return b"".join(
        _commit(number, start + step * number, files) for number, files in enumerate(changes)
    )


def _commit(number: int, at: datetime, files: list[tuple[str, str]]) -> bytes:
    person = _PEOPLE[number % len(_PEOPLE)]
    header = (
        f"commit refs/heads/main\ncommitter {person} <{person}@example.org> "
        f"{int(at.timestamp())} +0000\n{_data(f'Change {number}')}"
    )
    return "".join(
        (header, *(f"M 644 inline {path}\n{_data(text)}" for path, text in files))
    ).encode()


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def _expected(projects: list[str], items: list[_Item]) -> Expected:
    open_items = [item for item in items if item.state not in _CLOSED]
    owners = Counter(item.owner for item in open_items)
    owners.update(_PEOPLE[number % len(_PEOPLE)] for number in range(len(projects)))
    sample = next(item for item in items if item.state == "todo")
    return Expected(
        work=len(projects) + len(items),
        open=len(projects) + len(open_items),
        overdue=sum(item.due < TODAY for item in open_items),
        projects=len(projects),
        open_by_owner=dict(owners),
        open_by_assignee=dict(Counter(item.assignee for item in open_items)),
        states=dict(Counter(item.state for item in items)),
        sample_id=sample.id,
        sample_path=sample.path,
    )


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)
