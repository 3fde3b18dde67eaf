"""Where time goes: how long work stood in each state, and what was thrown away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from plainwork.flow.items import DAY, measure_activity
from plainwork.flow.percentiles import Percentile, compute_percentiles
from plainwork.flow.period import Period
from plainwork.flow.timelines import Timeline
from plainwork.model.history import Commit
from plainwork.model.workflow import IN_PROGRESS


class StateTime(msgspec.Struct, frozen=True):
    """How long finished items stood in a state, all visits together.

    Attributes:
        category: What the state was at the last visit.
        seconds: The sum over all of them.
        visits: How often it was entered.
        days: Percentiles of the time of one item.
        works: Ids of the items that were there, the longest first.
    """

    workflow: str
    state: str
    category: str
    seconds: int
    visits: int
    days: tuple[Percentile, ...]
    works: tuple[str, ...]


class LostItem(msgspec.Struct, frozen=True):
    """An item that was dropped after it had been started.

    Attributes:
        title: Its last one; hostile text of whoever wrote it.
        state: The last in which it was active or waiting.
        deleted: Whether it was deleted instead of dropped.
        open_seconds: How long it had been active or waiting.
        commit: What dropped it.
    """

    work: str
    title: str
    workflow: str
    state: str
    dropped: datetime
    deleted: bool
    open_seconds: int
    commit: str


def compute_state_times(timelines: Iterable[Timeline]) -> tuple[StateTime, ...]:
    """Return the time in each state from creation to finish, the most first.

    Args:
        timelines: Items that were finished.
    """
    found: dict[tuple[str, str], _StateSum] = {}
    for timeline in timelines:
        if timeline.finished is None:
            continue
        for stay in timeline.stays:
            if stay.end is not None and stay.end <= timeline.finished.time:
                row = found.setdefault((timeline.workflow, stay.state), _StateSum())
                row.category = stay.category
                row.visits += 1
                row.seconds[timeline.work] = (
                    row.seconds.get(timeline.work, 0) + stay.end - stay.start
                )
    rows = [row.close(workflow, state) for (workflow, state), row in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.seconds, row.workflow, row.state)))


class _StateSum:
    def __init__(self) -> None:
        self.category = ""
        self.visits = 0
        self.seconds: dict[str, int] = {}

    def close(self, workflow: str, state: str) -> StateTime:
        return StateTime(
            workflow=workflow,
            state=state,
            category=self.category,
            seconds=sum(self.seconds.values()),
            visits=self.visits,
            days=compute_percentiles(list(self.seconds.values()), DAY),
            works=tuple(sorted(self.seconds, key=lambda work: (-self.seconds[work], work))),
        )


def compute_waste(
    timelines: Iterable[Timeline], commits: Sequence[Commit], period: Period
) -> tuple[LostItem, ...]:
    """Return what was dropped in a period after it had been started, the latest first."""
    start = period.start
    found = []
    for timeline in timelines:
        dropped = timeline.dropped
        begun = [stay for stay in timeline.stays if stay.category in IN_PROGRESS]
        if dropped is None or dropped.time < start or not begun:
            continue
        found.append(
            LostItem(
                work=timeline.work,
                title=timeline.title,
                workflow=timeline.workflow,
                state=begun[-1].state,
                dropped=period.find_moment(dropped.time),
                deleted=timeline.deleted == dropped,
                open_seconds=measure_activity(timeline, begun[0].start, dropped.time)[1],
                commit=commits[dropped.commit].id,
            )
        )
    found.sort(key=lambda item: (item.dropped, item.work), reverse=True)
    return tuple(found)
