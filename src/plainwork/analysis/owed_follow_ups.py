"""What a state owes: the work that it creates for each work that stands in it, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Creation


class FollowUps(msgspec.Struct, frozen=True):
    """Work that creates further work, and what of it is not there yet.

    What a clock makes when its target is missed is of the same kind: another list of creations,
    on the day of the miss.

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


def compute_follow_ups(
    owed: FollowUps, day: date, snapshot: Snapshot
) -> Sequence[CreatedWork] | CreationFault:
    """Compute the work that is owed.

    Args:
        owed: What creates it.
        day: The day on which the creator came there.
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
