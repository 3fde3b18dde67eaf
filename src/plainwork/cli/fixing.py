"""``plainwork check --fix``: mending what has one right answer."""

from __future__ import annotations

from collections.abc import Callable
from secrets import randbelow

import typer

from plainwork.cli.changing import Manner, has_effect, make_change
from plainwork.cli.context import invocation
from plainwork.cli.output import write_notice
from plainwork.model.plan import Plan
from plainwork.plans.fix import plan_fixes
from plainwork.plans.situation import Situation
from plainwork.storage.checking import load_check, load_surroundings


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
            situation.read_bytes,
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
