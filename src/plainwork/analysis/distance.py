"""Days that are told by their distance from another one."""

from datetime import date

from plainwork.analysis.working_calendar import WorkingCalendar
from plainwork.model.quantity import Distance


def resolve_distance(
    distance: Distance, *, day: date, first_day: date, last_day: date, calendar: WorkingCalendar
) -> date:
    """Return the day that a distance means.

    Args:
        distance: For example ``date + 3bd``.
        day: What ``date`` stands for.
        first_day: The first day of its period.
        last_day: The last day of its period.
        calendar: On which business days are counted.
    """
    anchor = {"date": day, "first_day": first_day, "last_day": last_day}[distance.anchor]
    if distance.duration is None:
        return anchor
    return calendar.add_to_date(anchor, distance.duration, distance.sign)
