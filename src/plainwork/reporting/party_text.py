"""A person, team or agent for people: duties above all."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.reporting.body_text import format_fields
from plainwork.reporting.presence_text import format_presence
from plainwork.reporting.sections import Section, format_sections
from plainwork.reporting.title import format_due, format_heading
from plainwork.views.shown_party import ShownParty
from plainwork.views.summary import WorkSummary

_ANSWERS_TO = {"person": "manager", "team": "lead", "agent": "sponsor"}
_MOST = 10


def format_party(shown: ShownParty, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of a party."""
    yield from format_heading(shown.id, shown.name, width=width, color=color)
    presence = format_presence(shown.presence)
    yield f"{shown.kind}, {presence}" if presence else shown.kind
    yield ""
    yield from format_fields(list(_fields(shown)), width=width)
    sections = [section for section in _sections(shown) if section.count]
    if sections:
        yield ""
    yield from format_sections(sections, width=width, lines=None, color=color)


def _fields(shown: ShownParty) -> Iterator[tuple[str, str]]:
    yield _ANSWERS_TO[shown.kind], shown.answers_to
    yield "emails", ", ".join(shown.emails)
    yield "accounts", ", ".join(f"{login} ({forge})" for forge, login in shown.accounts.items())
    yield "calendar", shown.calendar
    yield "capacity", f"{shown.capacity} a week" if shown.capacity else ""
    yield "members", ", ".join(shown.members)
    yield "teams below", ", ".join(shown.below)
    yield (
        "teams",
        ", ".join(f"{each.team} (lead)" if each.lead else each.team for each in shown.teams),
    )
    yield "agents", ", ".join(shown.agents)
    yield "routines", ", ".join(shown.routines)
    yield "workflows", ", ".join(shown.workflows)
    yield "may", ", ".join(shown.may)
    yield "file", shown.path


def _sections(shown: ShownParty) -> Iterator[Section]:
    yield _works("Does", f"plainwork list open assignees:{shown.id}", shown.assigned, shown)
    field = "owner" if shown.kind == "team" else "accountable"
    owned = f"plainwork list open {field}:{shown.id}"
    yield _works("Answers for", owned, shown.owns, shown)
    approves = [(each.rule, f"if {each.when}" if each.when else "") for each in shown.approves]
    yield Section("Approves", len(approves), "", approves)


def _works(heading: str, more: str, works: tuple[WorkSummary, ...], shown: ShownParty) -> Section:
    rows = [
        (work.id, work.state, format_due(work.due, shown.today), work.title)
        for work in works[:_MOST]
    ]
    return Section(heading, len(works), more, rows)
