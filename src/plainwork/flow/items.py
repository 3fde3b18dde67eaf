"""The items that numbers of flow rest on: those that were finished and those in progress.

Each holds its id and the commits that began and ended it, so that every number can be followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from fractions import Fraction

import msgspec

from plainwork.analysis.team_calendar import find_calendar
from plainwork.flow.conventions import Convention, Order
from plainwork.flow.percentiles import simplify
from plainwork.flow.period import Period
from plainwork.flow.timelines import Span, Stay, Timeline
from plainwork.model.history import Commit
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import IN_PROGRESS, Category

DAY = 86_400


class StartedItem(msgspec.Struct, frozen=True):
    """An item in progress, or one that was finished.

    Attributes:
        title: Its last one; hostile text of whoever wrote it.
        team: The responsible one, or ``""``.
        state: Where it stands.
        finished: Null: it is still in progress.
        days: Its cycle time; while it is in progress its age.
        working_seconds: How much of that was working time, on the calendar of its team.
        active_seconds: How long it was active and not blocked since it was started.
        open_seconds: How long it was active or waiting since it was started.
        blocked: Whether its field ``blocked`` is set now.
        start_commit: What started it.
        finish_commit: What finished it, or ``""``.
    """

    work: str
    title: str
    workflow: str
    project: str
    team: str
    state: str
    started: datetime
    finished: datetime | None
    days: int | float
    working_seconds: int
    active_seconds: int
    open_seconds: int
    blocked: bool
    start_commit: str
    finish_commit: str


class ItemReader:
    """Reads items from timelines.

    Args:
        snapshot: The workspace: its teams and workflows.
        commits: Those of the history.
        period: Its end is the moment at which work in progress is looked at.
        convention: How days are counted, and what starts and finishes work.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        commits: tuple[Commit, ...],
        period: Period,
        convention: Convention,
    ) -> None:
        self._snapshot = snapshot
        self._commits = commits
        self._period = period
        self._convention = convention
        self._orders: dict[str, Order] = {}

    def read_finished(self, timelines: Iterable[Timeline]) -> tuple[StartedItem, ...]:
        """Return what was finished in the period, the latest first."""
        found = [
            item
            for timeline in timelines
            if timeline.finished is not None
            and (item := self._read(timeline, self._period.start)) is not None
            and item.finished is not None
        ]
        found.sort(key=lambda item: (item.finished, item.work), reverse=True)
        return tuple(found)

    def read_in_progress(self, timelines: Iterable[Timeline]) -> tuple[StartedItem, ...]:
        """Return what is in progress at the end of the period, the oldest first."""
        found = [
            item
            for timeline in timelines
            if timeline.stays[-1].category in IN_PROGRESS
            and (item := self._read(timeline)) is not None
        ]
        found.sort(key=lambda item: (item.started, item.work))
        return tuple(found)

    def _read(self, timeline: Timeline, since: int = 0) -> StartedItem | None:
        """Return an item, unless it was not started, or finished before a moment in seconds."""
        started, finished = self._convention.bound(timeline, self._find_order(timeline))
        # What a convention takes for the end may lie earlier than by definition.
        if started is None or (finished is not None and finished.time < since):
            return None
        end = finished.time if finished else self._period.end
        active, in_progress = measure_activity(timeline, started.time, end)
        begun = self._period.find_moment(started.time)
        ended = self._period.find_moment(end)
        team = find_team(timeline, self._snapshot)
        worked = find_calendar(self._snapshot, team).working_time(begun, ended)
        return StartedItem(
            work=timeline.work,
            title=timeline.title,
            workflow=timeline.workflow,
            project=timeline.project,
            team=team,
            state=timeline.stays[-1].state,
            started=begun,
            finished=ended if finished else None,
            days=self._count_days(begun, ended, past=finished is not None),
            working_seconds=int(worked.total_seconds()),
            active_seconds=active,
            open_seconds=in_progress,
            blocked=bool(timeline.blocked) and timeline.blocked[-1].end is None,
            start_commit=self._commits[started.commit].id,
            finish_commit=self._commits[finished.commit].id if finished else "",
        )

    def _count_days(self, begun: datetime, ended: datetime, *, past: bool) -> int | float:
        if past and not self._convention.whole_days:
            return simplify(Fraction(int(ended.timestamp()) - int(begun.timestamp()), DAY))
        days = ((ended.date() if past else self._period.until) - begun.date()).days
        return days + 1 if self._convention.whole_days else days

    def _find_order(self, timeline: Timeline) -> Order:
        key = timeline.workflow.lower()
        if key not in self._orders:
            workflow = self._snapshot.workflows.get(key)
            states = workflow.states if workflow else ()
            self._orders[key] = {
                state.name: position
                for position, state in enumerate(states)
                if state.category is not Category.DROPPED
            }
        return self._orders[key]


def find_team(timeline: Timeline, snapshot: Snapshot) -> str:
    """Return the team that is responsible for work: now, or as far as it can be told of the past.

    That of its state, else its own, else that of its workflow.
    """
    work = snapshot.works.by_id.get(timeline.work.lower())
    if work is not None and timeline.deleted is None:
        return work.team
    workflow = snapshot.workflows.get(timeline.workflow.lower())
    return timeline.team or (workflow.team if workflow else "")


def measure_activity(timeline: Timeline, start: int, end: int) -> tuple[int, int]:
    """Return for how many seconds work was active and not blocked, and active or waiting.

    Args:
        timeline: The work.
        start: Where to begin, in seconds.
        end: Where to end.
    """
    active: list[tuple[int, int]] = []
    spent = 0
    for stay in timeline.stays:
        if stay.category in IN_PROGRESS:
            for span in _cut((stay,), start, end):
                spent += span[1] - span[0]
                if stay.category == Category.ACTIVE:
                    active.append(span)
    worked = sum(after - before for before, after in active)
    if timeline.blocked:
        worked -= _overlap(active, list(_cut(timeline.blocked, start, end)))
    return worked, spent


def _cut(spans: Iterable[Stay | Span], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield spans as far as they lie between two moments."""
    for span in spans:
        first = max(span.start, start)
        last = end if span.end is None else min(span.end, end)
        if first < last:
            yield first, last


def _overlap(these: list[tuple[int, int]], those: list[tuple[int, int]]) -> int:
    """Return for how long two lists of spans, each in order, are both true."""
    shared = here = there = 0
    while here < len(these) and there < len(those):
        first = max(these[here][0], those[there][0])
        last = min(these[here][1], those[there][1])
        shared += max(last - first, 0)
        if these[here][1] < those[there][1]:
            here += 1
        else:
            there += 1
    return shared
