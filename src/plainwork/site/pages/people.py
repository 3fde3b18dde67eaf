"""People, teams and agents: who is accountable for how much, and who leads what."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from plainwork.model.party import Agent, Person
from plainwork.site.address import list_address
from plainwork.site.groups import Group
from plainwork.site.page import Output, Page
from plainwork.site.sources import Sources
from plainwork.views.ownership import OwnerRow, TeamRow, compute_ownership
from plainwork.views.presence import Presence, compute_presence


class Sponsored(msgspec.Struct, frozen=True):
    """An agent, who answers for it, and whether it may work today."""

    id: str
    owner: str
    presence: Presence


class People(msgspec.Struct, frozen=True):
    """Everybody.

    Attributes:
        owners: People who answer for open work, and where that is listed.
        others: Ids of the people who do not.
        teams: Those with a problem first.
    """

    owners: tuple[tuple[OwnerRow, Group | None], ...]
    others: tuple[str, ...]
    teams: tuple[TeamRow, ...]
    agents: tuple[Sponsored, ...]


def plan_people(sources: Sources) -> Iterator[Output]:
    """Yield the page."""
    address = list_address("people")

    def make() -> Page:
        return Page(
            address, "People and teams", "people.html", _describe(sources), section="people"
        )

    yield Output(address, sources.keys.everything, make)


def _describe(sources: Sources) -> People:
    snapshot, today = sources.snapshot, sources.today
    last_changed = sources.changes.last_changed
    ownership = compute_ownership(snapshot, today=today, last_changed=last_changed, most=0)
    busy = {row.id for row in ownership.owners}
    groups = sources.groups.owners
    return People(
        owners=tuple((row, groups.get(row.id.lower())) for row in ownership.owners),
        others=tuple(
            party.id
            for party in snapshot.parties.values()
            if isinstance(party, Person) and party.id not in busy
        ),
        teams=ownership.teams,
        agents=tuple(
            Sponsored(party.id, party.owner, compute_presence(party, today))
            for party in snapshot.parties.values()
            if isinstance(party, Agent)
        ),
    )
