"""``plainwork new``: create work, a party, a policy or a workflow."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from plainwork.cli.changing import Manner, make_change, write_notes
from plainwork.cli.context import CommitOption, DryRunOption, SetOption, TextOption, TodayOption
from plainwork.cli.output import write_lines
from plainwork.model.plan import Plan
from plainwork.plans.create_definition import DEFINITIONS, plan_definition
from plainwork.plans.create_work import plan_work
from plainwork.plans.new_document import NewDocument
from plainwork.plans.situation import Situation

WhatArgument = Annotated[
    str,
    typer.Argument(metavar="WORKFLOW", help=f"A workflow, or {', '.join(DEFINITIONS)}."),
]
TitleArgument = Annotated[
    str, typer.Argument(metavar="TITLE", help="What it is; the name of a party.")
]


def new(
    context: typer.Context,
    what: WhatArgument,
    title: TitleArgument,
    *,
    assignments: SetOption = None,
    text: TextOption = "",
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> None:
    """Create work, a person, team, agent, policy or workflow; print its id and its path.

    For example: plainwork new task "Write the docs" --set due=2026-05-01
    """
    wanted = NewDocument(what, title, assignments or (), text)

    def make_plan(situation: Situation) -> Plan:
        if what in DEFINITIONS:
            return plan_definition(situation, wanted)
        return plan_work(situation, wanted, secrets.randbelow)

    manner = Manner(dry_run, commit, today)
    plan = make_change(context, make_plan, manner)
    created, *notes = plan.notes
    if not dry_run:
        write_lines([created])
    write_notes(notes, manner)


COMMAND = new
