"""``plainwork who``: who is there, who is away, who stands in."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.analysis.lookup import TEAM, find_named
from plainwork.cli.context import AtOption, FormatOption, TodayOption, choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import Sight
from plainwork.views.attendance import compute_attendance

TeamArgument = Annotated[str, typer.Argument(metavar="[TEAM]", help="A team; otherwise everybody.")]


def who(
    context: typer.Context,
    team: TeamArgument = "",
    *,
    format_: FormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show who is there, away or on duty, and who stands in.

    For example: plainwork who support --today 2026-12-24
    """
    choose_format(format_, "text", "json")
    sight = Sight(context, at=at, today=today)
    wanted = None
    if team:
        wanted = sight.snapshot.team(find_named(sight.snapshot, team, TEAM).id)
    found = compute_attendance(sight.snapshot, today=sight.today, team=wanted)
    if format_ == "json":
        write_json("who", found)
        return
    from plainwork.reporting.who_text import format_attendance

    screen = find_screen()
    write_lines(format_attendance(found, width=screen.width, color=screen.color))


COMMAND = who
