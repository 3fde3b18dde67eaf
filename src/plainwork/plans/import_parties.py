"""How people, teams and agents are found in what other tools write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from plainwork.analysis.relations import RESERVED_NAMES
from plainwork.editing.new_document import slug
from plainwork.model.party import Party, kind_of_party
from plainwork.parsing.foreign_yaml import ForeignValue
from plainwork.parsing.scalars import ID_PATTERN
from plainwork.plans.import_mapping import PartyRules, read_form


class FoundParty(msgspec.Struct, frozen=True):
    """A party that is named somewhere.

    Attributes:
        id: Its id here.
        kind: ``person``, ``team`` or ``agent``.
        name: What it is called there, without ``@``.
    """

    id: str
    kind: str
    name: str


class PartyFinder:
    """Finds the parties that texts name.

    Attributes:
        found: Every party found so far, by its id, as it was first written.
    """

    def __init__(self, rules: PartyRules, existing: Iterable[Party] = ()) -> None:
        """Know the parties of the workspace by their login on the forge, or else by their id."""
        self._rules = rules
        self._texts: dict[str, FoundParty | None] = {}
        self._known: dict[str, FoundParty] = {}
        self._taken: set[str] = set()
        self.found: dict[str, FoundParty] = {}
        for party in existing:
            account = party.accounts.get(rules.forge)
            name = account.login if account else party.id
            self._known[name.lower()] = FoundParty(party.id, kind_of_party(party), name)
            self._taken.add(party.id.lower())

    def find(self, text: str) -> FoundParty | None:
        """Return the party that a text names, or None if it names none."""
        if text not in self._texts:
            self._texts[text] = self._read(text)
        party = self._texts[text]
        return self.found.setdefault(party.id, party) if party else None

    def _read(self, text: str) -> FoundParty | None:
        rules = self._rules
        kinds = (("team", rules.teams), ("agent", rules.agents), ("person", rules.people))
        for kind, forms in kinds:
            name = read_form(text, forms)
            if name:
                return self._known.get(name.lower()) or self._make(kind, name)
        return None

    def _make(self, kind: str, name: str) -> FoundParty | None:
        lowered = name.lower()
        id_ = lowered if ID_PATTERN.fullmatch(lowered) else slug(name)
        # A reserved name would mean two things to an approver; a taken one is somebody else.
        if id_ in RESERVED_NAMES or id_ in self._taken:
            id_ = f"{id_}-{self._rules.forge or kind}"
        return FoundParty(id_, kind, name) if ID_PATTERN.fullmatch(id_) else None


def find_teams(
    groups: Mapping[str, ForeignValue], finder: PartyFinder
) -> dict[str, tuple[FoundParty, ...]]:
    """Return the people of each team, by its id, from lists of people by the team's name."""
    teams: dict[str, tuple[FoundParty, ...]] = {}
    for name, members in groups.items():
        team = finder.find(name)
        if team is not None and team.kind == "team":
            texts = members if isinstance(members, list) else [members]
            found = (finder.find(text) for text in texts if isinstance(text, str))
            people = (party for party in found if party and party.kind == "person")
            teams[team.id] = tuple(dict.fromkeys(people))
    return teams
