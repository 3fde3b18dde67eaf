"""``plainwork demo``: an example organisation to look around in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from plainwork.cli import clock
from plainwork.cli.context import TodayOption, invocation, parse_day
from plainwork.cli.init import make_folder
from plainwork.cli.output import write_lines
from plainwork.cli.runner import run_command
from plainwork.errors import RefusedError
from plainwork.plans.demo import compute_demo_history
from plainwork.storage.fast_import import render_fast_import
from plainwork.storage.repository import Repository, initialise_repository
from plainwork.storage.templates import DEMO, load_template

DirectoryArgument = Annotated[str, typer.Argument(metavar="[DIR]", help="A new folder for it.")]

_TIMEZONE = "Europe/Berlin"


def demo(
    context: typer.Context, directory: DirectoryArgument = "plainwork-demo", today: TodayOption = ""
) -> int:
    """Make a complete example workspace with six months of history, and show how it stands.

    For example: plainwork demo
    """
    root = Path(os.path.normpath(invocation(context).directory / directory)).absolute()
    _refuse_to_overwrite(root)
    day = parse_day(today, "--today") if today else clock.today(_TIMEZONE)
    commits = list(compute_demo_history(load_template(DEMO), day))
    make_folder(root)
    initialise_repository(root)
    with Repository.open(root) as repository:
        repository.fast_import(render_fast_import(commits, "main"))
    write_lines([f"An example organisation with {len(commits)} commits: {root}", ""])
    code = run_command("check", "check", ["--today", day.isoformat()], str(root))
    run_command("status", "status", ["--today", day.isoformat()], str(root))
    write_lines(["", "Next:", f"  cd {os.path.relpath(root)}"])
    return code


def _refuse_to_overwrite(root: Path) -> None:
    if os.path.lexists(root) and not (root.is_dir() and not any(root.iterdir())):
        message = f"{root} is there already; name a new folder: plainwork demo DIR"
        raise RefusedError(message)


COMMAND = demo
