"""``plainwork block``: say what work waits for."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.cli.changing import Manner, run_change
from plainwork.cli.context import CommitOption, DryRunOption, IdArgument, TodayOption
from plainwork.plans.block import plan_block

WaitsForArgument = Annotated[str, typer.Argument(metavar="TEXT", help="What it waits for.")]


def block(
    context: typer.Context,
    id_: IdArgument,
    waits_for: WaitsForArgument,
    *,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> int:
    """Say what work waits for, if that is not other work, which `depends_on` is for.

    For example: plainwork block ops-7k "The landlord has not answered"
    """
    return run_change(
        context,
        lambda situation: plan_block(situation, id_, waits_for),
        Manner(dry_run, commit, today),
    )


COMMAND = block
