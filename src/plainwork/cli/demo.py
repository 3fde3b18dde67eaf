"""``plainwork demo``: an example organisation to look around in."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from shlex import quote
from shutil import which
from typing import Annotated

import typer

from plainwork.cli import clock
from plainwork.cli.context import Invocation, TodayOption, invocation, parse_day
from plainwork.cli.init import make_folder
from plainwork.cli.output import Progress, find_screen, write_lines
from plainwork.cli.paths import name_folder
from plainwork.cli.site import SITE
from plainwork.cli.viewing import Sight
from plainwork.errors import RefusedError
from plainwork.model.diagnostic import Severity
from plainwork.plans.demo import compute_demo_history
from plainwork.reporting.diagnostics_text import format_text
from plainwork.reporting.status_text import format_status
from plainwork.reporting.text import style
from plainwork.storage.checking import document_paths
from plainwork.storage.fast_import import render_fast_import
from plainwork.storage.git_questions import Identity
from plainwork.storage.repository import Repository, initialise_repository
from plainwork.storage.templates import load_demo
from plainwork.views.promises import Promises
from plainwork.views.status import compute_status

DirectoryArgument = Annotated[str, typer.Argument(metavar="[DIR]", help="A new folder for it.")]

_BRANCH = "main"
_TIMEZONE = "Europe/Berlin"
_YOU = Identity("Lena Vogt", "lena@nordlicht.example")
_NEXT = (
    ("plainwork next", "what Lena has to do"),
    ("plainwork why nl-8r5tw ordering", "who has to agree to a fork-lift"),
)
_LINES_AROUND = 6
"""Of the screen: the lines above the status, and what to try below it."""


ApprovalsOption = Annotated[
    bool, typer.Option("--approvals", help="Tell how a change is approved, merged and audited.")
]


def demo(
    context: typer.Context,
    directory: DirectoryArgument = "plainwork-demo",
    *,
    today: TodayOption = "",
    approvals: ApprovalsOption = False,
) -> int:
    """Make a complete example workspace with six months of history, and show how it stands.

    Its site is built, too: open the file that is named in a browser.

    With --approvals it tells in seven steps how a change earns its way in: on a small forge on this
    computer, without a network.

    For example: plainwork demo --approvals
    """
    root = Path(os.path.normpath(invocation(context).directory / directory)).absolute()
    _refuse_to_overwrite(root)
    day = parse_day(today, "--today") if today else clock.today(_TIMEZONE)
    commits = _make(root, day)
    if approvals:
        from plainwork.cli.demo_approvals import tell_approvals

        return 0 if tell_approvals(root, day) else 1
    context.obj = Invocation(root)
    sight = Sight(context, today=day.isoformat())
    sound = _check(sight, f"{name_folder(root)}: {commits} commits of six months; ")
    _build_site(sight)
    _show_status(sight)
    _say_what_next(root)
    return 0 if sound else 1


def _refuse_to_overwrite(root: Path) -> None:
    if os.path.lexists(root) and not (root.is_dir() and not any(root.iterdir())):
        message = f"{root} is there already; name a new folder: plainwork demo DIR"
        raise RefusedError(message)


def _make(root: Path, today: date) -> int:
    """Make the repository; return how many commits it has."""
    commits = list(compute_demo_history(load_demo(), today))
    make_folder(root)
    initialise_repository(root)
    with Repository.open(root) as repository:
        repository.fast_import(render_fast_import(commits, _BRANCH))
        repository.set_identity(_YOU)
    return len(commits)


def _check(sight: Sight, made: str) -> bool:
    """Say in one line what was made and how sound it is; return whether there is no error."""
    found = sight.check()
    *_, summary = format_text(found, documents=len(document_paths(sight.snapshot)))
    write_lines([f"{made}{summary}"])
    return not any(each.severity is Severity.ERROR for each in found)


def _show_status(sight: Sight) -> None:
    screen = find_screen()
    height = screen.height - _LINES_AROUND
    found = compute_status(
        sight.snapshot,
        today=sight.today,
        last_changed=sight.last_changed,
        promises=Promises(sight.snapshot, sight.clocks()),
        most=height,
    )
    write_lines(format_status(found, width=screen.width, height=height, color=screen.color))


def _build_site(sight: Sight) -> None:
    from plainwork.serving.site_build import SitePlan
    from plainwork.serving.site_sources import Moment, load_sources
    from plainwork.site.address import HOME

    root = sight.call.root
    moment = Moment(sight.snapshot, sight.check(), sight.today, sight.zone)
    SitePlan(root, load_sources(root, moment)).write(root / SITE, Progress("Building the site"))
    write_lines([f"{name_folder(root / SITE / HOME)}: its site, for a browser"])


def _say_what_next(root: Path) -> None:
    color = find_screen().color
    width = max(len(command) for command, _ in _NEXT)
    heading = style("Try next", "bold", on=color)
    write_lines(["", f"{heading}, as {_YOU.name}: {_way_to(root)}"])
    write_lines(f"  {command:<{width}}  {what}" for command, what in _NEXT)


def _way_to(root: Path) -> str:
    """Return what to type so that the commands work: in the demo, and with plainwork found."""
    step = f"cd {name_folder(root)}"
    program = Path(sys.argv[0])
    activate = program.with_name("activate")
    if program.name == "plainwork" and activate.exists() and which("plainwork") is None:
        return f". {quote(str(activate))} && {step}"
    return step


COMMAND = demo
