"""Everything that happened, a field at a time: as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from plainwork.flow.field_changes import FieldEvent
from plainwork.reporting.csv import format_csv
from plainwork.reporting.envelope import encode, schema_name
from plainwork.reporting.values import format_value

_BATCH = 1_000
_HEADERS = tuple(FieldEvent.__struct_fields__)


def format_events_json(events: Iterable[FieldEvent]) -> Iterator[str]:
    """Yield the pieces of one JSON object, an event on each line."""
    yield f'{{\n"schema": "{schema_name("export")}",\n"events": ['
    for number, event in enumerate(events):
        yield f"{',' if number else ''}\n{encode(event).decode()}"
    yield "\n]\n}\n"


def format_events_csv(events: Iterable[FieldEvent]) -> Iterator[str]:
    """Yield the lines of a table, some at a time."""
    rest = iter(events)
    yield format_csv(_HEADERS, ())
    while batch := list(islice(rest, _BATCH)):
        rows = [[format_value(getattr(event, name)) for name in _HEADERS] for event in batch]
        yield format_csv(_HEADERS, rows).partition("\r\n")[2]
