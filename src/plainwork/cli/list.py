"""``plainwork list``: work that a query finds."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from plainwork.cli.context import AtOption, TodayOption, choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import QUERY_SETTINGS, QueryArgument, Sight, understood
from plainwork.views.listing import compute_listing, listed_works, parse_columns
from plainwork.views.selection import Selection

WhereOption = Annotated[
    str,
    typer.Option(
        "--where", metavar="CEL", help="A condition in CEL, such as priority == 'urgent'."
    ),
]
SortOption = Annotated[
    str, typer.Option("--sort", metavar="FIELD,…", help="Fields to sort by; -FIELD: highest first.")
]
ColumnsOption = Annotated[str, typer.Option("--columns", metavar="FIELD,…", help="Fields to show.")]
ListFormatOption = Annotated[
    str, typer.Option("--format", metavar="text|json|csv", help="How to print.")
]


def list_works(
    context: typer.Context,
    query: QueryArgument = None,
    *,
    where: WhereOption = "",
    sort: SortOption = "",
    columns: ColumnsOption = "",
    format_: ListFormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show work that a query finds, open before closed; without a query all of it.

    Words of a query: field:a,b (any of), field<v, field:none, -word (not), "some text", and
    open closed overdue blocked stale unowned mine, or the name of a saved view.

    Fields are what documents say (status, owner, assignees, due, priority, labels, project, …),
    and category, kind and accountable, which follow from it.

    For example: plainwork list open owner:me "due<today+7d" --sort -priority
    """
    choose_format(format_, "text", "json", "csv")
    sight = Sight(context, at=at, today=today)
    names = understood(parse_columns(columns, sight.snapshot))
    selected = sight.select(Selection(tuple(query or ()), where, sort))
    listing = compute_listing(
        sight.snapshot, selected.rows, names, today=sight.today, left_out=selected.left_out
    )
    if format_ == "json":
        write_json("list", listed_works(listing))
        return
    from plainwork.reporting.listing_text import format_listing, format_listing_csv

    if format_ == "csv":
        sys.stdout.write(format_listing_csv(listing))
        return
    screen = find_screen()
    write_lines(format_listing(listing, width=screen.table_width, color=screen.color))


COMMAND = list_works
CONTEXT_SETTINGS = QUERY_SETTINGS
