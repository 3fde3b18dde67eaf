"""``plainwork tick``: create what routines, states and missed targets owe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from plainwork.analysis.owed_occurrences import Horizon
from plainwork.cli import clock
from plainwork.cli.changing import Manner, load_situation, make_change
from plainwork.cli.context import (
    CommitOption,
    DryRunOption,
    FormatOption,
    TodayOption,
    choose_format,
    invocation,
    parse_day,
)
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.model.clock_run import ClockRun
from plainwork.model.plan import Plan
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.plans.situation import Situation
from plainwork.plans.tick import Tick, plan_tick

UntilOption = Annotated[
    str,
    typer.Option("--until", metavar="DATE", help="The last day; otherwise each routine's `ahead`."),
]


def tick(
    context: typer.Context,
    *,
    until: UntilOption = "",
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    format_: FormatOption = "text",
    today: TodayOption = "",
) -> int:
    """Create the work that routines, states and missed targets owe, and say what was missed.

    Running it twice changes nothing; two clones create the same files.

    For example: plainwork tick --dry-run
    """
    choose_format(format_, "text", "json")
    call = invocation(context)
    last = parse_day(until, "--until") if until else None
    found: list[Tick] = []

    def make_plan(situation: Situation) -> Plan:
        from plainwork.storage.entry_days import load_entry_days

        zone = clock.find_zone(situation.snapshot.settings.timezone)
        now = clock.end_of(situation.today, zone) if today else clock.now()
        plan, report = plan_tick(
            situation.snapshot,
            Horizon(situation.today, last),
            lambda works: load_entry_days(call.root, works, zone),
            lambda works: _load_runs(call.root, situation.snapshot, works, now),
        )
        found.append(report)
        return plan

    if dry_run and format_ == "json":
        make_plan(load_situation(call, today))
    else:
        make_change(context, make_plan, Manner(dry_run, commit, today))
    _tell(found[-1], format_, dry_run=dry_run)
    return int(bool(found[-1].unmade))


def _load_runs(
    root: Path, snapshot: Snapshot, works: Sequence[Work], now: datetime
) -> Iterable[ClockRun]:
    """Return how works passed clocks."""
    from plainwork.cli.clock_runs import load_runs
    from plainwork.flow.clock_standing import judge_runs, select_runs

    kept = load_runs(root, snapshot.settings)
    runs = select_runs((*kept.ended, *kept.open), works) if kept else ()
    return judge_runs(runs, snapshot, clock.find_zone(snapshot.settings.timezone), now)


def _tell(report: Tick, format_: str, *, dry_run: bool) -> None:
    if format_ == "json":
        write_json("tick", report)
        return
    from plainwork.reporting.tick_text import format_tick

    screen = find_screen()
    lines = format_tick(report, width=screen.width, color=screen.color, dry_run=dry_run)
    if dry_run:
        sys.stderr.write("".join(f"{line}\n" for line in lines))
    else:
        write_lines(lines)


COMMAND = tick
