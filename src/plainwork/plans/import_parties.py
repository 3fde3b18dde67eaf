"""How people, teams and agents are found in what other tools write, and become documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from plainwork.analysis.relations import RESERVED_NAMES
from plainwork.editing.new_document import render_document, slug
from plainwork.editing.yaml_text import Value
from plainwork.model.party import Agent, Party, Team
from plainwork.parsing.scalars import ID_PATTERN
from plainwork.plans.import_mapping import PartyRules, read_form

FOLDERS = {"person": "people", "team": "teams", "agent": "agents"}


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
        self._rules = rules
        self._known = {
            name.lower(): FoundParty(party.id, _kind(party), name)
            for party in existing
            for name in (*_logins(party, rules.forge), party.id)
        }
        self._texts: dict[str, FoundParty | None] = {}
        self.found: dict[str, FoundParty] = {}

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
                return self._known.get(name.lower()) or _make(kind, name)
        return None


def _make(kind: str, name: str) -> FoundParty | None:
    lowered = name.lower()
    id_ = lowered if ID_PATTERN.fullmatch(lowered) else slug(name)
    if not id_:
        return None
    # An approver of such a name would mean two things.
    return FoundParty(f"{id_}-{kind}" if id_ in RESERVED_NAMES else id_, kind, name)


def _kind(party: Party) -> str:
    if isinstance(party, Team):
        return "team"
    return "agent" if isinstance(party, Agent) else "person"


def _logins(party: Party, forge: str) -> Iterable[str]:
    account = party.accounts.get(forge)
    return (account.login,) if account else ()


def render_party(
    party: FoundParty, *, forge: str, owner: str, people: Iterable[FoundParty] = ()
) -> str:
    """Return the file of a party.

    Args:
        party: Who it is.
        forge: Where people have their accounts, or ``""``.
        owner: Who answers for agents, or ``""``.
        people: The people of a team; the first leads it.
    """
    fields: dict[str, Value] = {"name": party.name}
    if party.kind == "person" and forge:
        fields["accounts"] = {forge: {"login": party.name}}
    if party.kind == "agent" and owner:
        fields["owner"] = owner
    lead, *members = [each.id for each in people] or [""]
    if lead:
        fields["lead"] = lead
    if members:
        fields["members"] = members
    return render_document(fields, "")


def find_teams(
    groups: Mapping[str, object], finder: PartyFinder
) -> dict[str, tuple[FoundParty, ...]]:
    """Return the people of each team, by its id, from a map of names to lists of people."""
    teams: dict[str, tuple[FoundParty, ...]] = {}
    for name, members in groups.items():
        team = finder.find(name)
        texts = (
            [text for text in members if isinstance(text, str)] if isinstance(members, list) else []
        )
        people = [
            party for text in texts if (party := finder.find(text)) and party.kind == "person"
        ]
        if team is not None and team.kind == "team":
            teams[team.id] = tuple(dict.fromkeys(people))
    return teams
