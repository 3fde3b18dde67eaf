"""``plainwork reject``: reject work that was handed over."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from plainwork.cli.changing import Manner, run_change
from plainwork.cli.context import CommitOption, DryRunOption, IdArgument, TodayOption
from plainwork.errors import UsageError
from plainwork.plans.record import plan_answer

ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]


def reject(
    context: typer.Context,
    id_: IdArgument,
    *,
    reason: ReasonOption = "",
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> int:
    """Reject work that was handed over to your team, by a record.

    Until it has a way back or another team, it counts as blocked by yours.

    For example: plainwork reject ops-7k --reason "Serial numbers are missing"
    """
    if not reason.strip():
        message = "say why it is rejected: --reason TEXT"
        raise UsageError(message)
    return run_change(
        context,
        lambda situation: plan_answer(situation, id_, secrets.randbelow, rejected=reason),
        Manner(dry_run, commit, today),
    )


COMMAND = reject
