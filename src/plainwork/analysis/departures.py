"""Who has left: people whose last day is over, and agents that have been stopped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from plainwork.model.party import Team
from plainwork.model.snapshot import Snapshot


def find_departed(snapshot: Snapshot, today: date) -> Mapping[str, date]:
    """Return the last day of everybody who has left, by their id in lower case."""
    return {
        id_: party.last
        for id_, party in snapshot.parties.items()
        if not isinstance(party, Team) and party.last is not None and party.last < today
    }
