"""Who is meant by an approver, a ``by`` or an ``exclude``: people, teams and relations.

A relation is ``owner``, ``requester``, ``assignees``, ``team``, ``sponsor`` or any field of type
party, optionally preceded by ``project.``, ``parent.`` or ``workflow.`` and followed by ``.lead``
or ``.manager`` (``FORMAT.md``, *Approvals*).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from plainwork.model.party import Person, Team
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work

CHANGE_RELATIONS = frozenset({"author", "contributors"})
"""Who has made the change: known for a pull request only."""

COMMON_RELATIONS = frozenset({"owner", "requester", "assignees", "team", "sponsor"})
PREFIXES = ("project", "parent", "workflow")
SUFFIXES = ("lead", "manager")
RESERVED_NAMES = COMMON_RELATIONS | CHANGE_RELATIONS | {"did", "anyone", *PREFIXES}
"""Names that no party may bear, because an approver would mean two things."""


def people_of(
    who: Iterable[str], work: Work | None, snapshot: Snapshot, today: date
) -> tuple[str, ...]:
    """Return the people that approvers, teams or relations come to, each once.

    Agents and people who have left never count. What comes to nobody yields nobody.

    Args:
        who: As written in a workflow or policy.
        work: What relations are about; None: only people and teams are found.
        snapshot: Where parties and work are looked up.
        today: The day on which they must belong to the organisation.
    """
    found: dict[str, None] = {}
    for text in who:
        for party in parties_of(text, work, snapshot):
            found |= dict.fromkeys(expand(party, snapshot, today))
    return tuple(found)


def expand(party_id: str, snapshot: Snapshot, today: date) -> tuple[str, ...]:
    """Return the people that a party stands for: itself, or lead and members of a team."""
    party = snapshot.party(party_id)
    if isinstance(party, Team):
        members = (snapshot.person(member) for member in party.people)
        return tuple(person.id for person in members if person and person.present(today))
    if isinstance(party, Person) and party.present(today):
        return (party.id,)
    return ()


def parties_of(text: str, work: Work | None, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the ids of the parties that one approver means, teams not yet expanded."""
    party = snapshot.party(text)
    if party is not None:
        return (party.id,)
    if work is None:
        return ()
    words = text.split(".")
    subject: Work | None = work
    if words[0] == "workflow":
        workflow = snapshot.workflow(work)
        parties = _values_of(workflow, words[1]) if workflow and len(words) > 1 else ()
        return _follow(parties, words[2:], snapshot)
    if words[0] in ("project", "parent") and len(words) > 1:
        subject = snapshot.work(work.project if words[0] == "project" else work.parent)
        words = words[1:]
    if subject is None:
        return ()
    return _follow(_field_parties(subject, words[0]), words[1:], snapshot)


def _values_of(holder: Any, name: str) -> tuple[str, ...]:
    value = getattr(holder, name, "")
    return (value,) if isinstance(value, str) and value else ()


def _field_parties(work: Work, name: str) -> tuple[str, ...]:
    if name in ("owner", "requester", "assignees", "team"):
        value: Any = getattr(work, name)
    else:
        value = work.fields.get(name, ())
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(entry for entry in value if isinstance(entry, str)) if value else ()


def _follow(parties: Iterable[str], suffixes: Iterable[str], snapshot: Snapshot) -> tuple[str, ...]:
    found = tuple(parties)
    for suffix in suffixes:
        found = tuple(
            dict.fromkeys(next_ for party in found for next_ in _step(party, suffix, snapshot))
        )
    return found


def _step(party_id: str, suffix: str, snapshot: Snapshot) -> tuple[str, ...]:
    party = snapshot.party(party_id)
    if suffix == "lead":
        if isinstance(party, Team):
            return (party.lead,) if party.lead else ()
        if isinstance(party, Person):
            return tuple(
                team.lead
                for team in snapshot.parties.values()
                if isinstance(team, Team) and team.lead and party.id in team.people
            )
    if suffix == "manager":
        person = snapshot.person(party.lead) if isinstance(party, Team) else party
        if isinstance(person, Person) and person.manager:
            return (person.manager,)
    return ()
