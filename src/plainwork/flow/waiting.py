"""When items waited, and for what: waiting states, what their documents say, other work.

Work waits while it stands in a state of waiting, while its ``blocked`` is set, and while it is in
progress and what it depends on holds it back: that is not finished (``FS``) or not begun (``SS``).
A successor that nobody has begun waits for nothing; it is planned so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from plainwork.flow.events import find_all_ids
from plainwork.flow.responsible import find_responsible
from plainwork.flow.timelines import Moment
from plainwork.flow.versions import PastDefinitions
from plainwork.model.history import Event, History
from plainwork.model.workflow import CLOSED, IN_PROGRESS, Category


class Cause(StrEnum):
    """Why something waits."""

    STATE = "state"
    BLOCKED = "blocked"
    DEPENDENCY = "dependency"


class WaitingSpan(msgspec.Struct, frozen=True):
    """A stretch of time in which an item waited for one thing.

    Attributes:
        work: Its id as it is now.
        cause: Why it waited.
        name: The state, the text of ``blocked``, or the id of the work that held it back.
        workflow: The id of its workflow then.
        team: The id of the team that was responsible when it began, or ``""``.
        start: When it began, and by which commit.
        end: When it ended, and by which; None: it goes on.
        values: The fields of the work when it began.
        left_for: Where it went from a state, or ``""``.
    """

    work: str
    cause: Cause
    name: str
    workflow: str
    team: str
    start: Moment
    end: Moment | None
    values: Mapping[str, Any]
    left_for: str


def find_waiting(history: History, until: int | None = None) -> tuple[WaitingSpan, ...]:
    """Return when items waited, work by work.

    Args:
        history: What happened.
        until: The first second that counts no more; None: everything counts.
    """
    search = _Search(history)
    for event in history.events:
        if until is None or event.time < until:
            search.follow(event)
    return tuple(search.close())


class _Reason(msgspec.Struct, frozen=True):
    """What a work waits for; as long as it is the same, it is one wait."""

    cause: Cause
    name: str
    workflow: str
    team: str


class _Begun(msgspec.Struct, frozen=True):
    moment: Moment
    values: Mapping[str, Any]


_KEPT_APART = frozenset({"id", "path", "body"})


class _Course:
    """How one work has come so far."""

    __slots__ = ("category", "ended", "open", "time", "values", "work")

    def __init__(self) -> None:
        self.work = ""
        self.values: dict[str, Any] = {}
        self.category = ""
        self.time = 0
        self.open: dict[_Reason, _Begun] = {}
        self.ended: list[tuple[_Reason, _Begun, Moment, str]] = []

    def follow(self, event: Event) -> None:
        """Let its document change."""
        if event.created:
            self.values.clear()
        for name, (_, new) in event.changes.items():
            if new is None:
                self.values.pop(name, None)
            elif name not in _KEPT_APART:
                self.values[name] = new
        self.work = event.work
        self.category = Category.DROPPED if event.deleted else event.category

    def switch(self, reasons: Mapping[_Reason, None], moment: Moment) -> None:
        """Let it wait for these reasons from now on."""
        self.time = max(moment.time, self.time)
        if self.open.keys() == reasons.keys():
            return
        moment = Moment(self.time, moment.commit)
        for reason in [each for each in self.open if each not in reasons]:
            begun = self.open.pop(reason)
            left_for = str(self.values.get("status", "")) if reason.cause is Cause.STATE else ""
            self.ended.append((reason, begun, moment, left_for))
        for reason in reasons:
            if reason not in self.open:
                self.open[reason] = _Begun(moment, dict(self.values))


class _Search:
    """Follows events through history."""

    def __init__(self, history: History) -> None:
        self._past = PastDefinitions(history)
        self._ids = _find_lives(history)
        self._courses: dict[str, _Course] = {}
        self._dependents: dict[str, dict[str, None]] = {}

    def follow(self, event: Event) -> None:
        """Let an event happen."""
        key = self._ids.get(event.work.lower(), event.work.lower())
        course = self._courses.get(key)
        if course is None:
            course = self._courses[key] = _Course()
        before, moment = course.category, Moment(event.time, event.commit)
        course.follow(event)
        if "depends_on" in event.changes:
            self._name_dependents(key, event)
        self._refresh(course, moment)
        if before != course.category:
            for dependent in tuple(self._dependents.get(key, ())):
                self._refresh(self._courses[dependent], moment)

    def close(self) -> Iterator[WaitingSpan]:
        """Yield what was found."""
        for course in self._courses.values():
            rows = [*course.ended, *((*each, None, "") for each in course.open.items())]
            for reason, begun, end, left_for in rows:
                yield WaitingSpan(
                    work=course.work,
                    cause=reason.cause,
                    name=self._name(reason),
                    workflow=reason.workflow,
                    team=reason.team,
                    start=begun.moment,
                    end=end,
                    values=begun.values,
                    left_for=left_for,
                )

    def _name(self, reason: _Reason) -> str:
        other = self._courses.get(reason.name) if reason.cause is Cause.DEPENDENCY else None
        return other.work if other else reason.name

    def _name_dependents(self, key: str, event: Event) -> None:
        old, _ = event.changes["depends_on"]
        for name, _ in _dependencies({"depends_on": old}):
            self._dependents.get(self._ids.get(name, name), {}).pop(key, None)
        for name, _ in _dependencies(self._courses[key].values):
            self._dependents.setdefault(self._ids.get(name, name), {})[key] = None

    def _refresh(self, course: _Course, moment: Moment) -> None:
        causes = list(self._find_causes(course))
        course.switch(self._give_reasons(course, causes, moment.commit) if causes else {}, moment)

    def _give_reasons(
        self, course: _Course, causes: Iterable[tuple[Cause, str]], commit: int
    ) -> dict[_Reason, None]:
        id_ = str(course.values.get("workflow", ""))
        workflow = self._past.workflow(id_, commit)
        if workflow is not None and workflow.kind != "item":
            return {}
        team = find_responsible(course.values, commit, self._past)
        name = workflow.id if workflow else id_
        return {_Reason(cause, what, name, team): None for cause, what in causes}

    def _find_causes(self, course: _Course) -> Iterator[tuple[Cause, str]]:
        values, category = course.values, course.category
        if category in CLOSED:
            return
        if category == Category.WAITING:
            yield Cause.STATE, str(values.get("status", ""))
        if values.get("blocked"):
            yield Cause.BLOCKED, str(values["blocked"])
        if category in IN_PROGRESS:
            for other, type_ in _dependencies(values):
                key = self._ids.get(other, other)
                if self._holds_back(key, type_):
                    yield Cause.DEPENDENCY, key

    def _holds_back(self, key: str, type_: str) -> bool:
        other = self._courses.get(key)
        if other is None or other.category in CLOSED:
            return False
        return type_ == "FS" or (type_ == "SS" and other.category not in IN_PROGRESS)


def _find_lives(history: History) -> dict[str, str]:
    """Return every id that any work ever had, and which it has at last, both in lower case."""
    return find_all_ids(history.events, dict.fromkeys(event.work for event in _last(history)))


def _last(history: History) -> Iterator[Event]:
    """Yield the last event of every work, a renaming being one of the new name."""
    former = {event.changes["id"][0].lower() for event in history.events if "id" in event.changes}
    last = {event.work.lower(): event for event in history.events}
    return (event for key, event in last.items() if key not in former)


def _dependencies(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the ids, in lower case, of what work depends on, and how."""
    for entry in values.get("depends_on") or ():
        if isinstance(entry, Mapping):
            yield str(entry.get("on", "")).lower(), str(entry.get("type", "FS"))
        else:
            yield str(entry).lower(), "FS"
