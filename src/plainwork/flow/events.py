"""Events from the files that commits wrote: ``METRICS.md``, *Events*.

A work is known by its id, so that moving and renaming files changes nothing. A commit is read
with the workflows as they were then; what cannot be read leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from plainwork.flow.versions import find_changed, find_last_parties, find_last_workflows
from plainwork.model.history import (
    Answer,
    Commit,
    Event,
    Gap,
    GapReason,
    History,
    PartyVersion,
    WorkflowVersion,
)
from plainwork.model.party import Party
from plainwork.model.record import Record
from plainwork.model.workflow import CLOSED, Category, Workflow
from plainwork.parsing.quantities import parse_date

Values = Mapping[str, Any]


class WrittenWork(msgspec.Struct, frozen=True, array_like=True):
    """A document of work as a commit wrote it; ``body`` is a digest of its text."""

    path: str
    id: str
    fields: dict[str, Any]
    body: str


class CommitFiles(msgspec.Struct, frozen=True):
    """What one commit did to the documents of work.

    Attributes:
        written: Those that are new or differ, by path.
        removed: Paths where none is any more.
        unreadable: Paths of those that say nothing.
        workflows: As the commit has them, by id in lower case.
        zone: The workspace's time zone.
        parties: As the commit has them, likewise.
        answers: The records that it added by which somebody accepts, rejects or approves.
    """

    commit: Commit
    written: tuple[WrittenWork, ...]
    removed: tuple[str, ...]
    unreadable: tuple[str, ...]
    workflows: Mapping[str, Workflow]
    zone: tzinfo
    parties: Mapping[str, Party] = {}
    answers: tuple[Record, ...] = ()


class _Moment(msgspec.Struct, frozen=True):
    """A commit, and the earlier time in seconds that its trailer sets, if it does."""

    commit: Commit
    effective: int | None


class Standing(msgspec.Struct):
    """How a work stands after its last event; ``values`` are its fields, ``path`` and ``body``."""

    id: str
    values: dict[str, Any]
    category: str

    @property
    def path(self) -> str:
        """Where its document is."""
        path: str = self.values["path"]
        return path


def compute_standings(events: Iterable[Event]) -> dict[str, Standing]:
    """Return how all work stands after some events, by id in lower case."""
    standings: dict[str, Standing] = {}
    for event in events:
        apply_event(standings, event)
    return standings


def apply_event(standings: dict[str, Standing], event: Event) -> None:
    """Let one event happen."""
    key = event.work.lower()
    former = event.changes.get("id", (None, None))[0]
    old = standings.pop(former.lower() if former else key, None)
    if event.deleted:
        return
    values = dict(old.values) if old else {}
    for name, (_, new) in event.changes.items():
        if new is None:
            values.pop(name, None)
        elif name != "id":
            values[name] = new
    standings[key] = Standing(event.work, values, event.category)


def find_all_ids(events: Sequence[Event], works: Iterable[str]) -> dict[str, str]:
    """Return every id that works have ever had, and which is theirs now, both in lower case."""
    found = {id_.lower(): id_.lower() for id_ in works}
    for event in reversed(events):
        if "id" in event.changes and event.work.lower() in found:
            old = event.changes["id"][0]
            found.setdefault(old.lower(), found[event.work.lower()])
    return found


def extend_history(history: History, commits: Iterable[CommitFiles], head: str) -> History:
    """Return a history with what further commits did.

    Args:
        history: What is known.
        commits: What came next, oldest first.
        head: The last of them, whether it did something to work or not.
    """
    timeline = _Timeline(history)
    for files in commits:
        timeline.add(files)
    return msgspec.structs.replace(
        history,
        head=head,
        commits=tuple(timeline.commits),
        events=tuple(timeline.events),
        gaps=tuple(timeline.gaps),
        workflows=tuple(timeline.workflows),
        parties=tuple(timeline.parties),
        answers=tuple(timeline.answers),
    )


class _Timeline:
    """A history that grows."""

    def __init__(self, history: History) -> None:
        self.commits = list(history.commits)
        self.events = list(history.events)
        self.gaps = list(history.gaps)
        self.workflows = list(history.workflows)
        self.parties = list(history.parties)
        self.answers = list(history.answers)
        self._standings = compute_standings(history.events)
        self._ids = {standing.path: id_ for id_, standing in self._standings.items()}
        self._times = {event.work.lower(): event.time for event in history.events}
        self._workflows: Mapping[str, Workflow] = find_last_workflows(history)
        self._parties: Mapping[str, Party] = find_last_parties(history)

    def add(self, files: CommitFiles) -> None:
        """Let one commit happen."""
        known = self._count()
        self._add_definitions(files)
        self.answers.extend(Answer(len(self.commits), record) for record in files.answers)
        self._add_gaps(files.unreadable, GapReason.UNREADABLE)
        left = self._find_left(files)
        moment = _Moment(files.commit, self._effective_time(files))
        for work in files.written:
            owner = self._standings.get(work.id.lower())
            if owner is not None and owner.path != work.path and work.id.lower() not in left:
                self._add_gaps([work.path], GapReason.DUPLICATE)
                continue
            former = owner or self._find_former(work, left)
            left.pop(former.id.lower() if former else "", None)
            self._write(work, former, files.workflows, moment)
        for id_ in left:
            self._delete(self._standings[id_], moment)
        if self._count() > known:
            self.commits.append(files.commit)

    def _count(self) -> int:
        of_work = len(self.events) + len(self.gaps)
        return of_work + len(self.workflows) + len(self.parties) + len(self.answers)

    def _add_definitions(self, files: CommitFiles) -> None:
        at = len(self.commits)
        workflows = find_changed(self._workflows, files.workflows)
        self.workflows.extend(WorkflowVersion(at, *version) for version in workflows)
        parties = find_changed(self._parties, files.parties)
        self.parties.extend(PartyVersion(at, *version) for version in parties)
        self._workflows, self._parties = files.workflows, files.parties

    def _find_left(self, files: CommitFiles) -> dict[str, None]:
        """Return the ids of work that is no longer where it was."""
        now = {work.path: work.id.lower() for work in files.written}
        before = ((path, self._ids.get(path)) for path in (*files.removed, *now))
        return {id_: None for path, id_ in before if id_ and now.get(path) != id_}

    def _find_former(self, work: WrittenWork, left: Iterable[str]) -> Standing | None:
        """Return what work was whose id is new: it keeps the one that it had as an alias."""
        aliases = {alias.lower() for alias in work.fields.get("aliases", ())}
        return next((self._standings[id_] for id_ in left if id_ in aliases), None)

    def _effective_time(self, files: CommitFiles) -> int | None:
        """Return what the commit's trailer says, in seconds; it may only set an earlier time."""
        commit = files.commit
        if not commit.effective or not (files.written or files.removed):
            return None
        day = parse_date(commit.effective)
        if day is not None:
            midnight = datetime(day.year, day.month, day.day, tzinfo=files.zone)
            seconds = int(midnight.timestamp())
            if 0 <= seconds < commit.time:  # no commit says an earlier time than 1970 either
                return seconds
        self._add_gaps([""], GapReason.EFFECTIVE)
        return None

    def _add_gaps(self, paths: Iterable[str], reason: GapReason) -> None:
        self.gaps.extend(Gap(len(self.commits), path, reason) for path in paths)

    def _write(
        self,
        work: WrittenWork,
        former: Standing | None,
        workflows: Mapping[str, Workflow],
        moment: _Moment,
    ) -> None:
        values = {**work.fields, "path": work.path, "body": work.body}
        values.pop("id", None)  # which is known, whether it is written or not
        old = former.values if former else {"path": ""}
        changes = {
            name: (old.get(name), values.get(name))
            for name in (*values, *(name for name in old if name not in values))
            if old.get(name) != values.get(name)
        }
        if former is not None and former.id != work.id:
            changes["id"] = (former.id, work.id)
        if changes:
            category = _category_of(work.fields, workflows)
            self._record(work.id, former, changes, category, moment)

    def _delete(self, former: Standing, moment: _Moment) -> None:
        category = former.category if former.category in CLOSED else Category.DROPPED.value
        self._record(former.id, former, {"path": (former.path, "")}, category, moment)

    def _record(
        self,
        id_: str,
        former: Standing | None,
        changes: dict[str, tuple[Any, Any]],
        category: str,
        moment: _Moment,
    ) -> None:
        last = self._times.get((former.id if former else id_).lower(), 0)
        committed = moment.commit.time
        time = max(committed if moment.effective is None else moment.effective, last)
        event = Event(
            work=id_,
            commit=len(self.commits),
            time=time,
            changes=changes,
            category=category,
            backdated=time < committed,
            backwards=committed < last,
        )
        self.events.append(event)
        self._times[id_.lower()] = time
        if former is not None and self._ids.get(former.path) == former.id.lower():
            del self._ids[former.path]
        apply_event(self._standings, event)
        if not event.deleted:
            self._ids[self._standings[id_.lower()].path] = id_.lower()


def _category_of(fields: Values, workflows: Mapping[str, Workflow]) -> str:
    workflow = workflows.get(fields["workflow"].lower())
    state = workflow.state(fields["status"]) if workflow else None
    return state.category.value if state else ""
