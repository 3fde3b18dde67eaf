"""``plainwork status``: where all work stands."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.cli.context import AtOption, FormatOption, TodayOption, choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import Sight
from plainwork.errors import UsageError
from plainwork.views.promises import Promises
from plainwork.views.status import GROUPINGS, compute_status

ByOption = Annotated[
    str, typer.Option("--by", metavar="|".join(GROUPINGS), help="Count items in groups.")
]


def status(
    context: typer.Context,
    *,
    by: ByOption = "",
    format_: FormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show where all work stands and what needs attention, the most urgent first.

    For example: plainwork status --by team
    """
    choose_format(format_, "text", "json")
    if by and by not in GROUPINGS:
        message = f"--by {by}: work is counted by {', '.join(GROUPINGS)}"
        raise UsageError(message)
    sight = Sight(context, at=at, today=today)
    screen = find_screen()
    found = compute_status(
        sight.snapshot,
        today=sight.today,
        last_changed=sight.last_changed,
        promises=Promises(sight.snapshot, sight.clocks()),
        by=by,
        most=None if format_ == "json" else screen.height,
    )
    if format_ == "json":
        write_json("status", found)
        return
    from plainwork.reporting.status_text import format_status

    write_lines(format_status(found, width=screen.width, height=screen.height, color=screen.color))


COMMAND = status
