"""Object-centric event logs as JSON: OCEL 2.0, for tools of process mining."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from plainwork.flow.object_log import ObjectLog
from plainwork.reporting.envelope import encode


def format_ocel(log: ObjectLog) -> Iterator[str]:
    """Yield the pieces of a JSON document, an event or object on each line."""
    yield "{\n"
    yield from _format_list("objectTypes", log.object_types())
    yield ",\n"
    yield from _format_list("eventTypes", log.event_types())
    yield ",\n"
    yield from _format_list("events", log.iterate_events())
    yield ",\n"
    yield from _format_list("objects", log.iterate_objects())
    yield "\n}\n"


def _format_list(name: str, values: Iterable[Any]) -> Iterator[str]:
    yield f'"{name}": ['
    for number, value in enumerate(values):
        yield f"{',' if number else ''}\n{encode(value).decode()}"
    yield "\n]"
