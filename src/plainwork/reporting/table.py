"""Aligned tables for terminals.

A list may have 100,000 rows, so widths are found and lines are put together a column at a time;
only columns with wide or combining characters are looked at cell by cell.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from plainwork.reporting.display_width import ELLIPSIS, cut, display_width, is_narrow, pad
from plainwork.reporting.text import escape_line, style

_GAP = "  "
_BREAK = "\n"
_NOT_BROKEN = 8
"""A first cell of so many columns never stands on a line of its own: nothing would be won."""


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
            The first column is never cut, because it holds what is pasted: under headers, a cell
            that leaves too little room for the others stands on a line of its own.
        align: One letter a column, ``<`` (left, also where letters are missing) or ``>``.
        flexible: The header of the column that gets what is left of the width, and is cut
            with ``…``; the last one if empty.
        whole: Headers of columns that are of no use when cut, such as dates.
        color: Whether headers are emphasised.
    """
    cells: list[Sequence[str]] = list(zip(*rows, strict=True)) or [()] * len(headers)
    columns = [_Column(header, texts) for header, texts in zip(headers, cells, strict=True)]
    if width is not None:
        kept = {at for at, header in enumerate(headers) if header in whole}
        gives = headers.index(flexible) if flexible else len(columns) - 1
        _fit(columns, width, gives, kept, breaks=any(headers))
    line = _GAP.join(
        column.layout(right=align[at : at + 1] == ">", last=at == len(columns) - 1)
        for at, column in enumerate(columns)
    )
    if any(headers):
        heading = (line % tuple(column.header for column in columns)).rstrip()
        yield style(heading, "bold", on=color)
    rows_of_cells = zip(*(column.cells for column in columns), strict=True)
    lines = map(str.rstrip, map(line.__mod__, rows_of_cells))
    if columns and columns[0].broken:
        yield from chain.from_iterable(each.split(_BREAK) for each in lines)
    else:
        yield from lines


_LEGIBLE = 8
"""Columns that the other cells keep, before the first one has what it would like to have."""


class _Column:
    """The cells of one column, made safe, with their width in columns of the terminal."""

    def __init__(self, header: str, cells: Sequence[str]) -> None:
        text = "".join(cells)
        self.header = escape_line(header)
        self.cells = cells if text.isprintable() else tuple(map(escape_line, cells))
        self.narrow = is_narrow(text) and is_narrow(header)
        measure = len if self.narrow else display_width
        self.width = max(measure(self.header), max(map(measure, self.cells), default=0))
        self.broken = False

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

    def break_behind(self, width: int) -> None:
        """Put cells that are wider than `width` columns on lines of their own."""
        width = max(width, display_width(self.header), _NOT_BROKEN)
        if width >= self.width:
            return
        widths = list(map(display_width, self.cells))
        self.width = max((each for each in widths if each <= width), default=0)
        self.width = max(self.width, display_width(self.header))
        self.broken = True
        below = _BREAK + " " * self.width
        self.cells = tuple(
            cell if cell_width <= width else f"{cell}{below}"
            for cell, cell_width in zip(self.cells, widths, strict=True)
        )

    def layout(self, *, right: bool, last: bool) -> str:
        """Return this column's part of the format of a line."""
        if last and not right:
            return "%s"
        if self.narrow:
            return f"%{self.width}s" if right else f"%-{self.width}s"
        self.header = pad(self.header, self.width, right=right)
        self.cells = tuple(pad(cell, self.width, right=right) for cell in self.cells)
        return "%s"


def _fit(
    columns: list[_Column], width: int, flexible: int, kept: set[int], *, breaks: bool
) -> None:
    room = width - len(_GAP) * (len(columns) - 1)
    if sum(column.width for column in columns) <= room:
        return
    gives = [columns[flexible]] if flexible not in kept else []
    fixed = [each for at, each in enumerate(columns) if at in kept and at != 0]
    others = [each for at, each in enumerate(columns) if at not in {*kept, 0, flexible}]
    # A quarter of the line stays for it; then the widest of the others give way too, equally.
    room -= sum(column.width for column in fixed) + _limited(gives, width // 4)
    if flexible != 0:
        if breaks:
            least = min(width // 5, room - _limited(others, _LEGIBLE))
            columns[0].break_behind(max(room - _limited(others, width // 8), least))
        room -= columns[0].width
    limit = next((limit for limit in range(room, 1, -1) if _limited(others, limit) <= room), 1)
    for column in others:
        column.limit(limit)
    for column in gives:
        column.limit(max(room - _limited(others, limit) + min(column.width, width // 4), 1))


def _limited(columns: list[_Column], limit: int) -> int:
    return sum(min(column.width, limit) for column in columns)
