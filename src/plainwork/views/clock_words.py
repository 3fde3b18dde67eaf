"""How much time a promise leaves, in a word."""

from __future__ import annotations

from plainwork.model.clock_run import ClockRun

_MINUTE = 60
_HOUR = 3_600


def describe_left(run: ClockRun) -> str:
    """Return how much time is left as a workflow writes it, rounded down: ``5bh``, ``3d``.

    Hours are told until two whole days are left, and minutes below one hour.
    """
    business = "b" if run.business else ""
    if run.left >= 2 * run.day:
        return f"{run.left // run.day}{business}d"
    if run.left >= _HOUR:
        return f"{run.left // _HOUR}{business}h"
    return f"{run.left // _MINUTE}m"
