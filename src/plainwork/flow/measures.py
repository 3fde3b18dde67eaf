"""Every measure of flow, over the same items and days: ``METRICS.md``, *Definitions*."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, tzinfo
from fractions import Fraction

import msgspec

from plainwork.flow.conventions import Convention
from plainwork.flow.daily import FlowDay, FlowWeek, compute_days, compute_weeks
from plainwork.flow.data_quality import DoubtRow, compute_doubts
from plainwork.flow.items import DAY, ItemReader, StartedItem
from plainwork.flow.percentiles import Percentile, compute_percentiles, simplify
from plainwork.flow.period import WEEK, Period
from plainwork.flow.scope import Scope, choose_items
from plainwork.flow.service_levels import AgeingItem, Promises, ServiceLevelRow
from plainwork.flow.states import LostItem, StateTime, compute_state_times, compute_waste
from plainwork.flow.timelines import Timeline, compute_timelines
from plainwork.model.history import History
from plainwork.model.snapshot import Snapshot

MONTH = "month"
GROUPINGS = ("workflow", "team", "project", MONTH)
_HOUR = 3_600


class Efficiency(msgspec.Struct, frozen=True):
    """How much of the time in progress was work.

    Attributes:
        active_seconds: How long items were active and not blocked, from start to finish.
        open_seconds: How long they were active or waiting.
        items: How many items were open for any time at all.
    """

    active_seconds: int
    open_seconds: int
    items: int


class FlowNumbers(msgspec.Struct, frozen=True):
    """The numbers of some items.

    Attributes:
        name: What the items have in common, or ``""``.
        finished: How many were finished in the period.
        straight: How many of them went straight to done, which counts as one day.
        weekly: How many of them a week, on average over the days of the period.
        cycle_time: In days, of those that were finished.
        working_time: In hours of working time, of the same.
        in_progress: How many are in progress at the end of the period; of a month null.
        oldest: The age of the oldest of these in days, or null.
    """

    name: str
    finished: int
    straight: int
    weekly: float
    cycle_time: tuple[Percentile, ...]
    working_time: tuple[Percentile, ...]
    in_progress: int | None
    oldest: int | float | None
    efficiency: Efficiency


class Flow(msgspec.Struct, frozen=True):
    """How work flows.

    Attributes:
        since: The first day that counts; not before the history begins.
        until: The last one, at whose end work in progress is looked at.
        commit: The last commit that was read, and how many did something to work.
        shallow: Whether what happened earlier has been cut off.
        compat: The tool whose numbers these are, or ``plainwork``.
        changes: What that tool does differently.
        workflow: The workflow that items are of, or ``""`` for all; so are team and project.
        by: What `groups` have in common: of ``GROUPINGS``, or ``""``.
        finished: What was finished in the period, the latest first.
        in_progress: What is in progress, the oldest first.
    """

    workspace: str
    since: date
    until: date
    commit: str
    commits: int
    shallow: bool
    compat: str
    changes: tuple[str, ...]
    workflow: str
    team: str
    project: str
    numbers: FlowNumbers
    by: str
    groups: tuple[FlowNumbers, ...]
    weeks: tuple[FlowWeek, ...]
    service_levels: tuple[ServiceLevelRow, ...]
    in_progress: tuple[AgeingItem, ...]
    finished: tuple[StartedItem, ...]
    states: tuple[StateTime, ...]
    waste: tuple[LostItem, ...]
    days: tuple[FlowDay, ...]
    doubts: tuple[DoubtRow, ...]


def compute_flow(
    history: History,
    snapshot: Snapshot,
    zone: tzinfo,
    *,
    since: date,
    until: date,
    today: date,
    convention: Convention,
    scope: Scope = Scope(),  # noqa: B008 - it is frozen
    by: str = "",
) -> Flow:
    """Compute every measure of flow.

    Args:
        history: What happened.
        snapshot: The workspace: its workflows, teams and calendars.
        zone: Its time zone, in which days begin.
        since: The first day that counts.
        until: The last one; what happened later does not count.
        today: The day of the question; what commits say of later days has not happened yet.
        convention: How a tool counts: one of ``CONVENTIONS``, usually ``PLAINWORK``.
        scope: Which items count.
        by: What to group numbers by: of ``GROUPINGS``, or ``""``.
    """
    period = limit_period(Period(since, until, convention.zone or zone), history)
    every = compute_timelines(history, snapshot.workflows, period.end)
    return measure_flow(
        history, every, snapshot, period, today=today, convention=convention, scope=scope, by=by
    )


def measure_flow(
    history: History,
    every: Sequence[Timeline],
    snapshot: Snapshot,
    period: Period,
    *,
    today: date,
    convention: Convention,
    scope: Scope = Scope(),  # noqa: B008 - it is frozen
    by: str = "",
) -> Flow:
    """Compute the measures of lives that are known, for which see :func:`compute_flow`.

    Args:
        history: What happened.
        every: The lives of all work until the end of the period.
        snapshot: The workspace.
        period: The days that count, not before the history begins.
        today: The day of the question.
        convention: How a tool counts.
        scope: Which items count.
        by: What to group numbers by.
    """
    chosen = choose_items(every, snapshot, scope)
    reader = ItemReader(snapshot, history.commits, period, convention)
    finished, in_progress = reader.read_finished(chosen), reader.read_in_progress(chosen)
    promises = Promises(snapshot, period)
    return Flow(
        workspace=snapshot.settings.name,
        since=period.since,
        until=period.until,
        commit=history.head,
        commits=len({event.commit for event in history.events}),
        shallow=history.shallow,
        compat=convention.name,
        changes=convention.changes,
        workflow=scope.workflow,
        team=scope.team,
        project=scope.project,
        numbers=_compute_numbers("", finished, in_progress, period.length, convention),
        by=by,
        groups=_compute_groups(by, finished, in_progress, period, convention),
        weeks=compute_weeks(finished, period),
        service_levels=promises.compute_rows(finished),
        in_progress=promises.compute_ageing(in_progress, finished),
        finished=finished,
        states=compute_state_times(each for each in chosen if _ended_since(each, period.start)),
        waste=compute_waste(chosen, history.commits, period),
        days=compute_days(chosen, finished, period),
        doubts=compute_doubts(history, chosen, every, snapshot.workflows, period, today=today),
    )


def limit_period(period: Period, history: History) -> Period:
    """Return a period that does not begin before the history: nothing could be finished then."""
    first = min((event.time for event in history.events), default=None)
    begin = period.until if first is None else period.find_day(first)
    since = min(max(period.since, begin), period.until)
    return msgspec.structs.replace(period, since=since)


def _ended_since(timeline: Timeline, start: int) -> bool:
    return timeline.finished is not None and timeline.finished.time >= start


def _compute_numbers(
    name: str,
    finished: Sequence[StartedItem],
    in_progress: Sequence[StartedItem] | None,
    days: int,
    convention: Convention,
) -> FlowNumbers:
    open_items = [item for item in finished if item.open_seconds]
    return FlowNumbers(
        name=name,
        finished=len(finished),
        straight=sum(item.start_commit == item.finish_commit for item in finished),
        weekly=simplify(Fraction(len(finished) * WEEK, days)),
        cycle_time=_compute_cycle_times(finished, convention),
        working_time=compute_percentiles(
            [item.working_seconds for item in finished], _HOUR, convention.rank
        ),
        in_progress=None if in_progress is None else len(in_progress),
        oldest=max((item.days for item in in_progress or ()), default=None),
        efficiency=Efficiency(
            active_seconds=sum(item.active_seconds for item in open_items),
            open_seconds=sum(item.open_seconds for item in open_items),
            items=len(open_items),
        ),
    )


def _compute_cycle_times(
    finished: Sequence[StartedItem], convention: Convention
) -> tuple[Percentile, ...]:
    if convention.whole_days:
        days = [int(item.days) for item in finished]
        return compute_percentiles(days, rank=convention.rank)
    elapsed = [
        int((item.finished - item.started).total_seconds()) for item in finished if item.finished
    ]
    return compute_percentiles(elapsed, DAY, convention.rank)


def _compute_groups(
    by: str,
    finished: Sequence[StartedItem],
    in_progress: Sequence[StartedItem],
    period: Period,
    convention: Convention,
) -> tuple[FlowNumbers, ...]:
    """Return the numbers of each group by its name."""
    if not by:
        return ()
    ended = _group(finished, by)
    if by == MONTH:
        days = Counter(f"{day:%Y-%m}" for day in period.days())
        return tuple(
            _compute_numbers(month, ended.get(month, ()), None, count, convention)
            for month, count in days.items()
        )
    begun = _group(in_progress, by)
    return tuple(
        _compute_numbers(name, ended.get(name, ()), begun.get(name, ()), period.length, convention)
        for name in sorted({*ended, *begun})
    )


def _group(items: Iterable[StartedItem], by: str) -> dict[str, list[StartedItem]]:
    groups: dict[str, list[StartedItem]] = {}
    for item in items:
        name = f"{item.finished:%Y-%m}" if by == MONTH else getattr(item, by)
        groups.setdefault(name, []).append(item)
    return groups
