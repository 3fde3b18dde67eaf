"""``plainwork check``: what is wrong with a workspace."""

from __future__ import annotations

import typer

from plainwork.cli.context import FormatOption, TodayOption, invocation
from plainwork.model.diagnostic import Severity


def check(context: typer.Context, format_: FormatOption = "text", today: TodayOption = "") -> int:
    """Say what is wrong, as `file:line:column: severity: message [rule]`."""
    call = invocation(context)
    snapshot = call.load()
    diagnostics = sorted(snapshot.diagnostics)
    for found in diagnostics:
        typer.echo(
            f"{found.location}: {found.severity.name.lower()}: {found.message} [{found.rule}]"
        )
    return int(any(found.severity is Severity.ERROR for found in diagnostics))


COMMAND = check
