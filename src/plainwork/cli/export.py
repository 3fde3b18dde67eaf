"""``plainwork export``: what happened, for other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from plainwork.cli.context import AtOption
from plainwork.cli.past import look_back
from plainwork.cli.viewing import Sight
from plainwork.errors import UsageError

FormatArgument = Annotated[
    str, typer.Argument(metavar="FORMAT", help="`xes`, `ocel`, `csv` or `json`.")
]


def export(context: typer.Context, format_: FormatArgument, *, at: AtOption = "") -> None:
    """Print what happened to work, for tools of process mining and for spreadsheets.

    xes: an event log (IEEE 1849): each work is a case, each state that it reached an event, with
    who made the change and the team. ocel: an object-centric one (OCEL 2.0, JSON), in which
    events also belong to projects, people and teams. csv, json: every field that changed, when
    and by whom.

    For example: plainwork export xes > work.xes
    """
    sight = look_back(context, at=at)
    formats = {"xes": _format_xes, "ocel": _format_ocel, "csv": _format_csv, "json": _format_json}
    if format_ not in formats:
        message = f"no format `{format_}`; there are {', '.join(formats)}"
        raise UsageError(message)
    sys.stdout.writelines(formats[format_](sight))


def _format_xes(sight: Sight) -> Iterator[str]:
    from plainwork.flow.cases import iterate_cases
    from plainwork.reporting.xes import format_xes

    cases = iterate_cases(sight.events(partial=False), sight.snapshot, sight.zone)
    return format_xes(sight.snapshot.settings.name, cases)


def _format_ocel(sight: Sight) -> Iterator[str]:
    from plainwork.flow.cases import iterate_cases
    from plainwork.flow.object_log import ObjectLog
    from plainwork.reporting.ocel import format_ocel

    history = sight.events(partial=False)
    cases = tuple(iterate_cases(history, sight.snapshot, sight.zone))
    return format_ocel(ObjectLog(cases, history, sight.snapshot, sight.zone))


def _format_csv(sight: Sight) -> Iterator[str]:
    from plainwork.flow.field_changes import iterate_field_events
    from plainwork.reporting.events_file import format_events_csv

    history = sight.events(partial=False)
    return format_events_csv(iterate_field_events(history, sight.snapshot, sight.zone))


def _format_json(sight: Sight) -> Iterator[str]:
    from plainwork.flow.field_changes import iterate_field_events
    from plainwork.reporting.events_file import format_events_json

    history = sight.events(partial=False)
    return format_events_json(iterate_field_events(history, sight.snapshot, sight.zone))


COMMAND = export
