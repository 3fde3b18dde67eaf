"""``plainwork portfolio``: one row a project."""

from __future__ import annotations

import typer

from plainwork.cli.context import AtOption, FormatOption, TodayOption, choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import Sight
from plainwork.views.portfolio import compute_portfolio
from plainwork.views.work_index import WorkIndex


def portfolio(
    context: typer.Context,
    *,
    format_: FormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show one row a project: health as declared and as computed, progress, dates and money.

    For example: plainwork portfolio --at 2026-05-01
    """
    choose_format(format_, "text", "json")
    sight = Sight(context, at=at, today=today)
    found = compute_portfolio(WorkIndex(sight.snapshot), today=sight.today)
    if format_ == "json":
        write_json("portfolio", found)
        return
    from plainwork.reporting.portfolio_text import format_portfolio

    screen = find_screen()
    write_lines(format_portfolio(found, width=screen.width, color=screen.color))


COMMAND = portfolio
