"""``plainwork flow``: how work flows, in numbers."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer

from plainwork.cli.context import AtOption, TodayOption, choose_format, parse_day
from plainwork.cli.measuring import ProjectOption, TeamOption, WorkflowOption
from plainwork.cli.output import find_screen, write_json, write_lines, write_notice
from plainwork.cli.past import find_scope, look_back
from plainwork.errors import UsageError

MeasureArgument = Annotated[
    str, typer.Argument(metavar="[MEASURE]", help="Every case behind one number.")
]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="DATE", help="The first day; else 26 weeks ago.")
]
UntilOption = Annotated[
    str, typer.Option("--until", metavar="DATE", help="The last day; else today.")
]
GroupOption = Annotated[
    str,
    typer.Option("--by", metavar="workflow|team|project|month", help="Numbers of each group."),
]
CompatOption = Annotated[
    str, typer.Option("--compat", metavar="TOOL", help="Count as another tool does; see above.")
]
PartialOption = Annotated[
    bool, typer.Option("--partial", help="Be content with a clone that is cut off.")
]
FlowFormatOption = Annotated[
    str, typer.Option("--format", metavar="text|json|csv", help="How to print.")
]


def flow(
    context: typer.Context,
    measure: MeasureArgument = "",
    *,
    workflow: WorkflowOption = "",
    team: TeamOption = "",
    project: ProjectOption = "",
    since: SinceOption = "",
    until: UntilOption = "",
    by: GroupOption = "",
    compat: CompatOption = "plainwork",
    partial: PartialOption = False,
    format_: FlowFormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show how items flow: how many, how fast, how reliably, and where their time goes.

    Everything follows from the history of the branch. With a measure every case behind it is
    listed: cycle-time, throughput, in-progress, service-level, states, cumulative, waste, doubts.

    --compat counts as jira-agile-metrics, actionable-agile or lighthouse do, and says how.

    For example: plainwork flow cycle-time --workflow purchase
    """
    choose_format(format_, "text", "json", "csv")
    from plainwork.flow.conventions import CONVENTIONS
    from plainwork.flow.measures import GROUPINGS, compute_flow
    from plainwork.flow.period import find_usual_start
    from plainwork.reporting.flow_tables import FLOW_TABLES

    _require(measure, FLOW_TABLES, f"no measure `{measure}`")
    _require(by, GROUPINGS, f"--by {by}: items are not grouped so")
    _require(compat, CONVENTIONS, f"--compat {compat}: no tool that is known here")
    sight = look_back(context, at=at, today=today)
    last = _parse_until(until, sight.today)
    first = parse_day(since, "--since") if since else find_usual_start(last)
    if first > last:
        message = f"--since {first} lies after {last}"
        raise UsageError(message)
    history = sight.events(partial=partial)
    found = compute_flow(
        history,
        sight.snapshot,
        sight.zone,
        since=first,
        until=last,
        today=sight.today,
        convention=CONVENTIONS[compat],
        scope=find_scope(sight, workflow, team, project),
        by=by,
    )
    if format_ == "json":
        write_json("flow", found)
        return
    from plainwork.reporting.flow_text import format_flow, format_flow_csv, format_measure

    if format_ == "csv":
        sys.stdout.write(format_flow_csv(found, measure))
        return
    screen = find_screen()
    if measure:
        width = screen.table_width
        lines = format_measure(
            found, measure, width=width, color=screen.color, blocks=screen.blocks
        )
    else:
        lines = format_flow(
            found,
            width=screen.width,
            height=screen.height,
            color=screen.color,
            blocks=screen.blocks,
        )
    write_lines(lines)
    if history.rewritten:
        from plainwork.reporting.log_text import REWRITTEN

        write_notice(REWRITTEN)


def _require(text: str, known: Iterable[str], problem: str) -> None:
    """Say what there is, if a text is not among it.

    Raises:
        UsageError: If it is not.
    """
    names = tuple(known)
    if text and text not in names:
        from plainwork.parsing.near_match import did_you_mean

        listed = f"there are {', '.join(names)}"
        message = f"{problem}; {did_you_mean(text, names) or listed}"
        raise UsageError(message)


def _parse_until(text: str, today: date) -> date:
    if not text:
        return today
    day = parse_day(text, "--until")
    if day > today:
        message = f"--until {day} lies after {today}: nothing has happened there yet"
        raise UsageError(message)
    return day


COMMAND = flow
