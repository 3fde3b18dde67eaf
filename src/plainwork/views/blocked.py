"""Work that cannot go on, and what it waits for, through the chain."""

from __future__ import annotations

from datetime import date
from itertools import islice

import msgspec

from plainwork.analysis.blocking import blocker_levels, find_obstacle
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.summary import WorkSummary, summarise


class Blocker(msgspec.Struct, frozen=True):
    """Work that other work waits for.

    Attributes:
        distance: How many steps away it is: 1 for what is waited for directly.
        reason: What it waits for itself, if that is not work; else ``""``.
    """

    id: str
    distance: int
    title: str
    status: str
    owner: str
    reason: str = ""


class BlockedWork(msgspec.Struct, frozen=True):
    """Work that cannot go on.

    Attributes:
        reason: What it waits for, if that is not work; else ``""``.
        waits_for: The work that it waits for, the nearest first.
    """

    work: WorkSummary
    reason: str
    waits_for: tuple[Blocker, ...]


def describe_blocked(
    work: Work, snapshot: Snapshot, today: date, most: int | None = None
) -> BlockedWork:
    """Return blocked work with what it waits for: all of that, or at most so much."""
    blockers = (
        Blocker(
            other.id,
            distance,
            other.title,
            other.status,
            other.owner,
            find_obstacle(other, snapshot),
        )
        for distance, level in enumerate(blocker_levels(work, snapshot), start=1)
        for other in level
    )
    return BlockedWork(
        summarise(work, snapshot, today),
        find_obstacle(work, snapshot),
        tuple(islice(blockers, most)),
    )
