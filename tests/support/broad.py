"""A workspace that has much of everything: what a page lists must not make it endless."""

import random
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

PEOPLE, TEAMS, AGENTS = 90, 50, 20
WORKFLOWS, PROJECTS, ROUTINES, POLICIES = 30, 60, 40, 40
_LONG = "with everything that belongs to it & “what else” there may be, told at great length"
"""Titles are as long as those that real teams write when they write long ones."""

_COURSE = ("idea", "todo", "doing", "review", "done")


def write_broad_workspace(root: Path, works: int, today: date) -> None:
    """Make a repository in which so many works went through many workflows and teams."""
    root.mkdir(parents=True)
    chance = random.Random(works)
    _git(root, "init", "--quiet", "--initial-branch=main")
    _git(root, "config", "user.name", "Person 0")
    _git(root, "config", "user.email", "person-0@example.org")
    stream = "".join(_history(chance, works, today))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, check=True, input=stream.encode())
    _git(root, "checkout", "--quiet", "main")


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)


def _history(chance: random.Random, works: int, today: date) -> Iterator[str]:
    first = today - timedelta(200)
    yield _commit(_definitions(), first, 0)
    days: dict[int, dict[str, str]] = {}
    for number in range(works):
        start = chance.randrange(1, 160)
        for step in range(chance.randrange(1, len(_COURSE) + 1)):
            status = _COURSE[step]
            text = _item(number, status, works, today)
            days.setdefault(min(start + 9 * step, 199), {})[f"work/w-{number:05}.md"] = text
    for day, files in sorted(days.items()):
        yield _commit(files, first + timedelta(day), day)


def _commit(files: Mapping[str, str], day: date, number: int) -> str:
    when = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    who = f"Person {number % PEOPLE} <person-{number % PEOPLE}@example.org> {when} +0000"
    message = f"Change {len(files)} documents {_LONG}"
    lines = [f"commit refs/heads/main\ncommitter {who}\ndata {len(message.encode())}\n{message}\n"]
    for path, text in files.items():
        lines.append(f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n")
    return "".join(lines)


def _item(number: int, status: str, works: int, today: date) -> str:
    # Even ones go to one project, so that one list is long.
    due = today + timedelta(number % 61 - 30)
    waits = f"depends_on: [w-{number - 1:05}, w-{number // 2:05}]\n" if number % 3 == 2 else ""
    project = number % PROJECTS if number % 2 else 0
    blocked = f"blocked: Waits for number {number % 23} {_LONG}\n" if number % 5 == 0 else ""
    fields = (
        f"title: Work {number} {_LONG}\nworkflow: flow-{number % WORKFLOWS}\nstatus: {status}\n"
        f"owner: person-{number % PEOPLE}\nassignees: [person-{number % 7}, person-0]\n"
        f"project: project-{project}\ndue: {due}\nestimate: 3d\n{waits}{blocked}"
    )
    parent = f"parent: w-{number % PROJECTS:05}\n" if number > works // 2 else ""
    return f"---\n{fields}{parent}---\n- [ ] One\n"


def _definitions() -> dict[str, str]:
    found = {
        "plainwork.toml": '[workspace]\nname = "Broad"\n[forge]\nkind = "github"\n'
        'repository = "acme/broad"\n',
        "workflows/project.md": _workflow("Project", "kind: project", "todo"),
        "workflows/routine.md": _workflow("Routine", "kind: routine", "todo"),
        "workflows/risk.md": _workflow("Risk", "kind: item", "todo"),
    }
    for number in range(WORKFLOWS):
        found[f"workflows/flow-{number}.md"] = _flow(number)
    for number in range(PEOPLE):
        found[f"people/person-{number}.md"] = (
            f"---\nname: Person {number} of the house\nemails: [person-{number}@example.org]\n"
            f"{f'manager: person-{number // 9}' if number else ''}\n---\n"
        )
    for number in range(TEAMS):
        parent = f"parent: team-{number // 7}\n" if number else ""
        members = ", ".join(f"person-{(number + each) % PEOPLE}" for each in range(30))
        found[f"teams/team-{number}.md"] = (
            f"---\nname: Team {number} of many\nlead: person-{number}\nmembers: [{members}]\n"
            f"{parent}---\n"
        )
    for number in range(AGENTS):
        found[f"agents/agent-{number}.md"] = f"---\nname: Agent {number}\nowner: person-0\n---\n"
    for number in range(PROJECTS):
        found[f"projects/project-{number}.md"] = (
            f"---\ntitle: Project {number} {_LONG}\nworkflow: project\nstatus: todo\n"
            f"objective: To land {_LONG}\nowner: person-{number}\nteam: team-{number % TEAMS}\n"
            f"due: 2026-02-01\nrequester: person-0\n---\n"
        )
    for number in range(ROUTINES):
        found[f"routines/routine-{number}.md"] = (
            f"---\ntitle: Routine {number} {_LONG}\nworkflow: routine\nstatus: todo\n"
            f"owner: person-0\nstart: 2025-10-0{number % 7 + 1}\n"
            'schedule: {rrule: "FREQ=WEEKLY", mode: fixed, on_miss: stack}\n'
            "creates: {workflow: flow-0, title: T}\n---\n"
        )
    for number in range(POLICIES):
        scope = f"applies_to: {{workflows: [flow-{number % WORKFLOWS}]}}\n"
        found[f"policies/policy-{number}.md"] = (
            f"---\ntitle: Policy {number} {_LONG}\ndefault: {str(not number).lower()}\n"
            f"owner: person-0\n{scope if number else ''}"
            f"approvals: [{{by: [team-{number % TEAMS}, person-0]}}]\n---\nWhy.\n"
        )
    return found


def many_rules() -> dict[str, str]:
    """Return a workspace without work, of whose rules and parties there are hundreds."""
    files = {"plainwork.toml": '[workspace]\nname = "Rules"\n'}
    for number in range(300):
        files[f"people/person-{number}.md"] = f"---\nname: Person {number} of the house\n---\n"
        files[f"teams/team-{number}.md"] = f"---\nname: Team {number}\nlead: person-{number}\n---\n"
        files[f"agents/agent-{number}.md"] = f"---\nname: Agent {number}\nowner: person-0\n---\n"
        files[f"policies/policy-{number}.md"] = (
            f"---\ntitle: Policy {number} {_LONG}\ndefault: {str(not number).lower()}\n"
            f"owner: person-0\napprovals: [{{by: [team-{number}, person-0, owner]}}]\n---\nWhy.\n"
        )
    for number in range(120):
        fields = "".join(
            f'  word_{number}_{each}: {{type: text, help: "Word {each} {_LONG}"}}\n'
            for each in range(8)
        )
        files[f"workflows/flow-{number}.md"] = _flow(number).replace(
            "states:", f"fields:\n{fields}states:", 1
        )
    return files


def _workflow(title: str, kind: str, state: str) -> str:
    states = f"{state}: {{category: ready}}\n  done: {{category: done}}"
    steps = f"transitions:\n  end: {{from: {state}, to: done}}\n"
    return f"---\ntitle: {title}\n{kind}\nowner: person-0\nstates:\n  {states}\n{steps}---\n"


def _flow(number: int) -> str:
    team, other = f"team-{number % TEAMS}", f"team-{(number * 3 + 1) % TEAMS}"
    return f"""---
title: Flow {number} of many
owner: person-0
service_level: {{percent: 85, within: {number % 20 + 5}d}}
states:
  idea: {{category: proposed, help: "{_LONG}"}}
  todo: {{category: ready, team: {team}, help: "{_LONG}"}}
  doing: {{category: active, team: {other}, wip_limit: 1, help: "{_LONG}"}}
  review: {{category: waiting, team: {team}, help: "{_LONG}"}}
  done: {{category: done}}
transitions:
  plan: {{from: idea, to: todo}}
  start: {{from: todo, to: doing}}
  submit: {{from: doing, to: review, accept_within: 2d}}
  finish:
    from: review
    to: done
    approvals: [{{by: person-0}}, {{by: team-{number % 7}, when: "priority == 'high'"}}]
clocks:
  answer: {{start: [todo], stop: [doing], targets: [{{within: 5d}}]}}
  end: {{start: [doing], stop: [done], targets: [{{within: 9d}}]}}
---
Prose.
"""
