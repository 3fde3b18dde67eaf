"""``plainwork owners``: who is accountable for what."""

from __future__ import annotations

import typer

from plainwork.cli.context import AtOption, FormatOption, TodayOption, choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import Sight
from plainwork.views.ownership import compute_ownership


def owners(
    context: typer.Context,
    *,
    format_: FormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show who is accountable for what, who is overloaded, and what nobody answers for.

    For example: plainwork owners --format json
    """
    choose_format(format_, "text", "json")
    sight = Sight(context, at=at, today=today)
    screen = find_screen()
    found = compute_ownership(
        sight.snapshot,
        today=sight.today,
        last_changed=sight.last_changed,
        most=None if format_ == "json" else screen.height,
    )
    if format_ == "json":
        write_json("owners", found)
        return
    from plainwork.reporting.owners_text import format_owners

    write_lines(format_owners(found, width=screen.width, color=screen.color))


COMMAND = owners
