"""What is created because it is owed, and what was missed, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork.plans.tick import Late, Made, Tick
from plainwork.reporting.sections import Section, format_sections
from plainwork.reporting.text import ago, escape_line, wrap
from plainwork.reporting.title import format_day, format_due, format_title

_INDENT = "  "
_MOST_ROWS = 20


def format_tick(tick: Tick, *, width: int, color: bool, dry_run: bool = False) -> Iterator[str]:
    """Yield the lines of what is owed.

    Args:
        tick: What is owed.
        width: The columns of the screen.
        color: Whether headings are emphasised.
        dry_run: Whether nothing is created.
    """
    name = f"Owed until {format_day(tick.until)}" if tick.until else "Owed"
    yield format_title(name, tick.today, width=width, color=color)
    if not tick.created:
        yield from ("", "Nothing to create: what is owed is there.")
    for section in _sections(tick, dry_run=dry_run):
        if section.count:
            yield ""
            yield from format_sections([section], width=width, lines=None, color=color)
    for remark in _remarks(tick):
        first, *rest = wrap(remark, width=width - len(_INDENT))
        yield from ("", first, *(f"{_INDENT}{line}" for line in rest))


def _sections(tick: Tick, *, dry_run: bool) -> Iterator[Section]:
    heading = "To create" if dry_run else "Created"
    yield _section(heading, [_created(made, tick) for made in tick.created])
    missed = [
        (skipped.id, format_day(skipped.day), "the next has come; it is not made up for")
        for skipped in tick.skipped
    ]
    yield _section("Missed", missed)
    yield _section("Late", [_late(late, tick) for late in tick.late])


def _section(heading: str, rows: Sequence[tuple[str, ...]]) -> Section:
    return Section(heading, len(rows), "", rows[:_MOST_ROWS])


def _created(made: Made, tick: Tick) -> tuple[str, ...]:
    if made.due is not None:
        when = format_due(made.due, tick.today)
    else:
        when = ago((tick.today - made.day).days)
    return made.id, when, ", ".join(made.assignees), made.title


def _late(late: Late, tick: Tick) -> tuple[str, ...]:
    return (
        late.id,
        format_due(late.due, tick.today),
        ", ".join(late.assignees) or late.owner,
        late.title,
    )


def _remarks(tick: Tick) -> Iterator[str]:
    """Yield what a person should know besides, a paragraph each."""
    for made in tick.created:
        if made.absent:
            who = " and ".join(made.absent)
            yield f"{made.id}: {who} would do it, but not on {format_day(made.day)}"
    if tick.undated:
        number = len(tick.undated)
        creates = "1 work creates" if number == 1 else f"{number} works create"
        yield (
            f"{creates} more once a commit says since when it is so: {', '.join(tick.undated)};"
            " commit first, or `git fetch --unshallow`"
        )
    for unmade in tick.unmade:
        hint = f"; {unmade.hint}" if unmade.hint else ""
        yield f"Not created: {unmade.path}: {escape_line(unmade.message)}{hint} [{unmade.rule}]"
