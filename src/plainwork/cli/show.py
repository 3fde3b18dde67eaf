"""``plainwork show``: one document with all that belongs to it."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.analysis.lookup import Named, find_named
from plainwork.cli.context import AtOption, FormatOption, TodayOption, choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.viewing import Sight
from plainwork.model.workflow import Workflow

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="An id, or a unique beginning.")]


def show(
    context: typer.Context,
    id_: IdArgument,
    *,
    format_: FormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> None:
    """Show a work, person, team, agent, workflow, policy or record with all that belongs to it.

    Of work: its fields and where they come from, dependencies both ways, parts, transitions and
    what each needs, records and history. Of a project: how it stands. Of people: their duties.

    For example: plainwork show ops-7k3q9
    """
    choose_format(format_, "text", "json")
    sight = Sight(context, at=at, today=today)
    found = find_named(sight.snapshot, id_)
    _SHOW.get(found.kind, _show_party)(sight, found, format_ == "json")


def _show_work(sight: Sight, found: Named, as_json: bool) -> None:
    from plainwork.views.shown_work import compute_shown_work
    from plainwork.views.work_index import WorkIndex

    work = sight.snapshot.work(found.id)
    assert work is not None  # noqa: S101 - it was found there
    shown = compute_shown_work(
        work,
        WorkIndex(sight.snapshot),
        today=sight.today,
        me=sight.me,
        history=sight.history(found.path),
        clocks=sight.clocks_of(work),
    )
    if as_json:
        write_json("show-work", shown)
        return
    from plainwork.reporting.show_text import format_work

    screen = find_screen()
    write_lines(format_work(shown, width=screen.width, color=screen.color))


def _show_party(sight: Sight, found: Named, as_json: bool) -> None:
    from plainwork.views.shown_party import compute_shown_party

    party = sight.snapshot.parties[found.id.lower()]
    shown = compute_shown_party(
        party, sight.snapshot, today=sight.today, last_changed=sight.last_changed
    )
    if as_json:
        write_json("show-party", shown)
        return
    from plainwork.reporting.party_text import format_party

    screen = find_screen()
    write_lines(format_party(shown, width=screen.width, color=screen.color))


def _show_workflow(sight: Sight, found: Named, as_json: bool) -> None:
    write_workflow(sight, sight.snapshot.workflows[found.id.lower()], as_json=as_json)


def write_workflow(sight: Sight, workflow: Workflow, *, as_json: bool) -> None:
    """Print what a workflow demands and promises."""
    from plainwork.views.workflow_rules import compute_workflow_rules

    rules = compute_workflow_rules(workflow, sight.snapshot)
    if as_json:
        write_json("show-workflow", rules)
        return
    from plainwork.reporting.workflow_text import format_workflow_rules

    screen = find_screen()
    write_lines(format_workflow_rules(rules, width=screen.width, color=screen.color))


def _show_policy(sight: Sight, found: Named, as_json: bool) -> None:
    from plainwork.views.shown_policy import compute_shown_policy

    shown = compute_shown_policy(sight.snapshot.policies[found.id.lower()])
    if as_json:
        write_json("show-policy", shown)
        return
    from plainwork.reporting.policy_text import format_policy

    screen = find_screen()
    write_lines(format_policy(shown, width=screen.width, color=screen.color))


def _show_record(sight: Sight, found: Named, as_json: bool) -> None:
    from plainwork.views.shown_record import compute_shown_record

    record = next(each for each in sight.snapshot.records if each.path == found.path)
    shown = compute_shown_record(record, sight.snapshot, sight.today)
    if as_json:
        write_json("show-record", shown)
        return
    from plainwork.reporting.record_text import format_record

    screen = find_screen()
    write_lines(format_record(shown, width=screen.width, color=screen.color))


_SHOW = {
    "work": _show_work,
    "workflow": _show_workflow,
    "policy": _show_policy,
    "record": _show_record,
}

COMMAND = show
