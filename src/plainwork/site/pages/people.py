"""People, teams and agents: who is accountable for how much, and who leads what."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from plainwork.model.party import Agent
from plainwork.site.address import list_address
from plainwork.site.groups import Group
from plainwork.site.page import Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.sources import Sources
from plainwork.views.ownership import OwnerRow, TeamRow, compute_ownership
from plainwork.views.presence import Presence, compute_presence

_SIZE = 100


class Sponsored(msgspec.Struct, frozen=True):
    """An agent, who answers for it, and whether it may work today."""

    id: str
    owner: str
    presence: Presence


class People(msgspec.Struct, frozen=True):
    """One page of everybody.

    Attributes:
        part: People, and where the open work that they answer for is listed; those who answer
            for most of it first. What follows stands on the first page only.
        teams: Those with a problem first.
        agents: In the order of their ids.
    """

    part: Part[tuple[OwnerRow, Group | None]]
    teams: tuple[TeamRow, ...] = ()
    agents: tuple[Sponsored, ...] = ()


def plan_people(sources: Sources) -> Iterator[Output]:
    """Yield the pages: of people only those who have anything to do with open work."""
    snapshot = sources.snapshot
    ownership = compute_ownership(
        snapshot, today=sources.today, last_changed=sources.changes.last_changed, most=0
    )
    groups = sources.groups.owners
    rows = [(row, groups.get(row.id.lower())) for row in ownership.owners]
    agents = tuple(
        Sponsored(party.id, party.owner, compute_presence(party, sources.today))
        for party in snapshot.parties.values()
        if isinstance(party, Agent)
    )
    for part in split(rows, list_address("people"), _SIZE):
        model = People(part, ownership.teams, agents) if part.number == 1 else People(part)
        yield Output(part.address, sources.keys.everything, partial(_make, model))


def _make(model: People) -> Page:
    return Page(
        address=model.part.address,
        title=name_part("People and teams", model.part.number),
        template="people.html",
        model=model,
        section="people",
    )
