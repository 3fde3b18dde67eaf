"""``plainwork accept``: accept work that was handed over."""

from __future__ import annotations

import secrets

import typer

from plainwork.cli.changing import Manner, run_change
from plainwork.cli.context import CommitOption, DryRunOption, IdArgument, TodayOption
from plainwork.plans.record import plan_answer


def accept(
    context: typer.Context,
    id_: IdArgument,
    *,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> int:
    """Accept work that was handed over to your team, by a record.

    For example: plainwork accept ops-7k
    """
    return run_change(
        context,
        lambda situation: plan_answer(situation, id_, secrets.randbelow),
        Manner(dry_run, commit, today),
    )


COMMAND = accept
