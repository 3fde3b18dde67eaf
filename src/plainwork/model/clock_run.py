"""Runs of clocks: works on their way past promises about time.

What history tells of a run (:class:`RecordedRun`) can be kept; how it stands (:class:`ClockRun`)
depends on calendars and on the moment of the question.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Phase(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What holds of a run from a moment on.

    Attributes:
        time: The moment, in seconds.
        commit: The full hash of the commit that made it so.
        paused: Whether the clock stands still.
        within: The target that counts, or ``""`` while none does.
    """

    time: int
    commit: str
    paused: bool
    within: str


class RecordedRun(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One way of a work past a clock.

    Attributes:
        work: Its id as it is now.
        workflow: The one that it had, by id in lower case.
        team: The team that was responsible when the clock started, or ``""``.
        creates: The keys of what a missed target makes.
        words: What the conditions of its targets speak of: the names of fields among them.
        phases: The first began the run.
        ended: When it ended, in seconds; None: it has not.
        end_commit: The full hash of the commit that ended it, or ``""``.
        withdrawn: Whether it ended without an answer: the work was dropped, deleted or put under
            another workflow, and the clock says nothing of that.
    """

    work: str
    workflow: str
    clock: str
    team: str
    creates: tuple[str, ...]
    words: tuple[str, ...]
    phases: tuple[Phase, ...]
    ended: int | None = None
    end_commit: str = ""
    withdrawn: bool = False


class Standing(StrEnum):
    """How a run of a clock stands."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"


class ClockRun(msgspec.Struct, frozen=True, gc=False):
    """One way of a work past a clock, and whether its target was met.

    Attributes:
        work: Its id as it is now; it may have been deleted since.
        workflow: The one that it had, by id in lower case.
        team: The team that was responsible when the clock started, or ``""``.
        within: The target that counts, such as ``4bh``.
        due: When the target is missed; of a paused clock, if it went on now.
        ended: When it stopped, or the work went away after the target had been missed; None: it
            goes on, though the target may be missed.
        left: Seconds until it is due; 0 if the run is met or missed.
        day: How many such seconds a day has.
        business: Whether only seconds of working time count.
        creates: The keys of what a missed target makes.
        commits: Full hashes: of what began it, made it pause or go on, and ended it.
    """

    work: str
    workflow: str
    clock: str
    team: str
    standing: Standing
    within: str
    started: datetime
    due: datetime
    ended: datetime | None
    left: int
    day: int
    business: bool
    creates: tuple[str, ...]
    commits: tuple[str, ...]
