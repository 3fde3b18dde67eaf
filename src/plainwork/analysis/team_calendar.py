"""Which calendar counts: the responsible team's, else the workspace's (``FORMAT.md``, Time)."""

from plainwork.analysis.working_calendar import WorkingCalendar
from plainwork.model.snapshot import Snapshot


def find_calendar(snapshot: Snapshot, team: str = "") -> WorkingCalendar:
    """Return the working calendar of a team; of the workspace, if the team has none of its own.

    Args:
        snapshot: The workspace.
        team: A team's id, or ``""``.
    """
    found = snapshot.team(team) if team else None
    calendars = snapshot.settings.calendars
    calendar = calendars.get(found.calendar) if found else None
    calendar = calendar or calendars.get(snapshot.settings.calendar)
    return WorkingCalendar(calendar) if calendar else WorkingCalendar()
