"""Which calendar counts: the one that a team or person has, else the workspace's.

``FORMAT.md``, *Time*.
"""

from functools import lru_cache

from plainwork.analysis.working_calendar import OFFICE_HOURS, WorkingCalendar
from plainwork.model.party import Person
from plainwork.model.settings import Calendar
from plainwork.model.snapshot import Snapshot


def find_calendar(snapshot: Snapshot, team: str = "") -> WorkingCalendar:
    """Return the working calendar of a team; of the workspace, if the team has none of its own.

    Args:
        snapshot: The workspace.
        team: A team's id, or ``""``.
    """
    found = snapshot.team(team) if team else None
    return _find(snapshot, found.calendar if found else "")


def find_personal_calendar(snapshot: Snapshot, person: Person) -> WorkingCalendar:
    """Return the working calendar of a person; of the workspace, if they have none of their own."""
    return _find(snapshot, person.calendar)


def _find(snapshot: Snapshot, name: str) -> WorkingCalendar:
    calendars = snapshot.settings.calendars
    calendar = calendars.get(name) or calendars.get(snapshot.settings.calendar)
    return _open(calendar or OFFICE_HOURS)


@lru_cache(maxsize=16)
def _open(calendar: Calendar) -> WorkingCalendar:
    """Return what a calendar means; years of holidays are put in order once."""
    return WorkingCalendar(calendar)
