"""``plainwork raci``: who does, owns, advises and is informed."""

from __future__ import annotations

import typer

from plainwork.cli.context import AtOption, FormatOption, TodayOption, choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import QUERY_SETTINGS, QueryArgument, Sight
from plainwork.views.raci import compute_raci
from plainwork.views.selection import Selection


def raci(
    context: typer.Context,
    query: QueryArgument = None,
    *,
    format_: FormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show who is responsible, accountable, consulted and informed; without a query of open work.

    Responsible are the assignees, else the team, else the owner. `plainwork list --help` explains
    queries.

    For example: plainwork raci project:harbour open
    """
    choose_format(format_, "text", "json")
    sight = Sight(context, at=at, today=today)
    selected = sight.select(Selection(tuple(query or ("open",))))
    found = compute_raci(
        sight.snapshot, selected.rows, today=sight.today, left_out=selected.left_out
    )
    if format_ == "json":
        write_json("raci", found)
        return
    from plainwork.reporting.raci_text import format_raci

    screen = find_screen()
    write_lines(format_raci(found, width=screen.table_width, color=screen.color))


COMMAND = raci
CONTEXT_SETTINGS = QUERY_SETTINGS
