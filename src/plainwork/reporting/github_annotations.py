"""Diagnostics as workflow commands, which GitHub shows beside the changed lines."""

from collections.abc import Iterator, Sequence

from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.reporting.workflow_command import format_command

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def format_github_annotations(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield one workflow command a diagnostic."""
    for found in diagnostics:
        location = found.location
        properties = {
            "file": location.path,
            "line": str(location.line or ""),
            "col": str(location.column or ""),
            "title": found.rule,
        }
        lines = filter(None, (found.message, found.hint))
        yield format_command(_COMMANDS[found.severity], lines, properties)
