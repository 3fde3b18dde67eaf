"""What commands that change something share: a plan is made, shown or written, and committed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import msgspec
import typer

from plainwork.cli import clock
from plainwork.cli.context import Invocation, invocation
from plainwork.cli.output import find_screen, write_lines, write_notice
from plainwork.errors import RepositoryError, StorageError
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.plan import Plan
from plainwork.model.snapshot import Snapshot
from plainwork.plans.situation import Situation
from plainwork.reporting.text import escape_line

MakePlan = Callable[[Situation], Plan]


class Manner(msgspec.Struct, frozen=True):
    """How a change is made.

    Attributes:
        dry_run: The plan is shown as a diff, and nothing is written.
        commit: What was written is committed.
        today: What ``--today`` says.
    """

    dry_run: bool = False
    commit: bool = False
    today: str = ""


def make_change(context: typer.Context, make_plan: MakePlan, manner: Manner) -> Plan:
    """Make a plan, and show it or carry it out.

    The lock is held from before the workspace is read until the plan is written, so that of two
    commands at once the second sees what the first one did.

    Raises:
        PlainworkError: If there is no such plan, or it cannot be written or committed.
    """
    call = invocation(context)
    if manner.dry_run:
        plan = make_plan(load_situation(call, manner.today))
        show_diff(call.root, plan)
        return plan
    if manner.commit:
        refuse_without_git(call.root)
    from plainwork.storage.apply import writing

    with writing(call.root) as writer:
        for note in writer.notes:
            write_notice(escape_line(note))
        plan = make_plan(load_situation(call, manner.today))
        writer.apply(plan)
        if manner.commit and has_effect(plan):
            commit_plan(call.root, plan)
    return plan


def run_change(context: typer.Context, make_plan: MakePlan, manner: Manner) -> int:
    """Make a change, and say which documents it changed and what to know about it."""
    plan = make_change(context, make_plan, manner)
    if not has_effect(plan):
        write_notice(f"{plan.edits[0].path} says so already; nothing to change")
    elif not manner.dry_run:
        write_lines(edit.path for edit in plan.edits)
    write_notes(plan.notes, manner)
    return 0


def write_notes(notes: Iterable[str], manner: Manner) -> None:
    """Print what a person should know of a plan; beside the diff, if that is what is printed."""
    for note in notes:
        if manner.dry_run:
            write_notice(escape_line(note))
        else:
            write_lines([f"  {escape_line(note)}"])


def load_situation(call: Invocation, today: str) -> Situation:
    """Read the workspace, for a plan."""
    snapshot = call.load()
    day = call.today(today, snapshot)
    return Situation(
        snapshot,
        read_bytes=lambda path: _read_file(call.root, path),
        check=lambda document, around: _check(call.root, document, around, day),
        today=day,
        moment=today or _now(snapshot.settings.timezone),
        actor=call.me(snapshot),
    )


def show_diff(root: Path, plan: Plan) -> None:
    """Print a plan as Git would print its edits."""
    from plainwork.reporting.diff import format_for_terminal, format_unified_diff
    from plainwork.storage.git_folder import find_git_folder

    git = find_git_folder(root)
    top = git.worktree if git else root.resolve()
    place = root.resolve().relative_to(top).as_posix()
    prefix = "" if place == "." else f"{place}/"
    screen = find_screen()
    for edit in plan.edits:
        lines: Iterable[str] = format_unified_diff(prefix + edit.path, edit.before, edit.after)
        write_lines(format_for_terminal(lines, color=True) if screen.color else lines)


def commit_plan(root: Path, plan: Plan) -> None:
    """Commit exactly the paths of a plan that has been written.

    Raises:
        RepositoryError: If Git refuses.
    """
    from plainwork.storage.repository import Repository

    paths = [edit.path for edit in plan.edits if edit.before != edit.after]
    try:
        with Repository.open(root) as repository:
            commit = repository.commit_paths(paths, plan.message)
    except RepositoryError as error:
        message = f"{', '.join(paths)}: written, but not committed: {error}"
        raise RepositoryError(message) from error
    write_notice(f"committed {commit[:10]}: {plan.message}")


def has_effect(plan: Plan) -> bool:
    """Whether a plan changes anything."""
    return any(edit.before != edit.after for edit in plan.edits)


def _now(timezone: str) -> str:
    return clock.now().astimezone(clock.find_zone(timezone)).isoformat(timespec="seconds")


def refuse_without_git(root: Path) -> None:
    """Let a command pass that can commit.

    Raises:
        RepositoryError: If the workspace is in no repository.
    """
    from plainwork.storage.git_folder import find_git_folder

    if find_git_folder(root) is None:
        message = (
            f"{root}: not inside a Git work tree, so nothing can be committed; `git init` makes one"
        )
        raise RepositoryError(message)


def _read_file(root: Path, path: str) -> bytes:
    from plainwork.storage.scan import read_document_file

    data = read_document_file(root, path)
    if isinstance(data, bytes):
        return data
    message = f"{path}: {data.message if data else 'it is gone'}"
    raise StorageError(message)


def _check(
    root: Path, document: Document | None, around: Snapshot, today: date
) -> Iterable[Diagnostic]:
    from plainwork.model.surroundings import Surroundings
    from plainwork.rules import check_document, check_surroundings, check_workspace
    from plainwork.storage.checking import load_missing_files

    if document is not None:
        yield from check_document(document, around.workflows, around.settings)
    yield from check_workspace(around, today)
    missing = load_missing_files(root, around)
    yield from check_surroundings(around, Surroundings(missing_files=missing))
