"""``plainwork why``: every guard between here and there."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.analysis.lookup import WORK, find_named
from plainwork.cli.context import AtOption, FormatOption, IdArgument, TodayOption, choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import Sight
from plainwork.views.way_there import compute_way_there

StatusArgument = Annotated[
    str, typer.Argument(metavar="STATUS", help="The state that it is about to come to.")
]


def why(
    context: typer.Context,
    id_: IdArgument,
    status: StatusArgument,
    *,
    format_: FormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> int:
    """Show every guard between where work stands and a state: met, or who can meet it.

    It ends with 1 if no transitions lead there or a guard is not met.

    For example: plainwork why ops-7k3q9 done
    """
    choose_format(format_, "text", "json")
    sight = Sight(context, at=at, today=today)
    work = sight.snapshot.work(find_named(sight.snapshot, id_, WORK).id)
    assert work is not None  # noqa: S101 - it was found there
    way = compute_way_there(work, status, sight.snapshot, today=sight.today, me=sight.me)
    if format_ == "json":
        write_json("why", way)
    else:
        from plainwork.reporting.way_text import format_way

        screen = find_screen()
        write_lines(format_way(way, width=screen.width, color=screen.color))
    return 0 if way.free else 1


COMMAND = why
