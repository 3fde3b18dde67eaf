"""Who is meant by an approver, a ``by`` or an ``exclude``: people, teams and relations.

A relation is ``owner``, ``requester``, ``assignees``, ``team``, ``sponsor`` or any field of type
party, optionally preceded by ``project.``, ``parent.`` or ``workflow.`` and followed by ``.lead``
or ``.manager`` (``FORMAT.md``, *Approvals*).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from plainwork.analysis.membership import teams_of
from plainwork.model.document import Document
from plainwork.model.party import Person, Team
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import State, Workflow

CHANGE_RELATIONS = frozenset({"author", "contributors"})
"""Who has made the change: known for a pull request only."""

_COMMON_RELATIONS = frozenset(
    {"owner", "requester", "assignees", "team", "sponsor", "consulted", "informed"}
    | {"manager", "lead", "members", "by", "party"}
)
"""The fields of type party that the format itself has."""

PREFIXES = ("project", "parent", "workflow")
SUFFIXES = ("lead", "manager")
RESERVED_NAMES = _COMMON_RELATIONS | CHANGE_RELATIONS | {"did", *PREFIXES}
"""Names that no party may bear, because an approver would mean two things."""

_EFFECTIVE = frozenset({"owner", "requester", "assignees", "team"})

Subject = Work | Document | None
"""What relations are about; None: only people and teams are found."""

_Holder = Work | Document | Workflow | State | None


def people_of(
    who: Iterable[str], subject: Subject, snapshot: Snapshot, today: date, *, new: bool = False
) -> tuple[str, ...]:
    """Return the people that approvers, teams or relations come to, each once.

    Agents and people who have left never count. What comes to nobody yields nobody.

    Args:
        who: As written in a workflow or policy.
        subject: What relations are about.
        snapshot: Where parties and work are looked up.
        today: The day on which they must belong to the organisation.
        new: Whether the subject is new work, see :func:`parties_of`.
    """
    found: dict[str, None] = {}
    for text in who:
        for party in parties_of(text, subject, snapshot, new=new):
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


def parties_of(
    text: str, subject: Subject, snapshot: Snapshot, *, new: bool = False
) -> tuple[str, ...]:
    """Return the ids of the parties that one approver means, teams not yet expanded.

    A team that owns stands for its lead.

    Args:
        text: The approver.
        subject: What relations are about.
        snapshot: Where parties and work are looked up.
        new: Whether the subject is new. Its own fields are words of whoever writes it, so
            relations are those of what it is part of: parent, project and workflow; what is no
            work is part of nothing.
    """
    party = snapshot.party(text)
    if party is not None:
        return (party.id,)
    words = text.split(".")
    prefix = words.pop(0) if words[0] in PREFIXES and len(words) > 1 else ""
    name, suffixes = words[0], words[1:]
    parties: tuple[str, ...] = ()
    for holder in _holders(prefix, subject, snapshot, name, new=new):
        parties = _parties_in(holder, name)
        if parties:
            break
    if name == "owner" and not suffixes:
        return tuple(_stand_in(party_id, snapshot) for party_id in parties)
    return _follow(parties, suffixes, snapshot)


def _holders(
    prefix: str, subject: Subject, snapshot: Snapshot, name: str, *, new: bool
) -> tuple[_Holder, ...]:
    """Return where a relation may be written; the first that says something counts."""
    if not isinstance(subject, Work):
        return () if prefix or new else (subject,)
    parent, project = snapshot.work(subject.parent), snapshot.work(subject.project)
    workflow = snapshot.workflow(subject)
    match prefix:
        case "parent":
            return (parent,)
        case "project":
            return (project,)
        case "workflow":
            return (workflow,)
    if not new:
        return (subject,)
    # No work inherits its team: the responsible one is that of the state or the workflow.
    return (snapshot.state(subject), workflow) if name == "team" else (parent, project, workflow)


def _parties_in(holder: _Holder, name: str) -> tuple[str, ...]:
    value: Any = None
    if isinstance(holder, Workflow | State):
        value = getattr(holder, name, "") if name in ("owner", "team") else ""
    elif isinstance(holder, Work) and name in _EFFECTIVE:
        value = getattr(holder, name)
    elif holder is not None:
        value = holder.fields.get(name)
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, list | tuple):
        return tuple(entry for entry in value if isinstance(entry, str))
    return ()


def _stand_in(party_id: str, snapshot: Snapshot) -> str:
    team = snapshot.team(party_id)
    return team.lead if team else party_id


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
            return tuple(team.lead for team in teams_of(party.id, snapshot) if team.lead)
    if suffix == "manager":
        person = snapshot.person(party.lead) if isinstance(party, Team) else party
        if isinstance(person, Person) and person.manager:
            return (person.manager,)
    return ()
