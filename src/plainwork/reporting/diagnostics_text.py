"""Diagnostics for people: one line each, in the form that editors jump to."""

from collections.abc import Iterator, Sequence

from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.reporting.text import Style, escape_line, plural, style

_COLORS: dict[Severity, Style] = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.INFO: "blue",
}


def format_text(
    diagnostics: Sequence[Diagnostic], *, documents: int, color: bool = False
) -> Iterator[str]:
    """Yield ``file:line:column: severity: message [rule]``, hints below, and a last line.

    Args:
        diagnostics: In the order in which they are shown.
        documents: How many documents were checked.
        color: Whether the output is a terminal that shows colours.
    """
    for found in diagnostics:
        yield from format_diagnostic(found, color=color)
    yield _summary(diagnostics, documents)


def format_diagnostic(found: Diagnostic, *, color: bool = False) -> Iterator[str]:
    """Yield the line of a diagnostic, and its hint on another."""
    place = style(escape_line(str(found.location)), "bold", on=color)
    label = style(found.severity.name.lower(), _COLORS[found.severity], on=color)
    rule = style(f"[{found.rule}]", "dim", on=color)
    yield f"{place}: {label}: {escape_line(found.message)} {rule}"
    if found.hint:
        yield f"  hint: {escape_line(found.hint)}"


def _summary(diagnostics: Sequence[Diagnostic], documents: int) -> str:
    if not diagnostics:
        return f"no problems found in {plural(documents, 'document')}"
    severities = [found.severity for found in diagnostics]
    infos = severities.count(Severity.INFO)
    return ", ".join(
        (
            plural(severities.count(Severity.ERROR), "error"),
            plural(severities.count(Severity.WARNING), "warning"),
            *((plural(infos, "info", "infos"),) if infos else ()),
        )
    )
