"""Workflows, policies and records for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plainwork.reporting.body_text import format_body, format_fields
from plainwork.reporting.sections import Section, format_sections, spread
from plainwork.reporting.text import escape_line, style, wrap
from plainwork.reporting.title import format_since
from plainwork.reporting.values import format_value
from plainwork.views.shown_definition import ShownPolicy, ShownRecord, ShownWorkflow


def format_workflow(shown: ShownWorkflow, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of a workflow."""
    yield from _heading(shown.id, shown.title, width=width, color=color)
    yield f"workflow of {shown.kind}s"
    yield ""
    pairs = [
        ("owner", shown.owner),
        ("team", shown.team),
        ("fields", ", ".join(shown.fields)),
        ("service level", shown.service_level),
        ("file", shown.path),
    ]
    yield from format_fields(pairs, width=width)
    yield ""
    states = [
        (
            state.name,
            state.category,
            str(state.count) if state.limit is None else f"{state.count} of {state.limit}",
            state.team,
            state.help,
        )
        for state in shown.states
    ]
    ways = [
        row
        for way in shown.transitions
        for row in spread((way.name, f"{', '.join(way.sources) or 'new'} → {way.to}"), way.needs)
    ]
    sections = [
        Section("States", len(states), "", states),
        Section("Ways", len(shown.transitions), "", ways),
    ]
    filled = [section for section in sections if section.count]
    yield from format_sections(filled, width=width, lines=None, color=color)
    yield from format_body(shown.body, width=width)


def format_policy(shown: ShownPolicy, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of a policy."""
    yield from _heading(shown.id, shown.title, width=width, color=color)
    yield "policy for everything that no other rule names" if shown.default else "policy"
    yield ""
    asked = "nothing, on purpose" if shown.approvals == () else "; ".join(shown.approvals or ())
    pairs = [
        ("owner", shown.owner),
        *(
            (f"for {name}", escape_line(format_value(value)))
            for name, value in shown.applies_to.items()
        ),
        ("approvals", asked),
        ("checks", "; ".join(shown.checks)),
        ("waivers", "; ".join(shown.waivers)),
        ("file", shown.path),
    ]
    yield from format_fields(pairs, width=width)
    yield from format_body(shown.body, width=width)


def format_record(shown: ShownRecord, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of a record."""
    statement = shown.statement
    yield from _heading(statement.id, statement.headline, width=width, color=color)
    since = format_since(statement.day, shown.today)
    yield f"{statement.kind} by {statement.by}, {since}".rstrip(", ")
    yield ""
    pairs = [
        *(("about", f"{id_} {title}".rstrip()) for id_, title in shown.about.items()),
        *((name, _line(value)) for name, value in shown.details.items()),
        ("file", shown.path),
    ]
    yield from format_fields(pairs, width=width)
    yield from format_body(shown.body, width=width)


def _line(value: Any) -> str:
    return escape_line(format_value(value))


def _heading(id_: str, title: str, *, width: int, color: bool) -> Iterator[str]:
    for line in wrap(f"{id_}  {escape_line(title)}", width=width):
        yield style(line, "bold", on=color)
