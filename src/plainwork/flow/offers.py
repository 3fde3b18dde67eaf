"""Offers of work from team to team, as history tells them, and what became of each.

A change that makes another team responsible offers the work to it. The first change that somebody
of that team makes accepts it, as does a record; a record rejects it (``FORMAT.md``, *Workflow*).
Everything is judged by what held then: workflows, teams and the addresses of people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from typing import Any

import msgspec

from plainwork.analysis.transitions import find_path
from plainwork.flow.authors import Merged, PastAuthors
from plainwork.flow.responsible import find_responsible
from plainwork.flow.timelines import Moment
from plainwork.flow.versions import PastDefinitions
from plainwork.model.history import Answer, Event, History
from plainwork.model.workflow import CLOSED


class Outcome(StrEnum):
    """What became of an offer.

    Untold: history knows nobody of the receiving team, so nobody can be seen to accept.
    """

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MOVED_ON = "moved-on"
    CLOSED = "closed"
    UNTOLD = "untold"


class Rejected(msgspec.Struct, frozen=True):
    """A record by which the receiving team did not take work; ``reason`` is hostile text."""

    by: str
    reason: str
    moment: Moment


class Offer(msgspec.Struct):
    """Work that came from one team to another.

    Attributes:
        work: Its id as it is now.
        title: Its title as it is now; hostile text.
        workflow: The id of its workflow when it was offered.
        project: Its own at that time, or ``""``.
        giver: The id of the team that was responsible before.
        receiver: The id of the team that became responsible.
        state: Where the work stood since then.
        within: What the workflow promised of the answer, such as ``4bh``, or ``""``.
        offered: When and by which commit.
        outcome: What became of it.
        answered: When, and by which commit; None: it is open, or nobody can tell.
        by: Who accepted it, or ``""``.
        rejections: How often it was rejected; it may have been accepted afterwards.
        returned: Whether the next handoff of the work led straight back.
    """

    work: str
    title: str
    workflow: str
    project: str
    giver: str
    receiver: str
    state: str
    within: str
    offered: Moment
    outcome: Outcome = Outcome.OPEN
    answered: Moment | None = None
    by: str = ""
    rejections: tuple[Rejected, ...] = ()
    returned: bool = False

    def end(self, outcome: Outcome, moment: Moment, by: str = "") -> None:
        """Let it be answered."""
        self.outcome, self.answered, self.by = outcome, moment, by


def find_offers(
    history: History, *, until: int | None = None, merged: Merged | None = None
) -> tuple[Offer, ...]:
    """Return every offer of an item to another team, in the order in which they were made.

    Work that is created, or that no team was responsible for, is assigned and not handed over;
    what is closed is handed to nobody.

    Args:
        history: What happened.
        until: The first second that counts no more; None: everything counts.
        merged: Who wrote what merges brought in.
    """
    search = _Search(history, merged or {})
    answers = _Pending(history)
    for commit, events in groupby(history.events, key=lambda event: event.commit):
        for answer in answers.before(commit):
            search.answer(answer, until)
        for event in events:
            if until is None or event.time < until:
                search.follow(event)
    for answer in answers.before(len(history.commits)):
        search.answer(answer, until)
    return search.close()


class _Pending:
    """Answers, taken in the order of their commits."""

    def __init__(self, history: History) -> None:
        self._answers = history.answers
        self._next = 0

    def before(self, commit: int) -> Iterator[Answer]:
        """Yield those of earlier commits that have not been taken."""
        while self._next < len(self._answers) and self._answers[self._next].commit < commit:
            yield self._answers[self._next]
            self._next += 1


class _Course:
    """How one work has come so far."""

    __slots__ = ("last", "open", "time", "values", "work")

    def __init__(self) -> None:
        self.work = ""
        self.values: dict[str, Any] = {}
        self.open: Offer | None = None
        self.last: Offer | None = None
        self.time = 0


_KEPT = frozenset({"title", "workflow", "status", "team", "project"})
_ROUTING = frozenset({"workflow", "status", "team"})


class _Search:
    """Follows events and answers through history."""

    def __init__(self, history: History, merged: Merged) -> None:
        self._history = history
        self._past = PastDefinitions(history)
        self._authors = PastAuthors(history, self._past, merged)
        self._courses: dict[str, _Course] = {}
        self._found: list[tuple[_Course, Offer]] = []

    def follow(self, event: Event) -> None:
        """Let an event happen."""
        course = self._find(event)
        before = {} if event.created else course.values
        changed = {name: event.changes[name][1] for name in _KEPT.intersection(event.changes)}
        course.values = {**before, **changed}
        course.work, course.time = event.work, event.time
        routed = not event.created and not _ROUTING.isdisjoint(event.changes)
        teams = self._find_teams(before, course.values, event.commit) if routed else None
        # Who has rejected work and then sends it on has not accepted it.
        if teams is None or course.open is None or not course.open.rejections:
            self._accept(course, event)
        if event.deleted or event.category in CLOSED:
            self._leave(course, Outcome.CLOSED, event)
        elif teams is not None:
            self._hand_over(course, teams, self._find_promise(before, course.values, event), event)

    def close(self) -> tuple[Offer, ...]:
        """Return what was found, each with the id and title that its work has now."""
        for course, offer in self._found:
            offer.work, offer.title = course.work, str(course.values.get("title") or "")
        return tuple(offer for _, offer in self._found)

    def answer(self, answer: Answer, until: int | None) -> None:
        """Let a record accept or reject the work that it is about."""
        record = answer.record
        if record.kind != "handoff":
            return
        committed = self._history.commits[answer.commit].time
        for name in record.about:
            course = self._courses.get(name.lower())
            offer = course.open if course else None
            if course is None or offer is None or (until is not None and committed >= until):
                continue
            moment = Moment(max(committed, course.time), answer.commit)
            if not self._past.is_in_team(record.by, offer.receiver, answer.commit):
                continue
            if record.details.get("answer") == "reject":
                reason = str(record.details.get("reason", ""))
                offer.rejections = (*offer.rejections, Rejected(record.by, reason, moment))
            else:
                offer.end(Outcome.ACCEPTED, moment, record.by)
                course.open = None

    def _find(self, event: Event) -> _Course:
        former = event.changes.get("id", (None, None))[0]
        key = event.work.lower()
        course = self._courses.pop(former.lower(), None) if former else self._courses.get(key)
        course = self._courses[key] = course or _Course()
        return course

    def _accept(self, course: _Course, event: Event) -> None:
        if course.open is None:
            return
        for person in self._authors.find(event.commit):
            if self._past.is_in_team(person, course.open.receiver, event.commit):
                course.open.end(Outcome.ACCEPTED, Moment(event.time, event.commit), person)
                course.open = None
                return

    def _leave(self, course: _Course, outcome: Outcome, event: Event) -> None:
        """End an offer that its team has not accepted."""
        if course.open is not None:
            rejected = course.open.rejections and outcome is Outcome.MOVED_ON
            outcome = Outcome.REJECTED if rejected else outcome
            course.open.end(outcome, Moment(event.time, event.commit))
            course.open = None

    def _find_teams(
        self, before: Mapping[str, Any], after: Mapping[str, Any], commit: int
    ) -> tuple[str, str] | None:
        """Return which teams were responsible before and after a change, if they differ."""
        giver = find_responsible(before, commit - 1, self._past)
        receiver = find_responsible(after, commit, self._past)
        return None if giver.lower() == receiver.lower() else (giver, receiver)

    def _hand_over(
        self, course: _Course, teams: tuple[str, str], within: str, event: Event
    ) -> None:
        giver, receiver = teams
        self._leave(course, Outcome.MOVED_ON, event)
        workflow = self._past.workflow(str(course.values.get("workflow", "")), event.commit)
        if not giver or not receiver or (workflow and workflow.kind != "item"):
            course.last = None
            return
        offer = Offer(
            work=event.work,
            title=str(course.values.get("title") or ""),
            workflow=str(course.values.get("workflow", "")),
            project=str(course.values.get("project") or ""),
            giver=giver,
            receiver=receiver,
            state=str(course.values.get("status", "")),
            within=within,
            offered=Moment(event.time, event.commit),
        )
        if course.last is not None and course.last.giver.lower() == receiver.lower():
            course.last.returned = course.last.receiver.lower() == giver.lower()
        course.last = offer
        self._found.append((course, offer))
        team = self._past.team(receiver, event.commit)
        if team is None or not team.people:
            offer.outcome = Outcome.UNTOLD
            return
        course.open = offer
        self._accept(course, event)

    def _find_promise(
        self, before: Mapping[str, Any], after: Mapping[str, Any], event: Event
    ) -> str:
        """Return how soon an answer was promised by the transitions that led here."""
        workflow = self._past.workflow(str(after.get("workflow", "")), event.commit)
        if workflow is None or before.get("workflow") != after.get("workflow"):
            return ""
        path = find_path(workflow, str(before.get("status", "")), str(after.get("status", "")))
        promised = [each.accept_within for each in path or () if each.accept_within]
        return promised[-1] if promised else ""
