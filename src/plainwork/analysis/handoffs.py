"""Handoffs that were rejected: the work waits for a way back, or for another team.

Until one of them is found it counts as blocked by the receiver (``FORMAT.md``, *Workflow*). Who
rejected is the team that is still responsible; as soon as another one is, the rejection is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work


class Rejection(msgspec.Struct, frozen=True):
    """Why the team that is responsible for work does not take it, in its own words or ``""``."""

    team: str
    reason: str


@lru_cache(maxsize=1)
def find_rejections(snapshot: Snapshot) -> Mapping[str, Rejection]:
    """Return the open work that its team has rejected, by id in lower case.

    Views ask this of one snapshot again and again, so the last answer is kept.
    """
    latest: dict[str, tuple[Work, Record]] = {}
    for record in snapshot.records:
        for name in record.about if record.kind == "handoff" else ():
            work = snapshot.work(name)
            if work is not None and work.open and work.team:
                known = latest.setdefault(work.id.lower(), (work, record))[1]
                if (known.at, known.id) < (record.at, record.id):
                    latest[work.id.lower()] = (work, record)
    return {
        id_: Rejection(work.team, str(record.details.get("reason", "")))
        for id_, (work, record) in latest.items()
        if record.details.get("answer") == "reject" and _speaks_for(work.team, record, snapshot)
    }


def _speaks_for(team_id: str, record: Record, snapshot: Snapshot) -> bool:
    team = snapshot.team(team_id)
    return team is not None and record.by.lower() in map(str.lower, team.people)
