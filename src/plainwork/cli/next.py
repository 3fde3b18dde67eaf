"""``plainwork next``: what to do next."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.analysis.lookup import PARTIES, find_named
from plainwork.cli.context import AtOption, FormatOption, TodayOption, choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import Sight
from plainwork.errors import UsageError
from plainwork.model.party import Party
from plainwork.views.next_work import compute_next
from plainwork.views.offered import find_unanswered
from plainwork.views.promises import Promises

ForOption = Annotated[
    str, typer.Option("--for", metavar="PARTY", help="For whom; otherwise for you.")
]


def next_work(
    context: typer.Context,
    *,
    party: ForOption = "",
    format_: FormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show what to do next: by priority, due day and age, and what waits for whom.

    For example: plainwork next --for nils
    """
    choose_format(format_, "text", "json")
    sight = Sight(context, at=at, today=today)
    screen = find_screen()
    found = compute_next(
        sight.snapshot,
        _find_party(sight, party),
        today=sight.today,
        last_changed=sight.last_changed,
        promises=Promises(sight.snapshot, sight.clocks()),
        offers=find_unanswered(sight.offers(), sight.snapshot),
        most=None if format_ == "json" else screen.height,
    )
    if format_ == "json":
        write_json("next", found)
        return
    from plainwork.reporting.next_text import format_next

    write_lines(format_next(found, width=screen.width, height=screen.height, color=screen.color))


def _find_party(sight: Sight, text: str) -> Party:
    """Return the party that is meant.

    Raises:
        UsageError: If nobody is.
    """
    id_ = find_named(sight.snapshot, text, PARTIES).id if text else sight.me
    found = sight.snapshot.party(id_)
    if found is None:
        message = (
            "nobody in this workspace has your e-mail address of Git; `plainwork set ID emails+=…`"
            " adds it to a person, or name somebody: plainwork next --for PARTY"
        )
        raise UsageError(message)
    return found


COMMAND = next_work
