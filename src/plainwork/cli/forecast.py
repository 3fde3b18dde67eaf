"""``plainwork forecast``: what to expect, from what was finished each day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from plainwork.cli.context import (
    AtOption,
    FormatOption,
    Invocation,
    TodayOption,
    choose_format,
    invocation,
    parse_day,
)
from plainwork.cli.measuring import ProjectOption, TeamOption, WorkflowOption
from plainwork.cli.output import find_screen, write_json, write_lines, write_notice
from plainwork.cli.past import find_scope, look_back
from plainwork.cli.viewing import Sight
from plainwork.errors import NotAWorkspaceError, UsageError
from plainwork.flow.outlook import Outlook, Question, Sample, compute_outlook
from plainwork.flow.scope import Scope

ThroughputOption = Annotated[
    str,
    typer.Option("--throughput", metavar="FILE", help="How many were finished each day, instead."),
]
ItemsOption = Annotated[
    int | None, typer.Option("--items", metavar="N", help="When will so many be finished?")
]
DaysOption = Annotated[
    int | None, typer.Option("--days", metavar="D", help="How many will be, in so many days?")
]
SinceOption = Annotated[
    str,
    typer.Option("--since", metavar="DATE", help="Rest on all days since; else on twelve weeks."),
]


def forecast(
    context: typer.Context,
    *,
    throughput: ThroughputOption = "",
    items: ItemsOption = None,
    days: DaysOption = None,
    workflow: WorkflowOption = "",
    team: TeamOption = "",
    project: ProjectOption = "",
    since: SinceOption = "",
    at: AtOption = "",
    today: TodayOption = "",
    format_: FormatOption = "text",
) -> None:
    """Say when work will be finished, and how much of it by then.

    What was finished on each day of the last twelve weeks may happen on any day to come: all
    courses are counted, none is drawn by lot, so the same history gives the same answer. 85%
    means: in 85 of 100 such courses it is true. Without --items and --days it is about all open
    work.

    FILE holds a whole number for each day, the oldest first, between blanks or on lines; it needs
    no workspace. Up to 10,000 items and 3,650 days.

    For example: plainwork forecast --team support --items 20
    """
    choose_format(format_, "text", "json")
    question = Question(items, days, open=items is None and days is None)
    if throughput:
        _refuse_together(question, Scope(workflow, team, project), since or at)
        found = _read_file(invocation(context), throughput, question, today)
    else:
        sight = look_back(context, at=at, today=today)
        found = _read_history(sight, find_scope(sight, workflow, team, project), since, question)
    if format_ == "json":
        write_json("forecast", found)
        return
    from plainwork.reporting.forecast_text import format_outlook

    screen = find_screen()
    write_lines(format_outlook(found, width=screen.width, color=screen.color, blocks=screen.blocks))


def _refuse_together(question: Question, scope: Scope, moment: str) -> None:
    if scope != Scope() or moment:
        message = "--throughput FILE takes the place of history, of which the other options choose"
        raise UsageError(message)
    if question.open:
        message = "--throughput FILE: say what to forecast, with --items N or --days D"
        raise UsageError(message)


def _read_file(call: Invocation, name: str, question: Question, today: str) -> Outlook:
    from plainwork.flow.forecast import MOST_ITEMS
    from plainwork.model.diagnostic import Diagnostic
    from plainwork.parsing.daily_counts import parse_daily_counts
    from plainwork.parsing.source_text import MAX_BYTES

    try:
        with (call.directory / name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as problem:
        message = f"{name}: {problem.strerror}"
        raise UsageError(message) from problem
    counts = parse_daily_counts(name, data, MOST_ITEMS)
    if isinstance(counts, Diagnostic):
        message = f"{counts.location}: {counts.message}; {counts.hint}"
        raise UsageError(message)
    sample = Sample(name, Scope(), None, None, days=len(counts), items=sum(counts))
    return compute_outlook(counts, sample, question, _find_day(call, today))


def _find_day(call: Invocation, today: str) -> date:
    """Return today where the workspace is, or in UTC outside of any."""
    from plainwork.cli import clock

    if today:
        return parse_day(today, "--today")
    try:
        return clock.today(call.load().settings.timezone)
    except NotAWorkspaceError:
        return clock.today("UTC")


def _read_history(sight: Sight, scope: Scope, since: str, question: Question) -> Outlook:
    from plainwork.flow.throughput import observe

    first = parse_day(since, "--since") if since else None
    history = sight.events(partial=False)
    if history.rewritten:
        from plainwork.reporting.log_text import REWRITTEN

        write_notice(REWRITTEN)
    observed = observe(history, sight.snapshot, scope, sight.zone, today=sight.today, since=first)
    if question.open:
        question = Question(observed.open, open=True)
    return compute_outlook(observed.finished, observed.sample, question, sight.today)


COMMAND = forecast
