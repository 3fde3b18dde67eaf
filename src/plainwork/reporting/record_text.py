"""A record for people."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.reporting.body_text import format_body, format_fields
from plainwork.reporting.text import escape_line
from plainwork.reporting.title import format_heading, format_since
from plainwork.reporting.values import format_value
from plainwork.views.shown_record import ShownRecord


def format_record(shown: ShownRecord, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of a record."""
    statement = shown.statement
    yield from format_heading(statement.id, statement.headline, width=width, color=color)
    since = format_since(statement.day, shown.today)
    yield f"{statement.kind} by {statement.by}, {since}".rstrip(", ")
    yield ""
    pairs = [
        *(("about", f"{id_} {title}".rstrip()) for id_, title in shown.about.items()),
        *((name, escape_line(format_value(value))) for name, value in shown.details.items()),
        ("file", shown.path),
    ]
    yield from format_fields(pairs, width=width)
    yield from format_body(shown.body, width=width)
