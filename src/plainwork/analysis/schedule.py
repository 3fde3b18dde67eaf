"""A routine's schedule, read: ``FORMAT.md``, *Routine*."""

from __future__ import annotations

import msgspec

from plainwork.analysis.recurrence import parse_rule
from plainwork.analysis.recurrence_rule import Rule
from plainwork.model.quantity import Duration
from plainwork.model.work import Work
from plainwork.parsing.quantities import parse_duration


class Schedule(msgspec.Struct, frozen=True):
    """When a routine recurs.

    Attributes:
        rule: On which days.
        after_done: Whether it is counted from the day on which the last occurrence was done.
        skips: Whether a missed occurrence is left out when the next one has come.
        ahead: How early the work is made; None: on the day itself.
        shift: ``previous`` or ``next`` working day, or ``""``.
    """

    rule: Rule
    after_done: bool = False
    skips: bool = False
    ahead: Duration | None = None
    shift: str = ""


def read_schedule(routine: Work) -> Schedule | str:
    """Return the schedule of a routine that has one, or what is wrong with it in one line."""
    said = routine.fields["schedule"]
    if routine.start is None:
        return "it recurs from no day: `start` is not set"
    rule = parse_rule(said.get("rrule", ""), routine.start)
    if isinstance(rule, str):
        return f"the rule: {rule}"
    return Schedule(
        rule=rule,
        after_done=said.get("mode") == "after-done",
        skips=said.get("on_miss") == "skip",
        ahead=parse_duration(said.get("ahead", "")),
        shift=said.get("shift", ""),
    )
