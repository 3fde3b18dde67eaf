"""``plainwork approvals``: what waits for whose approval."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from plainwork.analysis.lookup import PARTIES, find_named
from plainwork.cli.context import FormatOption, Invocation, TodayOption, choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import Sight
from plainwork.errors import UsageError
from plainwork.model.party import Person, Team
from plainwork.views.open_approvals import OpenApprovals, OpenChange

if TYPE_CHECKING:
    from plainwork.forge.detect import Job

ForOption = Annotated[
    str,
    typer.Option("--for", metavar="PARTY", help="Only what waits for a person, a team or `me`."),
]

_ME = "me"
_LOCAL = ("", "signed", "file")
"""Kinds of forge without pull requests to ask for."""


def approvals(
    context: typer.Context,
    *,
    party: ForOption = "",
    format_: FormatOption = "text",
    today: TodayOption = "",
) -> None:
    """Show what waits for whose approval, and how they give it.

    It decides every open pull request, as `plainwork gate` does. Without a forge it is work that
    waits in a state from which an approval leads on.

    For example: plainwork approvals --for me
    """
    choose_format(format_, "text", "json")
    sight = Sight(context, today=today)
    found = _find(sight, _find_wanted(sight, party))
    if format_ == "json":
        write_json("approvals", found)
        return
    from plainwork.reporting.approvals_text import format_open_approvals

    screen = find_screen()
    write_lines(format_open_approvals(found, width=screen.width, color=screen.color))


def _find_wanted(sight: Sight, party: str) -> frozenset[str] | None:
    """Return the ids of the people who are meant, in lower case, or None: everybody.

    Raises:
        UsageError: If nobody is.
    """
    if not party:
        return None
    snapshot = sight.snapshot
    id_ = sight.me if party == _ME else find_named(snapshot, party, PARTIES).id
    found = snapshot.party(id_)
    if isinstance(found, Team):
        return frozenset(map(str.lower, found.people))
    if not isinstance(found, Person):
        message = (
            "nobody in this workspace has your e-mail address of Git"
            if party == _ME
            else f"{id_} is an agent, and agents approve nothing"
        )
        raise UsageError(message)
    return frozenset({found.id.lower()})


def _find(sight: Sight, wanted: frozenset[str] | None) -> OpenApprovals:
    from plainwork.cli.forge_access import find_ci_job
    from plainwork.views.open_approvals import compute_open_approvals, compute_waiting_work

    job = find_ci_job()
    snapshot = sight.snapshot
    if job is None and snapshot.settings.forge_kind in _LOCAL:
        return compute_waiting_work(snapshot, today=sight.today, wanted=wanted)
    names = {id_: party.name for id_, party in snapshot.parties.items()}
    changes = _decide_open(sight.call, job)
    return compute_open_approvals(changes, names, today=sight.today, wanted=wanted)


def _decide_open(call: Invocation, job: Job | None) -> Iterator[OpenChange]:
    from plainwork.cli.forge_access import open_access
    from plainwork.serving.deciding import fetch_and_decide

    access = open_access(call, job)
    for pull in access.forge.fetch_open():
        evidence = access.forge.fetch_evidence(pull.number)
        judged = fetch_and_decide(call.root, access.remote, evidence)
        yield OpenChange(pull.number, pull.title, pull.url, judged.decisions)


COMMAND = approvals
