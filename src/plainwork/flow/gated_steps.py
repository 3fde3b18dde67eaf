"""Steps of work that somebody had to approve, by the rules of the commit before each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from plainwork.analysis.transitions import find_path
from plainwork.flow.versions import PastDefinitions
from plainwork.model.history import Event, History
from plainwork.model.workflow import Approval, Transition


class AskedApproval(msgspec.Struct, frozen=True):
    """An approval that a rule asked for: of whom, and on which condition, or ``""``."""

    by: str
    when: str


class GatedStep(msgspec.Struct, frozen=True):
    """A change of status that passed transitions with approvals.

    Attributes:
        work: Its id as it is now.
        commit: The position of the commit in the history.
        asked: The approvals that the transitions ask for.
        said: Ids of people who approved by a record while it stood in the state before.
    """

    work: str
    commit: int
    asked: tuple[AskedApproval, ...]
    said: tuple[str, ...]


def find_gated_steps(history: History) -> tuple[GatedStep, ...]:
    """Return the steps that somebody had to approve, oldest first.

    Conditions are not judged: whoever decides again does that.
    """
    if not any(_asks(each.workflow.transitions) for each in history.workflows if each.workflow):
        return ()
    return tuple(_Search(history).run())


def _asks(transitions: tuple[Transition, ...]) -> bool:
    return any(each.approvals for each in transitions)


class _Course:
    """Where a work stands, and who has said since then that it may go on."""

    __slots__ = ("since", "status", "work", "workflow")

    def __init__(self) -> None:
        self.work = self.status = self.workflow = ""
        self.since = 0


class _Search:
    def __init__(self, history: History) -> None:
        self._history = history
        self._past = PastDefinitions(history)
        self._courses: dict[str, _Course] = {}
        self._said = _find_said(history)

    def run(self) -> Iterator[GatedStep]:
        found: list[tuple[_Course, Event, tuple[Approval, ...], tuple[str, ...]]] = []
        for event in self._history.events:
            course = self._find(event)
            before, workflow, since = course.status, course.workflow, course.since
            course.work = event.work
            course.workflow = _after("workflow", event, workflow)
            course.status = _after("status", event, before)
            if event.deleted or course.status == before:
                continue
            course.since = event.commit
            asked = () if event.created else self._find_asked(event, workflow, before)
            if asked:
                said = self._find_votes(event, since)
                found.append((course, event, asked, said))
        for course, event, asked, said in found:
            rules = tuple(AskedApproval(_name(each), each.when) for each in asked)
            yield GatedStep(course.work, event.commit, rules, said)

    def _find(self, event: Event) -> _Course:
        former = event.changes.get("id", (None, None))[0]
        key = event.work.lower()
        course = self._courses.pop(former.lower(), None) if former else self._courses.get(key)
        course = self._courses[key] = course or _Course()
        return course

    def _find_asked(self, event: Event, workflow: str, before: str) -> tuple[Approval, ...]:
        rules = self._past.workflow(workflow, event.commit - 1)
        after = _after("status", event, before)
        path = find_path(rules, before, after) if rules else None
        return tuple(approval for each in path or () for approval in each.approvals)

    def _find_votes(self, event: Event, since: int) -> tuple[str, ...]:
        votes = self._said.get(event.work.lower(), ())
        people = (person for commit, person in votes if since <= commit <= event.commit)
        return tuple(dict.fromkeys(people))


def _find_said(history: History) -> Mapping[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for answer in history.answers:
        for work in answer.record.about if answer.record.kind == "approval" else ():
            found.setdefault(work.lower(), []).append((answer.commit, answer.record.by))
    return found


def _after(field: str, event: Event, before: Any) -> str:
    return str(event.changes[field][1] or "") if field in event.changes else str(before)


def _name(approval: Approval) -> str:
    ways = approval.any or (approval,)
    return " or ".join(dict.fromkeys(name for way in ways for name in way.by))
