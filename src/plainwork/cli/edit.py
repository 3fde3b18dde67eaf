"""``plainwork edit``: open a document in an editor, and check it afterwards."""

from __future__ import annotations

import os
import shlex
import subprocess
from datetime import date
from pathlib import Path

import typer

from plainwork.analysis.lookup import find_named
from plainwork.cli.changing import commit_plan, refuse_without_git
from plainwork.cli.context import CommitOption, IdArgument, Invocation, TodayOption, invocation
from plainwork.cli.output import find_screen, write_lines, write_notice
from plainwork.cli.paths import from_here
from plainwork.errors import PlainworkError, StorageError, UsageError
from plainwork.model.diagnostic import Severity
from plainwork.model.plan import FileEdit, Plan
from plainwork.model.snapshot import Snapshot
from plainwork.reporting.diagnostics_text import format_text
from plainwork.storage.checking import load_check


def edit(
    context: typer.Context,
    id_: IdArgument,
    *,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> int:
    """Open a document in $VISUAL or $EDITOR, and check it afterwards.

    For example: EDITOR="code --wait" plainwork edit ops-7k
    """
    call = invocation(context)
    snapshot = call.load()
    day = call.today(today, snapshot)
    if commit:
        refuse_without_git(call.root)
    path = _find_path(snapshot, id_)
    file = call.root / path
    before = _read(file)
    _open_editor(file)
    after = _read(file)
    if before == after:
        write_notice(f"{path} was not changed")
    sound = _check(call, path, day)
    if commit and sound and before != after:
        commit_plan(call.root, Plan((FileEdit(path, before, after),), f"Edit {path}"))
    return 0 if sound else 1


def _find_path(snapshot: Snapshot, id_: str) -> str:
    """Return the path of a document, even of one that only an editor can mend."""
    try:
        return find_named(snapshot, id_).path
    except UsageError:
        wanted = id_.lower()
        names = {path.rpartition("/")[2].lower(): path for path in snapshot.unreadable}
        found = [path for name, path in names.items() if wanted and name.startswith(wanted)]
        if len(found) == 1:
            return found[0]
        raise


def _open_editor(file: Path) -> None:
    """Wait until an editor has been closed; its command line is split, and no shell sees it.

    Raises:
        UsageError: If there is no editor.
        PlainworkError: If it fails.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(command)
    except ValueError as error:
        message = f"$VISUAL or $EDITOR: {command}: {error}"
        raise UsageError(message) from error
    if not words:
        message = "which editor? set VISUAL or EDITOR, for example: export EDITOR=nano"
        raise UsageError(message)
    try:
        code = subprocess.run([*words, str(file)], check=False).returncode  # noqa: S603 - the user's own
    except OSError as error:
        message = f"{words[0]}: {error.strerror}; set VISUAL or EDITOR to an editor that is there"
        raise UsageError(message) from error
    if code:
        message = f"{words[0]} ended with {code}; {file.name} is as it left it"
        raise PlainworkError(message)


def _check(call: Invocation, path: str, day: date) -> bool:
    """Report what is wrong with a document; return whether there is no error."""
    found = [each for each in load_check(call.root, call.load(), day) if each.location.path == path]
    write_lines(format_text(from_here(call, found), documents=1, color=find_screen().color))
    return not any(each.severity is Severity.ERROR for each in found)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"{file}: {error.strerror}"
        raise StorageError(message) from error


COMMAND = edit
