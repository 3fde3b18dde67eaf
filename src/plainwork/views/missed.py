"""Missed routines: occurrences that have come, and nobody has made their work."""

from __future__ import annotations

from datetime import date

import msgspec

from plainwork.analysis.owed_occurrences import Horizon
from plainwork.analysis.owed_work import compute_owed
from plainwork.model.snapshot import Snapshot
from plainwork.views.summary import WorkSummary, summarise


class MissedRoutine(msgspec.Struct, frozen=True):
    """A routine whose work is not there.

    Attributes:
        first: The day of the first occurrence that is missing.
        count: How many are missing.
    """

    routine: WorkSummary
    first: date
    count: int


def find_missed_routines(snapshot: Snapshot, today: date) -> tuple[MissedRoutine, ...]:
    """Return the routines that owe work of days before today, the longest missed first."""
    routines = {
        id_.lower()
        for id_, kind in zip(
            snapshot.works.columns["id"], snapshot.works.columns["kind"], strict=True
        )
        if kind == "routine"
    }
    horizon = Horizon(today, today)
    owed = compute_owed(snapshot, horizon, lambda _: {}, lambda _: (), creators=routines)
    days: dict[str, list[date]] = {}
    for each in owed.created:
        if each.day < today:
            days.setdefault(each.creator.lower(), []).append(each.day)
    found = (
        MissedRoutine(summarise(routine, snapshot, today), min(missing), len(missing))
        for id_, missing in days.items()
        if (routine := snapshot.work(id_)) is not None
    )
    return tuple(sorted(found, key=lambda each: (each.first, each.routine.id)))
