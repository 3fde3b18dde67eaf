"""Whether somebody is there on a day, and who stands in if not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import msgspec

from plainwork.model.party import Party, Person, Team

State = Literal["here", "away", "not-yet", "left"]


class StandIn(msgspec.Struct, frozen=True):
    """Who approves in somebody's place, and for which workflows (none: all)."""

    to: str
    workflows: tuple[str, ...]


class Presence(msgspec.Struct, frozen=True):
    """Whether a party is there.

    Attributes:
        state: ``here``, ``away`` on leave, ``not-yet`` begun, or ``left``; a team is here.
        until: The last day of that, if it is known: of the leave, or before the first day.
        stand_ins: Who stands in on this day.
    """

    state: State
    until: date | None = None
    stand_ins: tuple[StandIn, ...] = ()


def compute_presence(party: Party, today: date) -> Presence:
    """Tell whether a party is there on a day."""
    if isinstance(party, Team):
        return Presence("here")
    if party.last is not None and party.last < today:
        return Presence("left")
    if not isinstance(party, Person):
        return Presence("here", party.last)
    if party.first is not None and today < party.first:
        return Presence("not-yet", party.first - timedelta(days=1))
    stand_ins = _stand_ins(party, today)
    if party.away(today):
        return Presence("away", _last_day_away(party, today), stand_ins)
    return Presence("here", party.last, stand_ins)


def _last_day_away(person: Person, today: date) -> date:
    """Return the last day of a leave; one that begins the day after another one goes on."""
    last = today
    for absence in sorted(person.leave, key=lambda absence: absence.first):
        if absence.first <= last + timedelta(days=1) and absence.last > last:
            last = absence.last
    return last


def _stand_ins(person: Person, today: date) -> tuple[StandIn, ...]:
    return tuple(
        StandIn(delegate.to, delegate.workflows)
        for delegate in person.delegates
        if (delegate.first is None or delegate.first <= today)
        and (delegate.last is None or today <= delegate.last)
    )
