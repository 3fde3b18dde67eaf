"""``plainwork move``: make a transition."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.cli.changing import Manner, run_change
from plainwork.cli.context import CommitOption, DryRunOption, IdArgument, SetOption, TodayOption
from plainwork.plans.move import plan_move

StatusArgument = Annotated[str, typer.Argument(metavar="STATUS", help="The state to move it to.")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]


def move(
    context: typer.Context,
    id_: IdArgument,
    status: StatusArgument,
    *,
    assignments: SetOption = None,
    reason: ReasonOption = "",
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> int:
    """Move work to another state, if the guards on the way there hold.

    It says which approvals the pull request will need; `plainwork why ID STATUS` says all of it.

    For example: plainwork move ops-7k waiting --reason "Asked again"
    """
    return run_change(
        context,
        lambda situation: plan_move(situation, id_, status, assignments or (), reason),
        Manner(dry_run, commit, today),
    )


COMMAND = move
