"""``plainwork codeowners``: whom the forge invites to review what, from the rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from plainwork.cli.changing import commit_plan, has_effect, refuse_without_git, show_diff
from plainwork.cli.context import CommitOption, DryRunOption, TodayOption, invocation
from plainwork.cli.output import write_lines, write_notice
from plainwork.cli.recipes import find_top, read_top_file
from plainwork.errors import RefusedError, UsageError
from plainwork.model.plan import FileEdit, Plan
from plainwork.model.snapshot import Snapshot
from plainwork.reporting.codeowners_file import HEAD, find_place, render_codeowners
from plainwork.views.codeowners import CodeOwners, compute_codeowners
from plainwork.views.setup import SIGNED

CheckOption = Annotated[
    bool, typer.Option("--check", help="Write nothing; fail if it is not what the rules say.")
]


def codeowners(
    context: typer.Context,
    *,
    check: CheckOption = False,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> int:
    """Write CODEOWNERS from the policies: one line for each folder and path that they guard.

    By it the forge invites reviewers; it enforces nothing. Who has no account on the forge in
    people/ or teams/ cannot be invited, and is named.

    For example: plainwork codeowners --check
    """
    call = invocation(context)
    if commit:
        refuse_without_git(call.root)
    snapshot = call.load()
    plan, owners = load_codeowners_plan(call.root, snapshot, call.today(today, snapshot))
    top = find_top(call.root)
    _tell_uninvited(owners)
    if check or dry_run:
        show_diff(top, plan)
        return int(check and has_effect(plan))
    if not has_effect(plan):
        write_notice(f"{plan.edits[0].path} says so already; nothing to change")
        return 0
    _refuse_foreign(plan.edits[0])
    from plainwork.storage.apply import apply_plan

    apply_plan(top, plan)
    write_lines(edit.path for edit in plan.edits)
    if commit:
        commit_plan(top, plan)
    return 0


def load_codeowners_plan(root: Path, snapshot: Snapshot, today: date) -> tuple[Plan, CodeOwners]:
    """Plan to write CODEOWNERS, with its path from the top of the repository.

    Raises:
        UsageError: If the workspace does not say which forge it is on, or it is on none.
    """
    kind = snapshot.settings.forge_kind
    if kind in ("", SIGNED):
        message = (
            "plainwork.toml names no forge that could invite anybody; write `[forge]` with `kind`"
            " and `repository` there"
        )
        raise UsageError(message)
    owners = compute_codeowners(snapshot, today)
    folder = root.resolve().relative_to(find_top(root)).as_posix()
    place = find_place(kind)
    after = render_codeowners(owners, kind, folder)
    edit = FileEdit(place, read_top_file(root, place), after)
    return Plan((edit,), "Invite reviewers by the rules"), owners


def _refuse_foreign(edit: FileEdit) -> None:
    """Overwrite only what has been made by this command.

    Raises:
        RefusedError: If somebody has written the file.
    """
    if edit.before is not None and not edit.before.startswith(HEAD.encode()):
        message = (
            f"{edit.path} was written by hand; move what it says into policies/, remove it, and"
            " run this again"
        )
        raise RefusedError(message)


def _tell_uninvited(owners: CodeOwners) -> None:
    if owners.without_account:
        names = ", ".join(owners.without_account)
        write_notice(f"not invited, for want of an account in people/: {names}")


COMMAND = codeowners
