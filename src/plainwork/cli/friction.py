"""``plainwork friction``: where time is lost."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from plainwork.cli.context import AtOption, TodayOption, choose_format
from plainwork.cli.measuring import (
    Measurement,
    ProjectOption,
    SinceOption,
    TableFormatOption,
    TeamOption,
    UntilOption,
    WorkflowOption,
)
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.past import find_scope, look_back
from plainwork.errors import UsageError

RANKINGS = ("states", "teams", "approvers", "blockers")

RankingArgument = Annotated[
    str, typer.Argument(metavar="[RANKING]", help="Every wait behind one ranking.")
]


def friction(
    context: typer.Context,
    ranking: RankingArgument = "",
    *,
    workflow: WorkflowOption = "",
    team: TeamOption = "",
    project: ProjectOption = "",
    since: SinceOption = "",
    until: UntilOption = "",
    format_: TableFormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show where time is lost: what items wait for, ranked by state, team, approver and blocker.

    Counted are waiting states, handoffs until they are accepted, what `blocked` names, and work
    in progress that other work holds back. With a ranking (states, teams, approvers, blockers)
    every single wait is listed with its commits; csv and json always have them.

    For example: plainwork friction approvers --workflow purchase
    """
    choose_format(format_, "text", "json", "csv")
    if ranking and ranking not in RANKINGS:
        message = f"no ranking `{ranking}`; there are {', '.join(RANKINGS)}"
        raise UsageError(message)
    from plainwork.flow.friction import compute_friction
    from plainwork.storage.kept_approvals import load_given_approvals

    sight = look_back(context, at=at, today=today)
    measured = Measurement(sight, since, until)
    found = compute_friction(
        measured.evidence,
        since=measured.since,
        until=measured.until,
        scope=find_scope(sight, workflow, team, project),
        given=load_given_approvals(sight.root, measured.history),
    )
    if format_ == "json":
        write_json("friction", found)
        return
    from plainwork.reporting.friction_text import (
        format_friction,
        format_friction_csv,
        format_ranking,
    )

    screen = find_screen()
    if format_ == "csv":
        sys.stdout.write(format_friction_csv(found, ranking))
    elif ranking:
        write_lines(format_ranking(found, ranking, width=screen.table_width, color=screen.color))
    else:
        write_lines(format_friction(found, sight.today, width=screen.width, color=screen.color))


COMMAND = friction
