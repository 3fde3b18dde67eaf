"""Running one command: its module is imported, its arguments are read by Typer."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from plainwork.cli.context import Invocation


def run_command(module: str, name: str, arguments: list[str], directory: str) -> int:
    """Run a command.

    Args:
        module: Its module in this package, which has a ``COMMAND``: a function with Typer
            annotations that returns an exit code (None: 0), or a dict of such functions for a
            command with subcommands. It may have ``CONTEXT_SETTINGS`` for Click.
        name: What it is called.
        arguments: What was typed behind its name.
        directory: Where to look for the workspace.
    """
    found = import_module(f"plainwork.cli.{module}")
    command = found.COMMAND
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    if isinstance(command, dict):
        for subcommand, function in command.items():
            app.command(subcommand)(_exiting(function))
        app.callback(help=found.__doc__)(_no_arguments)
    else:
        settings = getattr(found, "CONTEXT_SETTINGS", None)
        app.command(name, context_settings=settings)(_exiting(command))
    click_command = typer.main.get_command(app)
    try:
        click_command.main(
            args=arguments,
            prog_name=f"plainwork {name}",
            obj=Invocation(Path(directory)),
        )
    except SystemExit as stop:
        sys.stdout.flush()
        return stop.code if isinstance(stop.code, int) else 0
    return 0


def _exiting(function: Callable[..., int | None]) -> Callable[..., Any]:
    """Make what a command returns its exit code."""

    @functools.wraps(function)
    def run(*arguments: Any, **options: Any) -> None:
        raise typer.Exit(function(*arguments, **options) or 0)

    return run


def _no_arguments() -> None:
    """Take the place of the group, so that one subcommand stays a subcommand."""
