"""``plainwork handoff``: offer work to another team."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.cli.changing import Manner, run_change
from plainwork.cli.context import CommitOption, DryRunOption, IdArgument, TodayOption
from plainwork.plans.assign import plan_handoff

TeamArgument = Annotated[str, typer.Argument(metavar="TEAM", help="Who shall be responsible.")]


def handoff(
    context: typer.Context,
    id_: IdArgument,
    team: TeamArgument,
    *,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> int:
    """Offer work to another team, which accepts or rejects it.

    For example: plainwork handoff ops-7k finance
    """
    return run_change(
        context,
        lambda situation: plan_handoff(situation, id_, team),
        Manner(dry_run, commit, today),
    )


COMMAND = handoff
