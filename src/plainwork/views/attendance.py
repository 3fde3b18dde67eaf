"""Who is there, who is away, who stands in, and who is on duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from plainwork.analysis.membership import teams_below, teams_of
from plainwork.analysis.team_calendar import find_personal_calendar
from plainwork.model.party import Agent, Person, Team
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.presence import Presence, compute_presence
from plainwork.views.summary import open_works


class Duty(msgspec.Struct, frozen=True):
    """A responsibility of today: a standing routine, or work of one that goes by turns."""

    id: str
    title: str


class Attendant(msgspec.Struct, frozen=True):
    """A person today.

    Attributes:
        working: Whether today is a working day of their calendar.
        stands_in_for: Ids of the people in whose place they may approve today.
        teams: Ids of their teams.
    """

    id: str
    name: str
    presence: Presence
    working: bool
    duties: tuple[Duty, ...]
    stands_in_for: tuple[str, ...]
    teams: tuple[str, ...]


class AgentAtWork(msgspec.Struct, frozen=True):
    """An agent, who answers for it, and whether it may still work."""

    id: str
    name: str
    owner: str
    presence: Presence


class Attendance(msgspec.Struct, frozen=True):
    """Who is there: people by name, those who have left last; and agents.

    Attributes:
        team: The name of the team that was asked for, or ``""`` for everybody.
    """

    workspace: str
    team: str
    today: date
    people: tuple[Attendant, ...]
    agents: tuple[AgentAtWork, ...]


def compute_attendance(snapshot: Snapshot, *, today: date, team: Team | None = None) -> Attendance:
    """Compute who is there.

    Args:
        snapshot: The workspace.
        today: The day of the question.
        team: Only people of this team and those below it; None: everybody.
    """
    wanted = None if team is None else set(_people_below(team, snapshot))
    people = [
        party
        for id_, party in snapshot.parties.items()
        if isinstance(party, Person) and (wanted is None or id_ in wanted)
    ]
    duties = _duties(snapshot)
    places = _places(snapshot, today)
    found = [
        Attendant(
            id=person.id,
            name=person.name,
            presence=compute_presence(person, today),
            working=find_personal_calendar(snapshot, person).is_working_day(today),
            duties=tuple(duties.get(person.id.lower(), ())),
            stands_in_for=tuple(places.get(person.id.lower(), ())),
            teams=tuple(team.id for team in teams_of(person.id, snapshot)),
        )
        for person in people
    ]
    found.sort(key=lambda person: (person.presence.state == "left", person.name.casefold()))
    agents = [
        AgentAtWork(agent.id, agent.name, agent.owner, compute_presence(agent, today))
        for agent in snapshot.parties.values()
        if isinstance(agent, Agent) and (wanted is None or agent.owner.lower() in wanted)
    ]
    name = team.name if team else ""
    return Attendance(snapshot.settings.name, name, today, tuple(found), tuple(agents))


def _people_below(team: Team, snapshot: Snapshot) -> Iterator[str]:
    """Yield, in lower case, the people of a team and of all teams below it."""
    for each in (team, *teams_below(team.id, snapshot)):
        yield from (person.lower() for person in each.people)


def _duties(snapshot: Snapshot) -> dict[str, list[Duty]]:
    """Return the duties of people: standing routines, and open work of routines with turns."""
    found: dict[str, list[Duty]] = {}
    works = open_works(snapshot)
    routines = {work.id.lower(): work for work in works if work.kind == "routine"}
    by_turns = {id_ for id_, routine in routines.items() if _goes_by_turns(routine)}
    for routine in routines.values():
        if not routine.fields.get("schedule"):
            _add(found, routine.assignees or (routine.accountable,), routine)
    parents = snapshot.works.columns["parent"]
    for work in works:
        if parents[work.row].lower() in by_turns:
            _add(found, work.assignees, work)
    return found


def _goes_by_turns(routine: Work) -> bool:
    creates = routine.fields.get("creates")
    return isinstance(creates, dict) and bool(creates.get("rotation"))


def _add(found: dict[str, list[Duty]], people: Iterable[str], work: Work) -> None:
    for person in people:
        found.setdefault(person.lower(), []).append(Duty(work.id, work.title))


def _places(snapshot: Snapshot, today: date) -> dict[str, list[str]]:
    """Return in whose place people may approve today."""
    found: dict[str, list[str]] = {}
    for party in snapshot.parties.values():
        for stand_in in compute_presence(party, today).stand_ins:
            found.setdefault(stand_in.to.lower(), []).append(party.id)
    return found
