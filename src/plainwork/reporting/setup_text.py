"""Whether a workspace can enforce its rules, for people."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.reporting.text import escape_line, plural, style, wrap
from plainwork.views.setup import Setup, SetupFinding, State

_HEADINGS = {
    State.MISSING: "Missing",
    State.UNKNOWN: "Not known",
    State.ADVICE: "To consider",
    State.FINE: "In order",
}


def format_setup(setup: Setup, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of what enforcement rests on.

    Args:
        setup: What there is.
        width: The columns of the screen.
        color: Whether headings are emphasised.
    """
    for state, heading in _HEADINGS.items():
        findings = [finding for finding in setup.findings if finding.state is state]
        if not findings:
            continue
        yield style(f"{heading}:", "bold", on=color)
        for finding in findings:
            yield from _format_finding(finding, width)
        yield ""
    yield _conclude(setup)


def _format_finding(finding: SetupFinding, width: int) -> Iterator[str]:
    yield from _wrap(finding.what, "  - ", width)
    if finding.why:
        yield from _wrap(finding.why, "    ", width)
    if finding.remedy:
        yield from _wrap(finding.remedy, "    → ", width)


def _wrap(text: str, lead: str, width: int) -> Iterator[str]:
    """Break a text below its own beginning, which stands behind a lead."""
    indent = " " * len(lead)
    for number, line in enumerate(wrap(escape_line(text), width=width, indent=indent)):
        yield line if number else lead + line.removeprefix(indent)


def _conclude(setup: Setup) -> str:
    if setup.missing:
        return f"{plural(setup.missing, 'thing')} missing: the rules can be got round."
    if not setup.asked:
        return "Nothing is missing here; how the branch is protected was not asked."
    return "Nothing is missing."
