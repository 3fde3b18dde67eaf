"""Which promises about time were kept: clocks of workflows, on working calendars.

``METRICS.md``, *Clocks*: computed with the definition that was in force when the clock started.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from plainwork.flow.clock_phases import find_clock_runs
from plainwork.flow.clock_standing import judge_runs
from plainwork.flow.clock_targets import TargetFinder
from plainwork.model.clock_run import ClockRun, RecordedRun, Standing
from plainwork.model.history import History
from plainwork.model.snapshot import Snapshot

__all__ = ["ClockRun", "Standing", "compute_clocks", "record_runs"]


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
