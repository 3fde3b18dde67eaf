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


class PromisedWorks(msgspec.Struct, frozen=True):
    """Works of which a promise was missed or is due soon, the most urgent first."""

    works: tuple[PromisedWork, ...]


class Promises:
    """The clocks of open work: of each work first what was missed, then what is due soonest.

    Args:
        snapshot: The workspace.
        clocks: Runs that have not ended; those of other work are left out.
    """

    def __init__(self, snapshot: Snapshot, clocks: Iterable[ClockRun] = ()) -> None:
        self._snapshot = snapshot
        self._first: dict[int, ClockRun] = {}
        self._all: list[tuple[Work, ClockRun]] = []
        for run in sorted(clocks, key=_key):
            work = snapshot.work(run.work)
            if work is not None and work.open:
                self._first.setdefault(work.row, run)
                self._all.append((work, run))

    def first(self, work: Work) -> ClockRun | None:
        """Return what has to be done first of a work, or None if nothing is promised."""
        return self._first.get(work.row)

    def presses(self, work: Work) -> bool:
        """Return whether a promise of a work was missed or is due soon."""
        run = self.first(work)
        return run is not None and (run.standing is Standing.MISSED or _is_soon(run))

    def describe(self, works: Iterable[Work], today: date) -> tuple[PromisedWork, ...]:
        """Return what has to be done first of each of some works of which anything is promised."""
        return tuple(
            PromisedWork(summarise(work, self._snapshot, today), run)
            for work in works
            if (run := self.first(work)) is not None
        )

    @cached_property
    def days(self) -> Mapping[int, date]:
        """On which day the first promise of each work is due that is not at rest, by row."""
        return {
            row: run.due.date()
            for row, run in self._first.items()
            if run.standing is not Standing.PAUSED
        }

    def find_breached(self, today: date, most: int | None = None) -> Found[PromisedWork]:
        """Return the targets that were missed of work which is still waited for, oldest first."""
        missed = [each for each in self._all if each[1].standing is Standing.MISSED]
        return self._describe(missed, today, most)

    def find_soon_due(self, today: date, most: int | None = None) -> Found[PromisedWork]:
        """Return the targets of which no more than a day is left, or a working day."""
        soon = [each for each in self._all if _is_soon(each[1])]
        return self._describe(soon, today, most)

    def _describe(
        self, found: Sequence[tuple[Work, ClockRun]], today: date, most: int | None
    ) -> Found[PromisedWork]:
        described = (
            PromisedWork(summarise(work, self._snapshot, today), run) for work, run in found[:most]
        )
        return Found(len(found), tuple(described))


def _is_soon(run: ClockRun) -> bool:
    return run.standing is Standing.RUNNING and run.left <= run.day


def _key(run: ClockRun) -> tuple[int, float, str, str]:
    return (_ORDER[run.standing], run.due.timestamp(), run.work, run.clock)
