"""Aligned tables for terminals.

A list may have 100,000 rows, so widths are found and lines are put together a column at a time;
only columns with wide or combining characters are looked at cell by cell.
"""

from collections.abc import Collection, Iterator, Sequence

from plainwork.reporting.display_width import ELLIPSIS, cut, display_width, is_narrow, pad
from plainwork.reporting.text import escape_line, style

_GAP = "  "


def format_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int | None = None,
    align: str = "",
    flexible: str = "",
    whole: Collection[str] = (),
    color: bool = False,
) -> Iterator[str]:
    """Yield the lines of a table, without blanks at their ends.

    Args:
        headers: The names of the columns; if all are empty there is no line for them.
        rows: The cells, in the order of `headers`; what does not print is shown escaped.
        width: The columns of the terminal, or None to cut nothing: the output is no terminal.
            The first column is never cut for another, because it holds what is pasted.
        align: One letter a column, ``<`` (left, also where letters are missing) or ``>``.
        flexible: The header of the column that gets what is left of the width, and is cut
            with ``…``; the last one if empty.
        whole: Headers of columns that are of no use when cut, such as dates.
        color: Whether headers are emphasised.
    """
    cells: list[Sequence[str]] = list(zip(*rows, strict=True)) or [()] * len(headers)
    columns = [_Column(header, texts) for header, texts in zip(headers, cells, strict=True)]
    if width is not None:
        kept = {0, *(at for at, header in enumerate(headers) if header in whole)}
        _fit(columns, width, headers.index(flexible) if flexible else len(columns) - 1, kept)
    line = _GAP.join(
        column.layout(right=align[at : at + 1] == ">", last=at == len(columns) - 1)
        for at, column in enumerate(columns)
    )
    if any(headers):
        heading = (line % tuple(column.header for column in columns)).rstrip()
        yield style(heading, "bold", on=color)
    rows_of_cells = zip(*(column.cells for column in columns), strict=True)
    yield from map(str.rstrip, map(line.__mod__, rows_of_cells))


class _Column:
    """The cells of one column, made safe, with their width in columns of the terminal."""

    def __init__(self, header: str, cells: Sequence[str]) -> None:
        text = "".join(cells)
        self.header = escape_line(header)
        self.cells = cells if text.isprintable() else tuple(map(escape_line, cells))
        self.narrow = is_narrow(text) and is_narrow(header)
        measure = len if self.narrow else display_width
        self.width = max(measure(self.header), max(map(measure, self.cells), default=0))

    def limit(self, width: int) -> None:
        """Cut what is wider than `width` columns, which are at least one."""
        if width >= self.width:
            return
        self.header, self.width = cut(self.header, width), width
        if self.narrow:
            self.cells = tuple(
                cell if len(cell) <= width else f"{cell[: width - 1]}{ELLIPSIS}"
                for cell in self.cells
            )
        else:
            self.cells = tuple(cut(cell, width) for cell in self.cells)

    def layout(self, *, right: bool, last: bool) -> str:
        """Return this column's part of the format of a line."""
        if last and not right:
            return "%s"
        if self.narrow:
            return f"%{self.width}s" if right else f"%-{self.width}s"
        self.header = pad(self.header, self.width, right=right)
        self.cells = tuple(pad(cell, self.width, right=right) for cell in self.cells)
        return "%s"


def _fit(columns: list[_Column], width: int, flexible: int, kept: set[int]) -> None:
    room = width - len(_GAP) * (len(columns) - 1)
    if sum(column.width for column in columns) <= room:
        return
    gives = columns[flexible]
    fixed = sum(columns[at].width for at in kept if at != flexible)
    others = [column for at, column in enumerate(columns) if at not in kept and at != flexible]
    # A fifth of the line stays for it; then the widest of the others give way too, equally.
    left = room - fixed - min(gives.width, width // 5)
    limit = next((limit for limit in range(left, 1, -1) if _limited(others, limit) <= left), 1)
    for column in others:
        column.limit(limit)
    gives.limit(max(room - fixed - _limited(others, limit), 1))


def _limited(columns: list[_Column], limit: int) -> int:
    return sum(min(column.width, limit) for column in columns)
