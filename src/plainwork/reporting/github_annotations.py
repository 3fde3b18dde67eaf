"""Diagnostics as workflow commands, which GitHub shows beside the changed lines."""

from collections.abc import Iterator, Sequence

from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.reporting.text import escape_line

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def format_github_annotations(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield one workflow command a diagnostic.

    Nothing in a message can end its command or begin another: what does not print is shown, and
    the rest is escaped as the runner's own toolkit does (actions/toolkit, ``command.ts``).
    """
    for found in diagnostics:
        location = found.location
        properties = {
            "file": location.path,
            "line": str(location.line or ""),
            "col": str(location.column or ""),
            "title": found.rule,
        }
        written = ",".join(
            f"{name}={_escape_property(value)}" for name, value in properties.items() if value
        )
        message = "\n".join(map(escape_line, filter(None, (found.message, found.hint))))
        yield f"::{_COMMANDS[found.severity]} {written}::{_escape_data(message)}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(escape_line(text)).replace(":", "%3A").replace(",", "%2C")
