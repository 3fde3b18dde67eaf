"""Single cases under a heading: rows whose cells speak for themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from plainwork.reporting.table import format_table

_INDENT = "  "


def format_cases(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int | None,
    whole: Collection[str] = (),
    flexible: str = "",
    align: str = "",
) -> Iterator[str]:
    """Yield the lines of a table below a heading, without the names of its columns.

    Args:
        names: What its columns are called, for the arguments that follow; see
            :func:`~plainwork.reporting.table.format_table`.
        rows: Their cells.
        width: The columns of the screen, or None if nothing is to be cut.
        whole: Columns that are of no use when cut.
        flexible: The column that gives way.
        align: One letter a column.
    """
    room = None if width is None else width - len(_INDENT)
    lines = format_table(names, rows, width=room, whole=whole, flexible=flexible, align=align)
    next(lines)
    yield from (f"{_INDENT}{line}" for line in lines)
