"""Routines: when each recurs, in words, who is next, and what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from plainwork.model.work import Work
from plainwork.site.address import list_address
from plainwork.site.page import Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.registers import list_routines
from plainwork.site.sources import Sources
from plainwork.views.missed import MissedRoutine, find_missed_routines
from plainwork.views.occurrences import Recurrence, compute_recurrence
from plainwork.views.routine_year import RoutineYear, compute_routine_year
from plainwork.views.summary import WorkSummary, summarise

_SIZE = 50


class RoutineRow(msgspec.Struct, frozen=True):
    """A routine; without a recurrence it is a standing duty."""

    routine: WorkSummary
    recurrence: Recurrence | None


class Routines(msgspec.Struct, frozen=True):
    """One page of the routines, and their year; what was missed stands on the first."""

    part: Part[RoutineRow]
    year: RoutineYear
    missed: tuple[MissedRoutine, ...]


def plan_routines(sources: Sources) -> Iterator[Output]:
    """Yield the routines: open ones first."""
    found = list_routines(sources)
    for part in split(found, (work.id for work in found), list_address("routines"), _SIZE):
        address = part.address
        yield Output(address, sources.keys.everything, partial(_make, sources, part))


def _make(sources: Sources, part: Part[Work]) -> Page:
    snapshot, today = sources.snapshot, sources.today
    rows = tuple(
        RoutineRow(summarise(work, snapshot, today), compute_recurrence(work, snapshot, today))
        for work in part.entries
    )
    missed = find_missed_routines(snapshot, today) if part.number == 1 else ()
    return Page(
        address=part.address,
        title=name_part("Routines", part.number),
        template="routines.html",
        model=Routines(
            Part(rows, part.total, part.number, part.pages),
            compute_routine_year(part.entries, snapshot, today=today),
            missed,
        ),
        crumbs=part.crumbs("Routines"),
        section="routines",
        origin=sources.origin_of_list([work.path for work in part.entries]),
    )
