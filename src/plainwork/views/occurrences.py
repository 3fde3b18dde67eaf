"""Routines: when they recur, in words, and what they make."""

from __future__ import annotations

from datetime import date
from itertools import islice

import msgspec

from plainwork.analysis.recurrence import next_occurrences, parse_rule, shift
from plainwork.analysis.recurrence_words import describe
from plainwork.analysis.team_calendar import find_calendar
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work

_SHOWN = 3


class Recurrence(msgspec.Struct, frozen=True):
    """When a routine recurs.

    Attributes:
        rule: As written (RFC 5545).
        words: The rule in words, or what is wrong with it.
        next: The next three days, shifted to working days if the routine says so.
        creates: The workflow of what each occurrence makes.
        rotation: Who does it, in turn.
    """

    rule: str
    words: str
    next: tuple[date, ...]
    creates: str
    rotation: tuple[str, ...]


def compute_recurrence(routine: Work, snapshot: Snapshot, today: date) -> Recurrence | None:
    """Return when a routine recurs, or None if it is a standing responsibility."""
    schedule = routine.fields.get("schedule") or {}
    text = schedule.get("rrule")
    if not text:
        return None
    creates = routine.fields.get("creates") or {}
    workflow, rotation = creates.get("workflow", ""), tuple(creates.get("rotation", ()))
    start = routine.start
    rule = parse_rule(text, start) if start is not None else "the routine has no `start`"
    if isinstance(rule, str):
        return Recurrence(text, rule, (), workflow, rotation)
    calendar = find_calendar(snapshot, routine.team)
    days = (
        shift(day, calendar, schedule.get("shift", ""))
        for day in next_occurrences(rule, today, _SHOWN)
    )
    return Recurrence(text, describe(rule), tuple(islice(days, _SHOWN)), workflow, rotation)
