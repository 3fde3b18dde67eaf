"""How long something took to happen: the sums that tell of many waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

import msgspec

from plainwork.analysis.team_calendar import find_calendar
from plainwork.flow.percentiles import take_nearest_rank
from plainwork.model.snapshot import Snapshot


class Length(msgspec.Struct, frozen=True):
    """How long one wait was, in seconds: by the clock, and of that in working time."""

    elapsed: int
    working: int


class Waits(msgspec.Struct, frozen=True):
    """How long many waits were, in seconds; percentiles are nearest ranks, None of nothing.

    Attributes:
        count: How many there were.
        total: All of them together.
        median: Half of them took at most so long.
        percentile_85: 85 % of them took at most so long.
        working_total, working_median, working_percentile_85: The same in working time.
    """

    count: int
    total: int
    median: int | None
    percentile_85: int | None
    working_total: int
    working_median: int | None
    working_percentile_85: int | None


def compute_waits(lengths: Iterable[Length]) -> Waits:
    """Return what is told of many waits, in any order."""
    known = list(lengths)
    elapsed = sorted(length.elapsed for length in known)
    working = sorted(length.working for length in known)
    return Waits(
        count=len(known),
        total=sum(elapsed),
        median=_rank(elapsed, 50),
        percentile_85=_rank(elapsed, 85),
        working_total=sum(working),
        working_median=_rank(working, 50),
        working_percentile_85=_rank(working, 85),
    )


def _rank(values: list[int], percent: int) -> int | None:
    return int(take_nearest_rank(values, percent)) if values else None


class Stopwatch:
    """Measures waits on the calendars of teams.

    Args:
        snapshot: The workspace as it is: its teams and calendars count, for the holidays of a
            year are written down while it comes.
        zone: Its time zone, on whose wall clock calendars are read.
    """

    def __init__(self, snapshot: Snapshot, zone: tzinfo) -> None:
        self._snapshot = snapshot
        self._zone = zone

    def measure(self, start: int, end: int, team: str) -> Length:
        """Return how long it is from one second to another, on a team's calendar."""
        begin, finish = self.moment(start), self.moment(end)
        working = find_calendar(self._snapshot, team).working_time(begin, finish)
        return Length(max(end - start, 0), int(working.total_seconds()))

    def moment(self, seconds: int) -> datetime:
        """Return a moment in the zone of the workspace."""
        return datetime.fromtimestamp(seconds, self._zone)
