"""``plainwork handoffs``: what passes from team to team, and how long it waits there."""

from __future__ import annotations

import sys

import typer

from plainwork.cli.context import AtOption, TodayOption, choose_format
from plainwork.cli.measuring import (
    Measurement,
    SinceOption,
    TableFormatOption,
    TeamOption,
    UntilOption,
)
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.past import find_scope, look_back


def handoffs(
    context: typer.Context,
    *,
    team: TeamOption = "",
    since: SinceOption = "",
    until: UntilOption = "",
    format_: TableFormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show what passes from team to team: how much, how long it waits, and what comes back.

    Work is offered by the change that makes another team responsible, and accepted by the first
    change that somebody of that team makes, or by a record. With --team every single handoff is
    listed with its commits; csv and json always have them.

    For example: plainwork handoffs --team hardware
    """
    choose_format(format_, "text", "json", "csv")
    from plainwork.flow.handoffs import compute_handoffs

    sight = look_back(context, at=at, today=today)
    measured = Measurement(sight, since, until)
    found = compute_handoffs(
        measured.evidence,
        since=measured.since,
        until=measured.until,
        team=find_scope(sight, "", team, "").team,
    )
    if format_ == "json":
        write_json("handoffs", found)
    elif format_ == "csv":
        from plainwork.reporting.handoffs_csv import format_handoffs_csv

        sys.stdout.write(format_handoffs_csv(found))
    else:
        from plainwork.reporting.handoffs_text import format_handoffs

        screen = find_screen()
        write_lines(format_handoffs(found, sight.today, width=screen.width, color=screen.color))


COMMAND = handoffs
