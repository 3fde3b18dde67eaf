"""What clocks promise of open work, and what has to be done first because of that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

import msgspec

from plainwork.model.clock_run import ClockRun, Standing
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.found import Found
from plainwork.views.summary import WorkSummary, summarise

_ORDER = {Standing.MISSED: 0, Standing.RUNNING: 1, Standing.PAUSED: 2, Standing.MET: 3}


class PromisedWork(msgspec.Struct, frozen=True):
    """Work, and a promise that was made of it."""

    work: WorkSummary
    clock: ClockRun


class Promises:
    """The clocks of open work: of each work first what was missed, then what is due soonest.

    Args:
        snapshot: The workspace.
        clocks: Runs that have not ended; those of other work are left out.
    """

    def __init__(self, snapshot: Snapshot, clocks: Iterable[ClockRun] = ()) -> None:
        self._snapshot = snapshot
        self._runs: dict[int, list[ClockRun]] = {}
        for run in sorted(clocks, key=_key):
            work = snapshot.work(run.work)
            if work is not None and work.open:
                self._runs.setdefault(work.row, []).append(run)

    def first(self, work: Work) -> ClockRun | None:
        """Return what has to be done first of a work, or None if nothing is promised."""
        return next(iter(self._runs.get(work.row, ())), None)

    @cached_property
    def days(self) -> Mapping[int, date]:
        """On which day the first promise of each work is due that is not at rest, by row."""
        return {
            row: runs[0].due.date()
            for row, runs in self._runs.items()
            if runs[0].standing is not Standing.PAUSED
        }

    def find_breached(self, today: date, most: int | None = None) -> Found[PromisedWork]:
        """Return the targets that were missed of work which is still waited for, oldest first."""
        return self._find(
            [run for run in self._all if run.standing is Standing.MISSED], today, most
        )

    def find_soon_due(self, today: date, most: int | None = None) -> Found[PromisedWork]:
        """Return the targets of which no more than a day is left, or a working day."""
        soon = (run for run in self._all if run.standing is Standing.RUNNING)
        return self._find([run for run in soon if run.left <= run.day], today, most)

    @property
    def _all(self) -> Sequence[ClockRun]:
        return sorted((run for runs in self._runs.values() for run in runs), key=_key)

    def _find(self, runs: Sequence[ClockRun], today: date, most: int | None) -> Found[PromisedWork]:
        return Found(len(runs), tuple(self._describe(run, today) for run in runs[:most]))

    def _describe(self, run: ClockRun, today: date) -> PromisedWork:
        work = self._snapshot.work(run.work)
        assert work is not None  # noqa: S101 - others were left out
        return PromisedWork(summarise(work, self._snapshot, today), run)


def _key(run: ClockRun) -> tuple[int, float, str, str]:
    return (_ORDER[run.standing], run.due.timestamp(), run.work, run.clock)
