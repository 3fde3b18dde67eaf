"""``plainwork check --fix``: mending what has one right answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from secrets import randbelow

import typer

from plainwork.cli.changing import Manner, has_effect, make_change
from plainwork.cli.context import invocation
from plainwork.cli.output import write_notice
from plainwork.errors import StorageError
from plainwork.model.plan import Plan
from plainwork.plans.fix import plan_fixes
from plainwork.plans.situation import Situation
from plainwork.storage.checking import load_check, load_surroundings
from plainwork.storage.scan import read_document_file


def fix_workspace(context: typer.Context, is_chosen: Callable[[str], bool], manner: Manner) -> None:
    """Mend the files that are chosen, and say on standard error which they were.

    Raises:
        PlainworkError: If they cannot be read, written or committed.
    """
    root = invocation(context).root

    def make_plan(situation: Situation) -> Plan:
        snapshot = situation.snapshot
        surroundings = load_surroundings(root, snapshot)
        diagnostics = load_check(root, snapshot, situation.today, surroundings=surroundings)
        return plan_fixes(
            snapshot,
            [found for found in diagnostics if is_chosen(found.location.path)],
            lambda path: _read_file(root, path),
            clashes=[clash for clash in surroundings.clashes if is_chosen(clash.path)],
            random=randbelow,
        )

    plan = make_change(context, make_plan, manner)
    for note in plan.notes:
        write_notice(note)
    if not has_effect(plan):
        write_notice("nothing that could be mended without asking")
    elif not manner.dry_run:
        write_notice(f"mended {', '.join(edit.path for edit in plan.edits)}")


def _read_file(root: Path, path: str) -> bytes:
    data = read_document_file(root, path)
    if isinstance(data, bytes):
        return data
    message = f"{path}: {data.message if data else 'it is gone'}"
    raise StorageError(message)
