"""Whether workflows keep what they promise: so many percent finished within so long."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from plainwork.analysis.team_calendar import find_calendar
from plainwork.flow.items import StartedItem
from plainwork.flow.period import Period
from plainwork.model.quantity import Duration
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_duration

_HOUR = 3_600
_SECONDS = {"m": 60, "h": _HOUR}
_DAYS = {"d": 1, "w": 7}


class Share(msgspec.Struct, frozen=True):
    """So many of so many cases."""

    count: int
    of: int


class MonthShare(msgspec.Struct, frozen=True):
    """What was kept of what was finished in a month, such as ``2026-05``."""

    month: str
    count: int
    of: int


class AgeingItem(msgspec.Struct, frozen=True):
    """An item in progress.

    Attributes:
        late: Whether it is older than its workflow promises.
        odds: Of the finished items of its workflow that took longer than it is old, how many
            kept the promise; null: there is no promise, or none took so long.
    """

    item: StartedItem
    late: bool
    odds: Share | None


class ServiceLevelRow(msgspec.Struct, frozen=True):
    """How a workflow keeps its promise.

    Attributes:
        percent: How much of the work is promised to be finished ``within``.
        kept: How much of what was finished was, and of how many.
        months: The same by the month of the finish, the oldest first; without months of nothing.
        missed: Ids of the items that took longer, the latest first.
    """

    workflow: str
    percent: float
    within: str
    kept: Share
    months: tuple[MonthShare, ...]
    missed: tuple[str, ...]


Measured = Callable[[StartedItem], Decimal]
"""How long an item took, or has taken, in the unit of a promise."""


class _Promise(msgspec.Struct, frozen=True):
    percent: float
    within: Duration
    measure: Measured

    def keeps(self, item: StartedItem) -> bool:
        return self.measure(item) <= self.within.amount


class Promises:
    """What the workflows of a workspace promise."""

    def __init__(self, snapshot: Snapshot, period: Period) -> None:
        self._snapshot = snapshot
        self._period = period
        self._found: dict[str, _Promise | None] = {}

    def compute_rows(self, finished: Sequence[StartedItem]) -> tuple[ServiceLevelRow, ...]:
        """Return how each promise was kept, by the id of the workflow."""
        rows = []
        for workflow, items in _by_workflow(finished):
            promise = self._find(workflow)
            if promise is not None:
                kept = [item for item in items if promise.keeps(item)]
                missed = tuple(item.work for item in items if not promise.keeps(item))
                rows.append(
                    ServiceLevelRow(
                        workflow=workflow,
                        percent=promise.percent,
                        within=str(promise.within),
                        kept=Share(len(kept), len(items)),
                        months=_count_months(items, kept),
                        missed=missed,
                    )
                )
        return tuple(rows)

    def compute_ageing(
        self, in_progress: Sequence[StartedItem], finished: Sequence[StartedItem]
    ) -> tuple[AgeingItem, ...]:
        """Return what is in progress with its odds, in the same order."""
        known = {workflow: self._measure_all(items) for workflow, items in _by_workflow(finished)}
        return tuple(self._age(item, known.get(item.workflow, ())) for item in in_progress)

    def _measure_all(self, items: Sequence[StartedItem]) -> Sequence[Decimal]:
        promise = self._find(items[0].workflow)
        return sorted(map(promise.measure, items)) if promise else ()

    def _age(self, item: StartedItem, known: Sequence[Decimal]) -> AgeingItem:
        promise = self._find(item.workflow)
        if promise is None:
            return AgeingItem(item, late=False, odds=None)
        age = promise.measure(item)
        longer = bisect_right(known, age)
        within = max(bisect_right(known, promise.within.amount) - longer, 0)
        odds = Share(within, len(known) - longer) if longer < len(known) else None
        return AgeingItem(item, late=age > promise.within.amount, odds=odds)

    def _find(self, workflow: str) -> _Promise | None:
        if workflow not in self._found:
            self._found[workflow] = self._read(workflow)
        return self._found[workflow]

    def _read(self, id_: str) -> _Promise | None:
        workflow = self._snapshot.workflows.get(id_.lower())
        level = workflow.service_level if workflow else None
        within = parse_duration(level.within) if level else None
        if level is None or within is None:
            return None
        return _Promise(level.percent, within, self._choose_measure(within))

    def _choose_measure(self, within: Duration) -> Measured:
        if within.unit in _DAYS:
            if within.business:
                return self._count_working_days
            return lambda item: Decimal(str(item.days)) / _DAYS[within.unit]
        seconds = _SECONDS[within.unit]
        if within.business:
            return lambda item: Decimal(item.working_seconds) / seconds
        return lambda item: Decimal(self._elapsed(item)) / seconds

    def _elapsed(self, item: StartedItem) -> int:
        end = int(item.finished.timestamp()) if item.finished else self._period.end
        return end - int(item.started.timestamp())

    def _count_working_days(self, item: StartedItem) -> Decimal:
        """Return the working days from start to end, the first and the last too, at least one."""
        calendar = find_calendar(self._snapshot, item.team)
        last = item.finished.date() if item.finished else self._period.until
        return Decimal(max(calendar.count_working_days(item.started.date(), last), 1))


def _by_workflow(items: Iterable[StartedItem]) -> Iterator[tuple[str, list[StartedItem]]]:
    groups: dict[str, list[StartedItem]] = {}
    for item in items:
        groups.setdefault(item.workflow, []).append(item)
    yield from sorted(groups.items())


def _count_months(
    items: Sequence[StartedItem], kept: Sequence[StartedItem]
) -> tuple[MonthShare, ...]:
    of, count = Counter(map(_month_of, items)), Counter(map(_month_of, kept))
    return tuple(MonthShare(month, count[month], of[month]) for month in sorted(of))


def _month_of(item: StartedItem) -> str:
    return f"{item.finished:%Y-%m}"
