"""Who is there, for people."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.reporting.presence_text import format_presence, format_stand_ins
from plainwork.reporting.sections import Section, format_rows, format_sections
from plainwork.reporting.title import format_title
from plainwork.views.attendance import Attendance, Attendant

_HEADERS = ("person", "today", "stands in", "stands in for", "on duty")


def format_attendance(found: Attendance, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of who is there.

    Args:
        found: Who it is.
        width: The columns of the screen.
        color: Whether headings are emphasised.
    """
    place = found.team or found.workspace
    name = f"Who is there: {place}" if place else "Who is there"
    yield format_title(name, found.today, width=width, color=color)
    yield ""
    rows = [_row(person) for person in found.people if person.presence.state != "left"]
    if not rows:
        yield 'There is nobody here yet: `plainwork new person "Name"` adds somebody.'
    else:
        yield from format_rows(rows, width, _HEADERS, color=color)
    left = [person for person in found.people if person.presence.state == "left"]
    sections = [
        Section("Left", len(left), "", [(person.id, person.name) for person in left]),
        Section(
            "Agents",
            len(found.agents),
            "",
            [
                (agent.id, f"{agent.owner} answers for it", format_presence(agent.presence))
                for agent in found.agents
            ],
        ),
    ]
    filled = [section for section in sections if section.count]
    if filled:
        yield ""
    yield from format_sections(filled, width=width, lines=None, color=color)


def _row(person: Attendant) -> tuple[str, ...]:
    if person.presence.state == "here":
        today = "here" if person.working else "no working day"
        stand_ins = ""
    else:
        today = format_presence(person.presence).partition(";")[0]
        stand_ins = format_stand_ins(person.presence)
    duties = ", ".join(duty.id for duty in person.duties)
    return (person.id, today, stand_ins, ", ".join(person.stands_in_for), duties)
