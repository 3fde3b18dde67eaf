"""Which teams people belong to, and which teams lie below others."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.model.party import Team
from plainwork.model.snapshot import Snapshot


def teams_of(party_id: str, snapshot: Snapshot) -> Iterator[Team]:
    """Yield the teams that somebody leads or is a member of, not those above them."""
    wanted = party_id.lower()
    for party in snapshot.parties.values():
        if isinstance(party, Team) and any(wanted == person.lower() for person in party.people):
            yield party


def teams_below(team_id: str, snapshot: Snapshot) -> tuple[Team, ...]:
    """Return the teams below a team, at any depth and each once; it is not among them."""
    below: dict[str, list[Team]] = {}
    for party in snapshot.parties.values():
        if isinstance(party, Team) and party.parent:
            below.setdefault(party.parent.lower(), []).append(party)
    found: dict[str, Team] = {}
    waiting = [team_id.lower()]
    while waiting:
        for child in below.get(waiting.pop(), ()):
            id_ = child.id.lower()
            if id_ not in found and id_ != team_id.lower():
                found[id_] = child
                waiting.append(id_)
    return tuple(found.values())
