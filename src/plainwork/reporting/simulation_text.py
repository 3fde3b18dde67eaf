"""What a proposed workflow would have refused, for people."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.flow.simulation import RefusalCount, RefusedMove, Simulation
from plainwork.reporting.table import format_table
from plainwork.reporting.text import escape_line, plural, style, wrap

_INDENT = "    "
_MOST_EXAMPLES = 3
_MOST_WORKS = 5
_HASH = 8


def format_simulation(found: Simulation, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of a simulation.

    Args:
        found: What would have happened.
        width: The columns of the screen.
        color: Whether headings are emphasised.
    """
    yield from wrap(_summarise(found), width=width)
    for reason in found.reasons:
        yield ""
        yield from _format_reason(reason, found, width=width, color=color)
    if found.migrations:
        yield ""
        yield style("Work in states that are gone", "bold", on=color)
        for each in found.migrations:
            to = f"goes to {each.to}" if each.to else "goes nowhere: `migrate:` has to say it"
            works = ", ".join(each.works[:_MOST_WORKS])
            more = f" and {len(each.works) - _MOST_WORKS} more" if each.works[_MOST_WORKS:] else ""
            line = f"{each.state} ({len(each.works)}) {to}: {works}{more}"
            yield from wrap(escape_line(line), width=width, indent="  ")
    yield ""
    yield from wrap(f"Not judged: {'; '.join(found.not_judged)}.", width=width)


def _summarise(found: Simulation) -> str:
    since = f" since {found.since}" if found.since else ""
    moves = plural(found.moves, "move")
    if not found.refused:
        return f"{found.workflow} as proposed would have refused none of {moves}{since}"
    count = len(found.refused)
    return f"{found.workflow} as proposed would have refused {count} of {moves}{since}"


def _format_reason(
    reason: RefusalCount, found: Simulation, *, width: int, color: bool
) -> Iterator[str]:
    first, *more = wrap(escape_line(reason.reason), width=width - len(_INDENT))
    yield style(f"{reason.count:>2}  {first}", "bold", on=color)
    yield from (f"{_INDENT}{line}" for line in more)
    examples = [move for move in found.refused if reason.reason in move.reasons]
    rows = [_row(move) for move in examples[:_MOST_EXAMPLES]]
    for line in format_table([""] * 5, rows, width=width - len(_INDENT)):
        yield f"{_INDENT}{line}"
    if len(examples) > _MOST_EXAMPLES:
        yield f"{_INDENT}… and {len(examples) - _MOST_EXAMPLES} more; --format json tells all"


def _row(move: RefusedMove) -> tuple[str, ...]:
    way = f"{move.old} → {move.new}" if move.old else f"new in {move.new}"
    return (move.day, move.commit[:_HASH], move.work, way, move.title)
