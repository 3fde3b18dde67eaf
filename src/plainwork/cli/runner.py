"""Running one command: its module is imported, its arguments are read by Typer."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
import typer.core

from plainwork.cli.context import Invocation
from plainwork.errors import UsageError


def run_command(
    module: str, name: str, arguments: list[str], directory: str, mapping: str = ""
) -> int:
    """Run a command.

    Args:
        module: Its module in this package, which has a ``COMMAND``: a function with Typer
            annotations that returns an exit code (None: 0), or a dict of such functions for a
            command with subcommands. It may have ``CONTEXT_SETTINGS`` for Click.
        name: What it is called.
        arguments: What was typed behind its name.
        directory: Where to look for the workspace.
        mapping: Through which the files there are read instead of as a workspace, or ``""``.
    """
    found = import_module(f"plainwork.cli.{module}")
    command = found.COMMAND
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    if isinstance(command, dict):
        for subcommand, function in command.items():
            app.command(subcommand, cls=_Command)(_exiting(function))
        app.callback(help=found.__doc__)(_no_arguments)
        arguments = arguments or ["--help"]
    else:
        settings = getattr(found, "CONTEXT_SETTINGS", None)
        app.command(name, cls=_Command, context_settings=settings)(_exiting(command))
    code = _run(
        typer.main.get_command(app),
        arguments,
        f"plainwork {name}",
        Invocation(Path(directory), mapping),
    )
    sys.stdout.flush()
    return code


class _Command(typer.core.TyperCommand):
    """A command whose usage is written as manual pages do it: only options stand in brackets."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


def _run(command: Any, arguments: list[str], name: str, call: Invocation) -> int:
    """Run a command of Typer; what it calls a usage error becomes ours, of one line.

    Raises:
        UsageError: If the arguments are not those of the command.
    """
    try:
        code = command.main(args=arguments, prog_name=name, obj=call, standalone_mode=False)
    except Exception as error:
        # The class has moved between versions of Typer; all of them have this method.
        format_message = getattr(error, "format_message", None)
        if format_message is None:
            raise
        context = getattr(error, "ctx", None)
        called = context.command_path if context else name
        message = f"{_in_our_words(format_message())}; `{called} --help` says more"
        raise UsageError(message) from error
    return code if isinstance(code, int) else 0


def _in_our_words(said: str) -> str:
    """Return what Typer says of arguments as a part of a sentence."""
    said = said.rstrip(".")
    extra = said.partition("unexpected extra argument(s) ")[2]
    if extra:
        return f"too many arguments {extra}: what has blanks stands in quotation marks"
    return f"{said[:1].lower()}{said[1:]}"


def _exiting(function: Callable[..., int | None]) -> Callable[..., Any]:
    """Make what a command returns its exit code."""

    @functools.wraps(function)
    def run(*arguments: Any, **options: Any) -> None:
        raise typer.Exit(function(*arguments, **options) or 0)

    return run


def _no_arguments() -> None:
    """Take the place of the group, so that one subcommand stays a subcommand."""
