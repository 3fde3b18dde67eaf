"""Short lists under headings, which share the lines of a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from plainwork.reporting.table import format_table
from plainwork.reporting.text import style

_INDENT = "  "


class Section(msgspec.Struct, frozen=True):
    """A list under a heading.

    Attributes:
        count: How long the whole list is.
        more: The command that shows all of it, or ``""``.
        rows: The cells of its first lines; :func:`spread` makes several of one entry.
    """

    heading: str
    count: int
    more: str
    rows: Sequence[tuple[str, ...]]


def format_sections(
    sections: Sequence[Section], *, width: int, lines: int | None, color: bool
) -> Iterator[str]:
    """Yield the lines of lists that are not empty.

    Args:
        sections: The lists.
        width: The columns of the screen.
        lines: How many lines there are for all of them, or None to show every row; if they are
            few, the last lists are headings only, and at least the first has a row.
        color: Whether headings are emphasised.
    """
    room = sum(len(section.rows) for section in sections)
    if lines is not None:
        room = lines - len(sections)
    for section, rows in zip(sections, _share(sections, room), strict=True):
        yield from _format_section(section, rows, width=width, color=color)


def _share(sections: Sequence[Section], room: int) -> list[int]:
    """Return how many rows each section shows: in turns, the first ones first."""
    shares = [0 for _ in sections]
    left = max(room, 1)
    while left > 0:
        growing = [at for at, section in enumerate(sections) if shares[at] < len(section.rows)]
        if not growing:
            break
        for at in growing[:left]:
            shares[at] += 1
        left -= len(growing)
    return shares


def _format_section(section: Section, rows: int, *, width: int, color: bool) -> Iterator[str]:
    heading = style(f"{section.heading} {section.count}", "bold", on=color)
    hidden = max(section.count - rows, 0)
    more = (f" · {hidden} more" if rows else "") + (f": {section.more}" if section.more else "")
    yield heading + (style(more, "dim", on=color) if hidden else "")
    if rows:
        lines = format_rows(section.rows[:rows], width - len(_INDENT))
        yield from (f"{_INDENT}{line}" for line in lines)


def format_rows(
    rows: Sequence[tuple[str, ...]],
    width: int | None,
    headers: Sequence[str] = (),
    *,
    color: bool = False,
) -> Iterator[str]:
    """Yield the lines of a table; columns that say nothing are left out."""
    names = headers or [""] * len(rows[0])
    columns = zip(names, zip(*rows, strict=True), strict=True)
    filled = [(name, cells) for name, cells in columns if any(cells)]
    cells = list(zip(*(cells for _, cells in filled), strict=True))
    return format_table([name for name, _ in filled], cells, width=width, color=color)


def spread(first: tuple[str, ...], texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each text, the cells before it in the first row only."""
    blank = ("",) * len(first)
    for number, text in enumerate(texts or ("",)):
        yield (*(blank if number else first), text)
