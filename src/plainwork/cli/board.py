"""``plainwork board``: work in columns."""

from __future__ import annotations

import sys

import typer

from plainwork.cli.context import AtOption, FormatOption, TodayOption, choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import QUERY_SETTINGS, QueryArgument, Sight
from plainwork.views.board import compute_board
from plainwork.views.selection import Selection

_ITEMS = ("kind:item",)


def board(
    context: typer.Context,
    query: QueryArgument = None,
    *,
    format_: FormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show work in columns: the states of a workflow, or categories where there are several.

    Limits of work in progress are marked; of closed work only the number is shown. Without a
    query all items are on the board. `plainwork list --help` explains queries.

    For example: plainwork board workflow:purchase
    """
    choose_format(format_, "text", "json")
    sight = Sight(context, at=at, today=today)
    selected = sight.select(Selection(tuple(query or _ITEMS)))
    screen = find_screen()
    height = screen.height if sys.stdout.isatty() else None
    found = compute_board(
        sight.snapshot,
        selected.rows,
        today=sight.today,
        last_changed=sight.last_changed,
        most=None if format_ == "json" else height,
        left_out=selected.left_out,
    )
    if format_ == "json":
        write_json("board", found)
        return
    from plainwork.reporting.board_text import format_board

    write_lines(format_board(found, width=screen.width, height=height, color=screen.color))


COMMAND = board
CONTEXT_SETTINGS = QUERY_SETTINGS
