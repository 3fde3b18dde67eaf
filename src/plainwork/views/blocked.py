"""Work that cannot go on, and what it waits for, through the chain."""

from __future__ import annotations

from datetime import date

import msgspec

from plainwork.analysis.blocking import waits_for
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.summary import WorkSummary, summarise


class Blocker(msgspec.Struct, frozen=True):
    """Work that other work waits for.

    Attributes:
        reason: What it waits for itself, if that is not work; else ``""``.
    """

    id: str
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


def describe_blocked(work: Work, snapshot: Snapshot, today: date) -> BlockedWork:
    """Return blocked work with all that it waits for."""
    blockers = tuple(
        Blocker(other.id, other.title, other.status, other.owner, other.blocked)
        for other in waits_for(work, snapshot)
    )
    return BlockedWork(summarise(work, snapshot, today), work.blocked, blockers)
