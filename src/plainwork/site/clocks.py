"""How works pass the clocks of their workflows, as the day of the site begins.

A page tells until when something was promised, never how much time is left: it is looked at later
than it is made. What is due on the day itself is not missed yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from functools import cached_property

import msgspec

from plainwork.flow.clock_standing import judge_runs
from plainwork.model.clock_run import ClockRun, RecordedRun, Standing
from plainwork.model.snapshot import Snapshot
from plainwork.site.digest import encode
from plainwork.views.clock_words import describe_left
from plainwork.views.promises import Promises


class ShownRun(msgspec.Struct, frozen=True):
    """One way of a work past a clock, in what does not change from hour to hour.

    Attributes:
        due: None: the clock stands still.
        left: What is left once a clock goes on that stands still, else ``""``.
    """

    clock: str
    standing: str
    within: str
    due: datetime | None
    left: str
    ended: datetime | None


class Clocks:
    """The clocks of all visible work.

    Args:
        runs: As history tells them.
        snapshot: The workspace without what is left out.
        today: The day on which the site is made.
        zone: The workspace's time zone.
    """

    def __init__(
        self, runs: Sequence[RecordedRun], snapshot: Snapshot, today: date, zone: tzinfo
    ) -> None:
        self._runs = runs
        self._snapshot = snapshot
        self._zone = zone
        self._moment = datetime.combine(today, time.min, zone)

    @cached_property
    def promises(self) -> Promises:
        """What is promised of open work."""
        open_ = (run for run in self._runs if run.ended is None)
        return Promises(self._snapshot, self._judge(open_))

    def of(self, work: str) -> tuple[ShownRun, ...]:
        """Return how a work passed its clocks, the latest first."""
        runs = self._judge(self._by_work.get(work.lower(), ()))
        return tuple(_show(run) for run in sorted(runs, key=lambda run: run.started, reverse=True))

    def key(self, work: str) -> bytes:
        """Return what the page of a work shows of its clocks, as bytes."""
        return encode(self.of(work)) if work.lower() in self._by_work else b""

    @cached_property
    def _by_work(self) -> Mapping[str, Sequence[RecordedRun]]:
        found: dict[str, list[RecordedRun]] = {}
        for run in self._runs:
            found.setdefault(run.work.lower(), []).append(run)
        return found

    def _judge(self, runs: Iterable[RecordedRun]) -> Iterator[ClockRun]:
        return judge_runs(runs, self._snapshot, self._zone, self._moment)


def _show(run: ClockRun) -> ShownRun:
    paused = run.standing is Standing.PAUSED
    return ShownRun(
        clock=run.clock,
        standing=run.standing.value,
        within=run.within,
        due=None if paused else run.due,
        left=describe_left(run) if paused else "",
        ended=run.ended,
    )
