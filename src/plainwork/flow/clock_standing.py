"""How runs of clocks stand: running, paused, met or missed, and when they are due.

``FORMAT.md``, *targets* and *Time*. A run counts on the calendar of the team that was responsible
when the clock started, with the hours and holidays that the calendar has now: those of a coming
year are written down while clocks are running.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from functools import lru_cache
from itertools import pairwise

from plainwork.analysis.team_calendar import find_calendar
from plainwork.analysis.working_calendar import WorkingCalendar, add_seconds
from plainwork.model.clock_run import ClockRun, RecordedRun, Standing
from plainwork.model.quantity import Duration
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import CLOSED
from plainwork.parsing.quantities import parse_duration

_DAY = 86_400
_HOUR = 3_600

_END_OF_TIME = 253_402_128_000
"""A day before the year 10000, in seconds: a moment that can be told in every time zone."""

# Thousands of runs have few targets.
_parse = lru_cache(maxsize=256)(parse_duration)
_print = lru_cache(maxsize=256)(str)


def may_promise(snapshot: Snapshot) -> bool:
    """Return whether any open work follows a workflow with clocks.

    Where none does, history need not be read: what a clock that is gone promised of work that is
    still there has been taken back with it.
    """
    promising = {id_ for id_, workflow in snapshot.workflows.items() if workflow.clocks}
    columns = snapshot.works.columns
    if not promising:
        return False
    places = set(zip(columns["workflow"], columns["category"], strict=True))
    return any(
        workflow.lower() in promising and category not in CLOSED for workflow, category in places
    )


def select_runs(runs: Iterable[RecordedRun], works: Iterable[Work]) -> Iterator[RecordedRun]:
    """Yield the runs of some works."""
    wanted = {work.id.lower() for work in works}
    return (run for run in runs if run.work.lower() in wanted)


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
        until = max(min(int(now.timestamp()), _END_OF_TIME), run.phases[-1].time)
        self._end = until if run.ended is None else run.ended
        self._pauses: list[tuple[int, int]] = []

    def judge(self) -> ClockRun | None:
        """Return how it stands; None if it promises nothing."""
        times = [phase.time for phase in self._run.phases]
        for phase, (begin, end) in zip(
            self._run.phases, pairwise((*times, self._end)), strict=True
        ):
            target = _parse(phase.within)
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
            if target.business:
                due = self._calendar.add_working_time(due, lost)
            else:
                due = add_seconds(due, lost)
        return min(int(due.timestamp()), _END_OF_TIME)

    def _passed(self, target: Duration, begin: int, end: int) -> int:
        """Return the seconds between two moments that count for a target."""
        if not target.business:
            return max(0, end - begin)
        passed = self._calendar.working_time(self._moment(begin), self._moment(end))
        return int(passed.total_seconds())

    def _make(self, standing: Standing, target: Duration, due: int) -> ClockRun:
        run = self._run
        open_ = standing in (Standing.RUNNING, Standing.PAUSED)
        commits = dict.fromkeys([phase.commit for phase in run.phases])
        if run.end_commit:
            commits[run.end_commit] = None
        return ClockRun(
            work=run.work,
            workflow=run.workflow,
            clock=run.clock,
            team=run.team,
            standing=standing,
            within=_print(target),
            started=self._moment(run.phases[0].time),
            due=self._moment(due),
            ended=None if run.ended is None else self._moment(run.ended),
            left=self._passed(target, self._end, due) if open_ else 0,
            day=int(self._calendar.day_hours * _HOUR) if target.business else _DAY,
            business=target.business,
            creates=run.creates,
            commits=tuple(commits),
        )

    def _moment(self, seconds: int) -> datetime:
        return datetime.fromtimestamp(seconds, self._zone)
