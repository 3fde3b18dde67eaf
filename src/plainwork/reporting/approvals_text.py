"""What waits for whose approval, for people: a part for each of them."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.reporting.text import escape_line, plural, style, wrap
from plainwork.reporting.title import format_title
from plainwork.views.open_approvals import Asked, AskedPerson, OpenApprovals, Settled

_INDENT = "  "
_DEEPER = "    "
_MOST_CHANGES = 5


def format_open_approvals(found: OpenApprovals, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of what waits for whom.

    Args:
        found: What waits.
        width: The columns of the screen; only what is to be pasted goes beyond.
        color: Whether headings are coloured.
    """
    yield format_title("Waiting for approval", found.today, width=width, color=color)
    for person in found.people:
        yield ""
        yield from _format_person(person, found, width=width, color=color)
    if found.settled:
        yield ""
        yield style("Waiting for nobody", "bold", on=color)
    for settled in found.settled:
        yield from _format_settled(settled, width)
    if not found.people and not found.settled:
        yield ""
        yield "Nothing waits."


def _format_person(
    person: AskedPerson, found: OpenApprovals, *, width: int, color: bool
) -> Iterator[str]:
    noun = "pull request" if found.forge else "work"
    count = plural(len(person.asked), noun, "" if found.forge else "works")
    yield style(f"{escape_line(person.name)} · {count}", "bold", on=color)
    for asked in person.asked:
        yield from _format_asked(asked, width)


def _format_asked(asked: Asked, width: int) -> Iterator[str]:
    by = f" by {asked.by}" if asked.by else ""
    yield from wrap(escape_line(f"{asked.of}  {asked.title}{by}"), width=width, indent=_INDENT)
    for change in asked.changes[:_MOST_CHANGES]:
        yield from wrap(escape_line(change), width=width, indent=_DEEPER)
    if len(asked.changes) > _MOST_CHANGES:
        yield f"{_DEEPER}and {len(asked.changes) - _MOST_CHANGES} more"
    yield from wrap(escape_line(f"needs {', '.join(asked.rules)}"), width=width, indent=_DEEPER)
    yield from (f"{_DEEPER}{escape_line(each)}" for each in (asked.command, asked.url) if each)


def _format_settled(settled: Settled, width: int) -> Iterator[str]:
    heading = f"{settled.pull}  {settled.title}: {settled.verdict.value}, {settled.why}"
    yield from wrap(escape_line(heading), width=width, indent=_INDENT)
