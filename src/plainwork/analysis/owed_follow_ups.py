"""What states and missed targets owe: the work that they create for other work, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from zlib import crc32

import msgspec

from plainwork.analysis.created_work import (
    CreatedWork,
    CreationFault,
    Occasion,
    compute_created,
    prepare_creation,
)
from plainwork.analysis.recurrence import Period
from plainwork.model.clock_run import ClockRun, Standing
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Creation


class FollowUps(msgspec.Struct, frozen=True):
    """Work that creates further work, and what of it is not there yet.

    Attributes:
        part: What creates: ``states`` or ``clocks`` of the workflow, and its name.
    """

    creator: Work
    part: tuple[str, str]
    creations: tuple[Creation, ...]


def find_follow_ups(snapshot: Snapshot, is_taken: Callable[[str], bool]) -> Iterator[FollowUps]:
    """Yield the works whose state creates what is not there.

    Args:
        snapshot: The workspace.
        is_taken: Tells whether an id is in use.
    """
    creating = {
        (workflow, state.name): state.creates
        for workflow, each in snapshot.workflows.items()
        for state in each.states
        if state.creates
    }
    if not creating:
        return
    columns = snapshot.works.columns
    for row, place in enumerate(zip(columns["workflow"], columns["status"], strict=True)):
        creations = creating.get((place[0].lower(), place[1]))
        if creations is None:
            continue
        work = snapshot.works[row]
        missing = tuple(each for each in creations if not is_taken(f"{work.id}.{each.key}"))
        if missing:
            yield FollowUps(work, ("states", work.status), missing)


def find_promised(snapshot: Snapshot, is_taken: Callable[[str], bool]) -> Iterator[Work]:
    """Yield the works for which a missed target would create what is not there.

    Args:
        snapshot: The workspace.
        is_taken: Tells whether an id is in use.
    """
    keys = {
        id_: [creation.key for clock in workflow.clocks for creation in clock.creates]
        for id_, workflow in snapshot.workflows.items()
    }
    for row, workflow in enumerate(snapshot.works.columns["workflow"]):
        wanted = keys.get(workflow.lower())
        if wanted:
            work = snapshot.works[row]
            if not all(is_taken(f"{work.id}.{key}") for key in wanted):
                yield work


def find_missed_follow_ups(
    runs: Iterable[ClockRun], snapshot: Snapshot, is_taken: Callable[[str], bool]
) -> Iterator[tuple[FollowUps, date]]:
    """Yield the works of which a target was missed that creates what is not there, and the day.

    It makes what the workflow says now, as far as it said so when the clock started: a template
    with a mistake can be mended, and no follow-ups come of what was missed before there were any.

    Args:
        runs: How works passed clocks, in the order in which they started.
        snapshot: The workspace.
        is_taken: Tells whether an id is in use.
    """
    for run in runs:
        work = snapshot.work(run.work) if run.standing is Standing.MISSED else None
        workflow = snapshot.workflow(work) if work else None
        if work is None or workflow is None or workflow.id.lower() != run.workflow:
            continue
        missing = tuple(
            creation
            for clock in workflow.clocks
            for creation in clock.creates
            if clock.name == run.clock
            and creation.key in run.creates
            and not is_taken(f"{work.id}.{creation.key}")
        )
        if missing:
            yield FollowUps(work, ("clocks", run.clock), missing), run.due.date()


def compute_follow_ups(
    owed: FollowUps, day: date, snapshot: Snapshot
) -> Sequence[CreatedWork] | CreationFault:
    """Compute the work that is owed.

    Args:
        owed: What creates it.
        day: The day on which the creator came there, or its target was missed.
        snapshot: The workspace.
    """
    made: list[CreatedWork] = []
    # Nobody counts works, so whose turn it is follows from the id: everywhere the same.
    turn = crc32(owed.creator.id.lower().encode())
    for creation in owed.creations:
        blueprint = prepare_creation(owed.creator, creation, snapshot)
        if isinstance(blueprint, CreationFault):
            return blueprint
        occasion = Occasion(creation.key, day, Period(day.isoformat(), day, day), turn)
        work = compute_created(blueprint, occasion, snapshot)
        if isinstance(work, CreationFault):
            return work
        made.append(work)
    return made
