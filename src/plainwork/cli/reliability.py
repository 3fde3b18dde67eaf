"""``plainwork reliability``: whether promises are kept."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from plainwork.cli.context import AtOption, TodayOption, choose_format
from plainwork.cli.measuring import (
    Measurement,
    ProjectOption,
    SinceOption,
    TableFormatOption,
    TeamOption,
    UntilOption,
    WorkflowOption,
)
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.past import find_scope, look_back
from plainwork.errors import UsageError

_PROMISES = ("routines", "clocks", "forecasts")

PromiseArgument = Annotated[
    str, typer.Argument(metavar="[PROMISE]", help="Every case behind one sort of promise.")
]


def reliability(
    context: typer.Context,
    promise: PromiseArgument = "",
    *,
    workflow: WorkflowOption = "",
    team: TeamOption = "",
    project: ProjectOption = "",
    since: SinceOption = "",
    until: UntilOption = "",
    format_: TableFormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show whether promises are kept: routines done by their date, clocks met, forecasts right.

    What was missed is named. With a promise (routines, clocks, forecasts) every single case is
    listed; csv and json always have them, with their commits.

    For example: plainwork reliability clocks --workflow support
    """
    choose_format(format_, "text", "json", "csv")
    if promise and promise not in _PROMISES:
        message = f"no promise `{promise}`; there are {', '.join(_PROMISES)}"
        raise UsageError(message)
    from plainwork.flow.reliability import compute_reliability

    sight = look_back(context, at=at, today=today)
    measured = Measurement(sight, since, until)
    found = compute_reliability(
        measured.evidence,
        since=measured.since,
        until=measured.until,
        scope=find_scope(sight, workflow, team, project),
    )
    if format_ == "json":
        write_json("reliability", found)
        return
    from plainwork.reporting.reliability_text import (
        format_promise,
        format_reliability,
        format_reliability_csv,
    )

    screen = find_screen()
    if format_ == "csv":
        sys.stdout.write(format_reliability_csv(found, promise))
    elif promise:
        write_lines(format_promise(found, promise, width=screen.table_width, color=screen.color))
    else:
        write_lines(format_reliability(found, sight.today, width=screen.width, color=screen.color))


COMMAND = reliability
