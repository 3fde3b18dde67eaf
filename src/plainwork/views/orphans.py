"""Open work for which nobody answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from plainwork.model.party import Agent, Team
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.presence import compute_presence
from plainwork.views.summary import WorkSummary, summarise

_GONE = {"left": "has left", "not-yet": "is not here yet"}


class Orphan(msgspec.Struct, frozen=True):
    """Open work for which nobody answers, and why."""

    work: WorkSummary
    why: str


def find_gone(snapshot: Snapshot, today: date) -> Mapping[str, str]:
    """Return who is not there any more, or not yet, in words, by their id in lower case."""
    return {
        id_: _GONE[presence.state]
        for id_, party in snapshot.parties.items()
        if (presence := compute_presence(party, today)).state in _GONE
    }


def describe_orphan(work: Work, snapshot: Snapshot, today: date) -> Orphan:
    """Return work of nobody with the reason."""
    return Orphan(summarise(work, snapshot, today), _why(work, snapshot, today))


def _why(work: Work, snapshot: Snapshot, today: date) -> str:
    owner = snapshot.party(work.owner) if work.owner else None
    if not work.owner:
        return "no owner"
    if owner is None:
        return f"{work.owner} is unknown"
    if isinstance(owner, Agent):
        return f"{owner.id} is an agent"
    if isinstance(owner, Team) and not work.accountable:
        return f"team {owner.id} has no lead"
    person = snapshot.party(work.accountable)
    state = compute_presence(person, today).state if person else "left"
    return f"{work.accountable} {_GONE.get(state, 'answers for it')}"
