"""Parties: who does, owns and approves."""

from datetime import date

import msgspec


class Account(msgspec.Struct, frozen=True):
    """An account on a forge; the number is the identity, the login is for display."""

    login: str
    id: int | None = None


class Absence(msgspec.Struct, frozen=True):
    """Days on which somebody is away, both ends included."""

    first: date
    last: date


class Delegate(msgspec.Struct, frozen=True):
    """Who approves in somebody's place, from when to when, for which workflows (none: all)."""

    to: str
    first: date | None = None
    last: date | None = None
    workflows: tuple[str, ...] = ()


class Person(msgspec.Struct, frozen=True, tag="person", omit_defaults=True):
    """A human being."""

    id: str
    path: str
    name: str
    manager: str = ""
    emails: tuple[str, ...] = ()
    accounts: dict[str, Account] = {}
    signing_keys: tuple[str, ...] = ()
    calendar: str = ""
    capacity: str = ""
    leave: tuple[Absence, ...] = ()
    delegates: tuple[Delegate, ...] = ()
    first: date | None = None
    last: date | None = None

    def present(self, day: date) -> bool:
        """Tell whether the person belongs to the organisation on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def away(self, day: date) -> bool:
        """Tell whether the person is on leave on a day."""
        return any(absence.first <= day <= absence.last for absence in self.leave)


class Team(msgspec.Struct, frozen=True, tag="team", omit_defaults=True):
    """People with a lead; a role is a team of one, a department a parent of teams."""

    id: str
    path: str
    name: str
    lead: str = ""
    members: tuple[str, ...] = ()
    parent: str = ""
    calendar: str = ""
    accounts: dict[str, Account] = {}

    @property
    def people(self) -> tuple[str, ...]:
        """Lead and members, each once, the lead first."""
        return tuple(dict.fromkeys((self.lead, *self.members) if self.lead else self.members))


class Agent(msgspec.Struct, frozen=True, tag="agent", omit_defaults=True):
    """A program that works under rules; ``owner`` is the person who answers for it."""

    id: str
    path: str
    name: str
    owner: str = ""
    accounts: dict[str, Account] = {}
    create: tuple[str, ...] = ()
    move: tuple[str, ...] = ()
    edit: tuple[str, ...] = ()
    last: date | None = None

    def present(self, day: date) -> bool:
        """Tell whether the agent may still work on a day."""
        return self.last is None or day <= self.last


Party = Person | Team | Agent


def kind_of_party(party: Party) -> str:
    """Return ``person``, ``team`` or ``agent``."""
    if isinstance(party, Person):
        return "person"
    return "team" if isinstance(party, Team) else "agent"
