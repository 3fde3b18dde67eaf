"""``plainwork log``: what happened to work."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.cli.context import AtOption, FormatOption, choose_format, parse_day
from plainwork.cli.output import find_screen, write_json, write_lines, write_notice
from plainwork.cli.past import look_back
from plainwork.cli.viewing import Sight
from plainwork.errors import UsageError
from plainwork.model.history import History

_MOST = 40
"""As many of the latest changes are told unless --since asks for more."""

OneOrAllArgument = Annotated[
    str, typer.Argument(metavar="[ID]", help="A work, or a unique beginning of its id.")
]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="DATE", help="Everything since this day.")
]


def log(
    context: typer.Context,
    id_: OneOrAllArgument = "",
    *,
    since: SinceOption = "",
    format_: FormatOption = "text",
    at: AtOption = "",
) -> None:
    """Tell what happened to one work, or to all, the latest first: when, by whom, and what.

    What counts is what became official: the commits of the branch itself, a merge as a whole.
    Without an id it tells the latest 40 changes; --format json tells all.

    For example: plainwork log ops-7k3q9
    """
    choose_format(format_, "text", "json")
    from plainwork.flow.story import compute_story

    first = parse_day(since, "--since") if since else None
    sight = look_back(context, at=at)
    history = sight.events()
    as_json = format_ == "json"
    story = compute_story(
        history,
        sight.snapshot,
        sight.zone,
        work=_find(sight, history, id_) if id_ else "",
        since=first,
        most=None if id_ or since or as_json else _MOST,
    )
    if as_json:
        write_json("log", story)
        return
    from plainwork.reporting.log_text import format_remarks, format_story

    screen = find_screen()
    write_lines(format_story(story, width=screen.table_width, color=screen.color))
    for remark in format_remarks(story):
        write_notice(remark)


def _find(sight: Sight, history: History, text: str) -> str:
    """Return the id of work that is there, or that once was."""
    from plainwork.analysis.lookup import WORK, find_named

    try:
        return find_named(sight.snapshot, text, WORK).id
    except UsageError:
        for event in reversed(history.events):
            if event.work.lower() == text.lower():
                return event.work
        raise


COMMAND = log
