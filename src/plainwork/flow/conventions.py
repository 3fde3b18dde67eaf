"""What other tools compute differently, so that who moves can find their old numbers again.

``plainwork`` itself follows ``METRICS.md``. The others do as their code or documentation says:

- ``jira-agile-metrics`` (``calculators/cycletime.py``, ``percentiles.py``, ``ageingwip.py``): a
  column keeps the day of its first entry until work moves back before it, which wipes it. Cycle
  time is what elapsed between the first column in progress and the first of done, to the second
  and without a day more; work that was never in progress has none. Percentiles are interpolated.
- ``actionable-agile`` (*How does ActionableAgile handle work that moves backwards*, *Cycle time
  scatterplot*): the same columns, (end day - start day) + 1, nearest rank.
- ``lighthouse`` (``IssueFactory.cs``, ``WorkItemBase.cs``, ``PercentileCalculator.cs``): from the
  last entry into progress that does not come back from done, to the last entry into done;
  (end day - start day) + 1, days in UTC, and the ⌊p·n⌋-th smallest as percentile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo

import msgspec

from plainwork.flow.percentiles import Rank, interpolate, take_nearest_rank, take_rank_below
from plainwork.flow.timelines import Moment, Stay, Timeline
from plainwork.model.workflow import IN_PROGRESS, Category

Order = Mapping[str, int]
"""The states of a workflow that stand for columns, and the position of each."""

Bounds = tuple[Moment | None, Moment | None]
"""When work started and finished, or None."""


class Convention(msgspec.Struct, frozen=True):
    """How a tool counts.

    Attributes:
        bound: Finds start and finish in a timeline.
        whole_days: Whether days are counted, the first and the last too; else time elapses.
        rank: How percentiles are taken.
        zone: Where its days begin; None: in the workspace's zone.
        changes: What it does differently from plainwork, for people.
    """

    name: str
    bound: Callable[[Timeline, Order], Bounds]
    whole_days: bool = True
    rank: Rank = take_nearest_rank
    zone: tzinfo | None = None
    changes: tuple[str, ...] = ()


def _bound_as_defined(timeline: Timeline, order: Order) -> Bounds:
    del order
    return timeline.started, timeline.finished


def _bound_by_columns(timeline: Timeline, order: Order) -> Bounds:
    """Return the bounds where going back wipes what lies ahead of it."""
    columns: dict[int, Stay] = {}
    for stay in timeline.stays:
        position = order.get(stay.state)
        if position is not None:
            columns.setdefault(position, stay)
            columns = {at: kept for at, kept in columns.items() if at <= position}
    ordered = [columns[at] for at in sorted(columns)]
    started = _first(ordered, IN_PROGRESS)
    if timeline.finished is None:
        return started, None
    # A board may have a column of done before one in progress: nothing ends before it starts.
    ends = [stay for stay in ordered if started is None or stay.start >= started.time]
    return started, _first(ends, frozenset({Category.DONE}))


def _bound_by_columns_or_skip(timeline: Timeline, order: Order) -> Bounds:
    started, finished = _bound_by_columns(timeline, order)
    return started or finished, finished


def _bound_by_last_entry(timeline: Timeline, order: Order) -> Bounds:
    """Return the last entry into progress from neither progress nor done, and into done."""
    del order
    started, before = None, ""
    for stay in timeline.stays:
        if stay.category in IN_PROGRESS and before not in {*IN_PROGRESS, Category.DONE}:
            started = Moment(stay.start, stay.commit)
        before = stay.category
    return started or timeline.finished, timeline.finished


def _first(columns: list[Stay], categories: frozenset[Category]) -> Moment | None:
    found = (stay for stay in columns if stay.category in categories)
    return next((Moment(stay.start, stay.commit) for stay in found), None)


PLAINWORK = Convention("plainwork", _bound_as_defined)

CONVENTIONS: dict[str, Convention] = {
    convention.name: convention
    for convention in (
        PLAINWORK,
        Convention(
            "jira-agile-metrics",
            _bound_by_columns,
            whole_days=False,
            rank=interpolate,
            changes=(
                "time elapses, without the day more",
                "going back wipes the start, if it lies behind",
                "what was never in progress has no cycle time",
                "percentiles are interpolated",
            ),
        ),
        Convention(
            "actionable-agile",
            _bound_by_columns_or_skip,
            changes=("going back wipes the start, if it lies behind",),
        ),
        Convention(
            "lighthouse",
            _bound_by_last_entry,
            rank=take_rank_below,
            zone=UTC,
            changes=(
                "work starts when it last came into progress, reopening aside",
                "days are those of UTC",
                "percentiles take the rank below",
            ),
        ),
    )
}
"""By the name of the tool."""
