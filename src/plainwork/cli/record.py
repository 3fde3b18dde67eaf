"""``plainwork record``: add a record about work."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from plainwork.cli.changing import Manner, run_change
from plainwork.cli.context import CommitOption, DryRunOption, SetOption, TextOption, TodayOption
from plainwork.model.record_document import RECORD_KIND_FIELDS
from plainwork.plans.record import NewRecord, plan_record

KindArgument = Annotated[
    str, typer.Argument(metavar="KIND", help=f"{', '.join(RECORD_KIND_FIELDS)}.")
]
AboutArgument = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Work that it is about.", show_default=False)
]


def record(
    context: typer.Context,
    kind: KindArgument,
    about: AboutArgument,
    *,
    assignments: SetOption = None,
    text: TextOption = "",
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> int:
    """Add a record about work: news, time spent, a measure, a waiver and the like.

    For example: plainwork record spent ops-7k --set time=3h
    """
    wanted = NewRecord(kind, about, assignments or (), text)
    return run_change(
        context,
        lambda situation: plan_record(situation, wanted, secrets.randbelow),
        Manner(dry_run, commit, today),
    )


COMMAND = record
