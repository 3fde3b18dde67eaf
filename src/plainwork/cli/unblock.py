"""``plainwork unblock``: say that work waits no longer."""

from __future__ import annotations

import typer

from plainwork.cli.changing import Manner, run_change
from plainwork.cli.context import CommitOption, DryRunOption, IdArgument, TodayOption
from plainwork.plans.block import plan_unblock


def unblock(
    context: typer.Context,
    id_: IdArgument,
    *,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> int:
    """Say that work waits no longer for what `block` said.

    For example: plainwork unblock ops-7k
    """
    return run_change(
        context,
        lambda situation: plan_unblock(situation, id_),
        Manner(dry_run, commit, today),
    )


COMMAND = unblock
