"""Routines: when they recur, in words, and what they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from plainwork.analysis.distance import resolve_distance
from plainwork.analysis.recurrence import next_occurrences, parse_rule, period_of, shift
from plainwork.analysis.recurrence_rule import Rule
from plainwork.analysis.recurrence_words import describe
from plainwork.analysis.team_calendar import find_calendar
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.parsing.quantities import parse_distance

_SHOWN = 3


class Occurrence(msgspec.Struct, frozen=True):
    """One time that a routine recurs.

    Attributes:
        day: The day, shifted to a working day if the routine says so.
        period: What it belongs to: ``2026-05``, ``2026-W19``, …
        due: When what it makes is due, or None if the routine does not say.
    """

    day: date
    period: str
    due: date | None


class Recurrence(msgspec.Struct, frozen=True):
    """When a routine recurs.

    Attributes:
        rule: As written (RFC 5545).
        words: The rule in words, or what is wrong with it.
        next: The next three times.
        creates: The workflow of what each occurrence makes.
        rotation: Who does it, in turn.
    """

    rule: str
    words: str
    next: tuple[Occurrence, ...]
    creates: str
    rotation: tuple[str, ...]


def compute_recurrence(routine: Work, snapshot: Snapshot, today: date) -> Recurrence | None:
    """Return when a routine recurs, or None if it is a standing responsibility."""
    text = (routine.fields.get("schedule") or {}).get("rrule")
    if not text:
        return None
    creates = routine.fields.get("creates") or {}
    workflow, rotation = creates.get("workflow", ""), tuple(creates.get("rotation", ()))
    start = routine.start
    rule = parse_rule(text, start) if start is not None else "the routine has no `start`"
    if isinstance(rule, str):
        return Recurrence(text, rule, (), workflow, rotation)
    coming = tuple(_occurrences(routine, rule, creates, snapshot, today))
    return Recurrence(text, describe(rule), coming, workflow, rotation)


def _occurrences(
    routine: Work, rule: Rule, creates: Mapping[str, Any], snapshot: Snapshot, today: date
) -> Iterator[Occurrence]:
    calendar = find_calendar(snapshot, creates.get("team") or routine.team)
    direction = routine.fields["schedule"].get("shift", "")
    distance = parse_distance(creates.get("due", ""))
    for unshifted in next_occurrences(rule, today, _SHOWN):
        day, period = shift(unshifted, calendar, direction), period_of(unshifted, rule)
        due = None
        if distance is not None:
            due = resolve_distance(
                distance,
                day=day,
                first_day=period.first_day,
                last_day=period.last_day,
                calendar=calendar,
            )
        yield Occurrence(day, period.name, due)
