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
from plainwork.plans.create_work import find_default_workflow, plan_work
from plainwork.plans.new_document import NewDocument
from plainwork.plans.situation import Situation

WhatArgument = Annotated[
    str,
    typer.Argument(
        metavar="WORKFLOW",
        help=f"A workflow, or {', '.join(DEFINITIONS)}; may be left out for the default workflow.",
    ),
]
TitleArgument = Annotated[
    str | None, typer.Argument(metavar="[TITLE]", help="What it is; the name of a party.")
]


def new(
    context: typer.Context,
    what: WhatArgument,
    title: TitleArgument = None,
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

    def make_plan(situation: Situation) -> Plan:
        # A single argument is the title.
        kind = what if title is not None else find_default_workflow(situation.snapshot, what)
        wanted = NewDocument(kind, what if title is None else title, assignments or (), text)
        if kind in DEFINITIONS:
            return plan_definition(situation, wanted)
        return plan_work(situation, wanted, secrets.randbelow)

    manner = Manner(dry_run, commit, today)
    plan = make_change(context, make_plan, manner)
    created, *notes = plan.notes
    if not dry_run:
        write_lines([created])
    write_notes(notes, manner)


COMMAND = new
