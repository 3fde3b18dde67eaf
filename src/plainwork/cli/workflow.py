"""Workflows in words and pictures, and whether they are sound."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from plainwork.analysis.lookup import find_named
from plainwork.cli.context import AtOption, FormatOption, TodayOption, choose_format, parse_day
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import Sight
from plainwork.model.workflow import Workflow

WorkflowArgument = Annotated[
    str, typer.Argument(metavar="WORKFLOW", help="A workflow, or a unique beginning of its id.")
]
OneOrAllArgument = Annotated[
    str, typer.Argument(metavar="[WORKFLOW]", help="A workflow; without one: all of them.")
]
GraphFormatOption = Annotated[
    str, typer.Option("--format", metavar="text|svg|json", help="How to print.")
]
FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="The workflow as proposed.")]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="DATE", help="Judge what happened since this day.")
]


def list_workflows(
    context: typer.Context, *, format_: FormatOption = "text", at: AtOption = ""
) -> None:
    """Show all workflows, and how much work follows each.

    For example: plainwork workflow list
    """
    choose_format(format_, "text", "json")
    from plainwork.views.workflow_list import compute_workflow_list

    found = compute_workflow_list(Sight(context, at=at).snapshot)
    if format_ == "json":
        write_json("workflow-list", found)
        return
    from plainwork.reporting.workflow_text import format_workflow_list

    screen = find_screen()
    write_lines(format_workflow_list(found, width=screen.table_width, color=screen.color))


def show_workflow(
    context: typer.Context,
    workflow: WorkflowArgument,
    *,
    format_: FormatOption = "text",
    at: AtOption = "",
) -> None:
    """Say in words what a workflow demands and promises.

    For example: plainwork workflow show purchase
    """
    choose_format(format_, "text", "json")
    from plainwork.cli.show import write_workflow

    sight = Sight(context, at=at)
    write_workflow(sight, _find(sight, workflow), as_json=format_ == "json")


def lint_workflows(
    context: typer.Context,
    workflow: OneOrAllArgument = "",
    *,
    format_: FormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> int:
    """Say whether workflows are sound and their approvals can be met.

    For example: plainwork workflow lint purchase
    """
    choose_format(format_, "text", "json")
    sight = Sight(context, at=at, today=today)
    snapshot = sight.snapshot
    chosen = [_find(sight, workflow)] if workflow else list(snapshot.workflows.values())
    paths = {each.path for each in chosen}
    if not workflow:  # those that cannot be read, or whose id is taken, too
        paths |= {each.path for each in snapshot.definitions if each.kind == "workflow"}
    from plainwork.model.diagnostic import Severity

    found = [each for each in sight.check() if each.location.path in paths]
    if format_ == "json":
        from plainwork.reporting.diagnostics_json import format_json

        sys.stdout.write(format_json(found, documents=len(paths)))
    else:
        from plainwork.reporting.diagnostics_text import format_text

        write_lines(format_text(found, documents=len(paths), color=find_screen().color))
    return int(any(each.severity is Severity.ERROR for each in found))


def draw_workflow(
    context: typer.Context,
    workflow: WorkflowArgument,
    *,
    format_: GraphFormatOption = "text",
    at: AtOption = "",
) -> None:
    """Draw a workflow as text, or as SVG for a browser.

    For example: plainwork workflow graph purchase --format svg > purchase.svg
    """
    choose_format(format_, "text", "svg", "json")
    from plainwork.views.workflow_map import compute_workflow_map

    picture = compute_workflow_map(_find(Sight(context, at=at), workflow))
    if format_ == "json":
        write_json("workflow-graph", picture)
        return
    if format_ == "svg":
        from plainwork.site.pictures.workflow_map import render_workflow_map

        sys.stdout.write(render_workflow_map(picture))
        return
    from plainwork.reporting.workflow_text import format_workflow_graph

    screen = find_screen()
    write_lines(format_workflow_graph(picture, width=screen.width, color=screen.color))


def simulate_workflow(
    context: typer.Context,
    file: FileArgument,
    *,
    since: SinceOption = "",
    format_: FormatOption = "text",
) -> int:
    """Say what a proposed workflow would have refused.

    Every move of work that follows it is judged as it would be today, on the work as it was. What
    `migrate:` would do to work in states that are gone is shown, too. The file is a workflow as
    it would be in the workspace, and says by its id or name which one it would replace.

    For example: plainwork workflow simulate purchase.md --since 2026-01-01
    """
    choose_format(format_, "text", "json")
    from plainwork.cli.proposed_workflow import read_proposal, simulate

    sight = Sight(context)
    proposed = read_proposal(sight, file)
    if proposed is None:
        return 1
    first = parse_day(since, "--since") if since else None
    found = simulate(sight, proposed, first)
    if format_ == "json":
        write_json("workflow-simulate", found)
        return 0
    from plainwork.reporting.simulation_text import format_simulation

    screen = find_screen()
    write_lines(format_simulation(found, width=screen.width, color=screen.color))
    return 0


def _find(sight: Sight, text: str) -> Workflow:
    named = find_named(sight.snapshot, text, frozenset({"workflow"}))
    return sight.snapshot.workflows[named.id.lower()]


COMMAND = {
    "list": list_workflows,
    "show": show_workflow,
    "lint": lint_workflows,
    "graph": draw_workflow,
    "simulate": simulate_workflow,
}
