"""Which promises about time were kept: clocks of workflows, on working calendars.

``FORMAT.md``, *targets* and *Time*; ``METRICS.md``, *Clocks*. A run is judged by the workflow as
it was when the clock started. It counts on the calendar of the team that was responsible then,
with the hours and holidays that the calendar has now: those of a coming year are written down
while clocks are running.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from enum import StrEnum
from itertools import pairwise

import msgspec

from plainwork.analysis.team_calendar import find_calendar
from plainwork.analysis.working_calendar import WorkingCalendar, add_seconds
from plainwork.flow.clock_phases import RecordedRun, find_clock_runs
from plainwork.flow.clock_targets import TargetFinder
from plainwork.model.history import History
from plainwork.model.quantity import Duration
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_duration

_DAY = 86_400
_HOUR = 3_600


class Standing(StrEnum):
    """How a run of a clock stands."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"


class ClockRun(msgspec.Struct, frozen=True):
    """One way of a work past a clock, and whether its target was met.

    Attributes:
        work: Its id as it is now; it may have been deleted since.
        workflow: The one that it had, by id in lower case.
        team: The team that was responsible when the clock started, or ``""``.
        within: The target that counts, such as ``4bh``.
        due: When the target is missed; of a paused clock, if it went on now.
        ended: When it stopped, or the work went away after the target had been missed; None: it
            goes on, though the target may be missed.
        left: Seconds until it is due; 0 if the run is met or missed.
        day: How many such seconds a day has.
        business: Whether only seconds of working time count.
        creates: The keys of what a missed target makes.
        commits: Full hashes: of what began it, made it pause or go on, and ended it.
    """

    work: str
    workflow: str
    clock: str
    team: str
    standing: Standing
    within: str
    started: datetime
    due: datetime
    ended: datetime | None
    left: int
    day: int
    business: bool
    creates: tuple[str, ...]
    commits: tuple[str, ...]


def record_runs(history: History, zone: tzinfo, currency: str) -> tuple[RecordedRun, ...]:
    """Return every run of every clock as history tells it, in the order in which they began.

    Args:
        history: What happened.
        zone: The workspace's time zone, in which days begin.
        currency: The workspace's, for conditions of targets.
    """
    return find_clock_runs(history, TargetFinder(zone, currency))


def compute_clocks(
    history: History, snapshot: Snapshot, zone: tzinfo, now: datetime
) -> tuple[ClockRun, ...]:
    """Return every run that promised something, in the order in which they began.

    Args:
        history: What happened.
        snapshot: The workspace as it is: its teams and calendars count.
        zone: Its time zone, on whose wall clock calendars are read.
        now: The moment of the question.
    """
    runs = record_runs(history, zone, snapshot.settings.currency)
    return tuple(judge_runs(runs, snapshot, zone, now))


def judge_runs(
    runs: Iterable[RecordedRun], snapshot: Snapshot, zone: tzinfo, now: datetime
) -> Iterator[ClockRun]:
    """Yield recorded runs as they stand; those that promise nothing are left out.

    That is a run without a target, and one that was withdrawn before its target was missed.
    """
    for run in runs:
        calendar = find_calendar(snapshot, run.team)
        judged = _Judge(run, calendar, zone, now).judge()
        if judged is not None:
            yield judged


class _Judge:
    """Judges one run; moments are seconds."""

    def __init__(
        self, run: RecordedRun, calendar: WorkingCalendar, zone: tzinfo, now: datetime
    ) -> None:
        self._run = run
        self._calendar = calendar
        self._zone = zone
        # Whoever committed last may have a clock that goes ahead of this one.
        until = max(int(now.timestamp()), run.phases[-1].time)
        self._end = until if run.ended is None else run.ended
        self._pauses: list[tuple[int, int]] = []

    def judge(self) -> ClockRun | None:
        """Return how it stands; None if it promises nothing."""
        times = [phase.time for phase in self._run.phases]
        for phase, (begin, end) in zip(
            self._run.phases, pairwise((*times, self._end)), strict=True
        ):
            target = parse_duration(phase.within)
            if target is not None:
                due = self._due(target)
                # What was missed before a pause began stays missed.
                if due < (begin if phase.paused else end):
                    return self._make(Standing.MISSED, target, due)
            if phase.paused:
                self._pauses.append((begin, end))
        if target is None or self._run.withdrawn:
            return None
        standing = Standing.MET
        if self._run.ended is None:
            standing = Standing.PAUSED if phase.paused else Standing.RUNNING
        return self._make(standing, target, self._due(target))

    def _due(self, target: Duration) -> int:
        """Return when a target is missed; pauses before that put it off by what they took."""
        due = self._calendar.add(self._moment(self._run.phases[0].time), target)
        for begin, end in self._pauses:
            lost = self._passed(target, begin, end) if begin <= due.timestamp() else 0
            if lost and target.business:
                due = self._calendar.add_working_time(due, lost)
            elif lost:
                due = add_seconds(due, lost)
        return int(due.timestamp())

    def _passed(self, target: Duration, begin: int, end: int) -> int:
        """Return the seconds between two moments that count for a target."""
        if not target.business:
            return max(0, end - begin)
        passed = self._calendar.working_time(self._moment(begin), self._moment(end))
        return int(passed.total_seconds())

    def _make(self, standing: Standing, target: Duration, due: int) -> ClockRun:
        run = self._run
        open_ = standing in (Standing.RUNNING, Standing.PAUSED)
        commits = (*(phase.commit for phase in run.phases), run.end_commit)
        return ClockRun(
            work=run.work,
            workflow=run.workflow,
            clock=run.clock,
            team=run.team,
            standing=standing,
            within=str(target),
            started=self._moment(run.phases[0].time),
            due=self._moment(due),
            ended=None if run.ended is None else self._moment(run.ended),
            left=self._passed(target, self._end, due) if open_ else 0,
            day=int(self._calendar.day_hours * _HOUR) if target.business else _DAY,
            business=target.business,
            creates=run.creates,
            commits=tuple(filter(None, dict.fromkeys(commits))),
        )

    def _moment(self, seconds: int) -> datetime:
        return datetime.fromtimestamp(seconds, self._zone)
