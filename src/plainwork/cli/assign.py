"""``plainwork assign``: say who does work."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.cli.changing import Manner, run_change
from plainwork.cli.context import CommitOption, DryRunOption, IdArgument, TodayOption
from plainwork.plans.assign import plan_assign

PartiesArgument = Annotated[
    list[str],
    typer.Argument(metavar="PARTY...", help="Who does it; `me` is you.", show_default=False),
]


def assign(
    context: typer.Context,
    id_: IdArgument,
    parties: PartiesArgument,
    *,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> int:
    """Say who does work: these, and nobody else.

    For example: plainwork assign ops-7k nils reply-drafter
    """
    return run_change(
        context,
        lambda situation: plan_assign(situation, id_, parties),
        Manner(dry_run, commit, today),
    )


COMMAND = assign
