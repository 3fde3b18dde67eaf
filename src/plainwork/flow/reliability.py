"""Whether promises are kept: of routines, of clocks, and of forecasts (``METRICS.md``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby

import msgspec

from plainwork.analysis.membership import teams_below
from plainwork.flow.clocks import ClockRun, Standing, compute_clocks
from plainwork.flow.duties import Duty, DutyOutcome, find_duties
from plainwork.flow.evidence import Evidence
from plainwork.flow.forecast import Calibration
from plainwork.flow.kept_forecasts import HORIZON, PastForecast, calibrate, find_past_forecasts
from plainwork.flow.missed_occurrences import find_not_made
from plainwork.flow.outlook import SAMPLE_DAYS
from plainwork.flow.scope import Scope, choose_items
from plainwork.flow.throughput import count_finished
from plainwork.flow.timelines import Timeline
from plainwork.model.snapshot import Snapshot


class RoutineReliability(msgspec.Struct, frozen=True):
    """How reliably a routine's work is done.

    Attributes:
        title: Of the routine; hostile text.
        due: How many occurrences had come to their date.
        in_time: How many were done by it.
        postponed: Of how many the date was changed.
        duties: All of them, the latest first.
    """

    routine: str
    title: str
    due: int
    in_time: int
    postponed: int
    duties: tuple[Duty, ...]


class ClockMonth(msgspec.Struct, frozen=True):
    """How many promises of a clock were decided in a month (``2026-05``), and kept."""

    month: str
    all: int
    met: int


class ClockReliability(msgspec.Struct, frozen=True):
    """How reliably a clock is met.

    Attributes:
        all: How many runs are decided: met, or missed.
        open: How many go on and may still be met.
        months: By the month in which they were decided, the latest first.
        runs: Those that are decided, the latest first.
    """

    workflow: str
    clock: str
    all: int
    met: int
    open: int
    months: tuple[ClockMonth, ...]
    runs: tuple[ClockRun, ...]


class ForecastReliability(msgspec.Struct, frozen=True):
    """How often the forecasts of past weeks were right.

    Attributes:
        horizon: How many days ahead each looked.
        sample: On how many days each rested.
        confidences: How often at least so many items were finished as was said.
        forecasts: Every one of them, the latest first.
    """

    horizon: int
    sample: int
    confidences: tuple[Calibration, ...]
    forecasts: tuple[PastForecast, ...]


class Reliability(msgspec.Struct, frozen=True):
    """Whether promises are kept.

    Attributes:
        since: The first day that counts, or null for all of the past.
        until: The last day that counts.
        scope: Which work counts.
        routines: Those that are least reliable first.
        not_told: How many things keep it from being known what was never made.
        clocks: Likewise.
        forecasts: Null: there is too little history.
    """

    since: date | None
    until: date
    scope: Scope
    routines: tuple[RoutineReliability, ...]
    not_told: int
    clocks: tuple[ClockReliability, ...]
    forecasts: ForecastReliability | None


def compute_reliability(
    evidence: Evidence,
    *,
    since: date | None = None,
    until: date | None = None,
    scope: Scope | None = None,
) -> Reliability:
    """Return whether promises were kept that fell due in some days.

    Args:
        evidence: What happened.
        since: The first day; None: all of the past.
        until: The last day; None: that of the question.
        scope: Which work counts.
    """
    scope = scope or Scope()
    history, snapshot, zone = evidence.history, evidence.snapshot, evidence.zone
    timelines, today = evidence.timelines, evidence.today
    last = min(until or today, today)
    items = choose_items(timelines, snapshot, scope)

    def counts(day: date) -> bool:
        return (since is None or day >= since) and day <= last

    not_made, not_told = find_not_made(history, timelines, snapshot, scope, zone=zone, today=today)
    duties = [*find_duties(history, timelines, items, zone, today), *not_made]
    chosen = _Chosen(snapshot, timelines, scope)
    runs = filter(chosen.has, compute_clocks(history, snapshot, zone, evidence.now))
    return Reliability(
        since=since,
        until=last,
        scope=scope,
        routines=_describe_routines(
            [duty for duty in duties if counts(duty.due)],
            {each.work.lower(): each.title for each in timelines},
        ),
        not_told=not_told,
        clocks=tuple(_describe_clocks(runs, counts)),
        forecasts=_look_back(
            timelines, items, zone, since, min(last, today - min(timedelta(1), today - date.min))
        ),
    )


class _Chosen:
    """Says which runs of clocks a scope has: by the workflow and team that they began with."""

    def __init__(self, snapshot: Snapshot, timelines: Iterable[Timeline], scope: Scope) -> None:
        self._scope = scope
        below = teams_below(scope.team, snapshot)
        self._teams = {scope.team.lower(), *(each.id.lower() for each in below)}
        self._projects = {each.work.lower(): each.project.lower() for each in timelines}

    def has(self, run: ClockRun) -> bool:
        scope = self._scope
        project = self._projects.get(run.work.lower(), "")
        return (
            (not scope.workflow or run.workflow == scope.workflow.lower())
            and (not scope.project or project == scope.project.lower())
            and (not scope.team or run.team.lower() in self._teams)
        )


def _describe_routines(
    duties: Sequence[Duty], titles: dict[str, str]
) -> tuple[RoutineReliability, ...]:
    ordered = sorted(duties, key=lambda duty: (duty.due, duty.work), reverse=True)
    by_routine: dict[str, list[Duty]] = {}
    for duty in ordered:
        by_routine.setdefault(duty.routine, []).append(duty)
    rows = [
        RoutineReliability(
            routine=routine,
            title=titles.get(routine.lower(), ""),
            due=len(own),
            in_time=sum(each.outcome is DutyOutcome.IN_TIME for each in own),
            postponed=sum(each.postponed for each in own),
            duties=tuple(own),
        )
        for routine, own in by_routine.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.in_time / row.due, -row.due, row.routine)))


def _describe_clocks(
    runs: Iterable[ClockRun], counts: Callable[[date], bool]
) -> Iterator[ClockReliability]:
    def clock(run: ClockRun) -> tuple[str, str]:
        return run.workflow, run.clock

    rows = []
    for (workflow, name), group in groupby(sorted(runs, key=clock), clock):
        own = list(group)
        decided = [run for run in own if run.standing in _DECIDED and counts(_decide(run).date())]
        decided.sort(key=lambda run: (_decide(run), run.work), reverse=True)
        open_ = sum(run.standing not in _DECIDED for run in own)
        if decided or open_:
            met = sum(run.standing is Standing.MET for run in decided)
            months = tuple(_count_months(decided))
            rows.append(
                ClockReliability(workflow, name, len(decided), met, open_, months, tuple(decided))
            )
    rows.sort(key=lambda row: (row.met / row.all if row.all else 1, row.workflow, row.clock))
    yield from rows


_DECIDED = (Standing.MET, Standing.MISSED)


def _decide(run: ClockRun) -> datetime:
    """Return when it was known whether a run is met: when it ended in time, or was due."""
    return run.ended if run.standing is Standing.MET and run.ended else run.due


def _count_months(decided: Iterable[ClockRun]) -> Iterator[ClockMonth]:
    for month, group in groupby(decided, lambda run: f"{_decide(run):%Y-%m}"):
        own = list(group)
        yield ClockMonth(month, len(own), sum(run.standing is Standing.MET for run in own))


def _look_back(
    timelines: Sequence[Timeline],
    items: Iterable[Timeline],
    zone: tzinfo,
    since: date | None,
    last: date,
) -> ForecastReliability | None:
    if not timelines:
        return None
    begin = datetime.fromtimestamp(min(each.created.time for each in timelines), zone).date()
    if last < begin:
        return None
    throughput = count_finished(items, begin, last, zone)
    forecasts = tuple(find_past_forecasts(throughput, last, SAMPLE_DAYS, since))
    if not forecasts:
        return None
    return ForecastReliability(HORIZON, SAMPLE_DAYS, calibrate(forecasts), forecasts[::-1])
