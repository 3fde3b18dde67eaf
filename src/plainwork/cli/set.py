"""``plainwork set``: change fields of a document."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.cli.changing import Manner, run_change
from plainwork.cli.context import CommitOption, DryRunOption, IdArgument, TodayOption
from plainwork.plans.set_fields import plan_set

AssignmentsArgument = Annotated[
    list[str],
    typer.Argument(metavar="FIELD=VALUE...", help="What each field shall say.", show_default=False),
]


def set_fields(
    context: typer.Context,
    id_: IdArgument,
    assignments: AssignmentsArgument,
    *,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> int:
    """Change fields of a document, and nothing else in its file.

    FIELD=VALUE sets, FIELD= unsets; FIELD+=A,B adds to a list, FIELD-=A takes away. A list or a
    map may be written as in a document: leave+='{from: 2026-12-14, until: 2026-12-31}'.

    For example: plainwork set ops-7k due=2026-05-01 labels+=docs,web
    """
    return run_change(
        context,
        lambda situation: plan_set(situation, id_, assignments),
        Manner(dry_run, commit, today),
    )


COMMAND = set_fields
