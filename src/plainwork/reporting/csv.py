"""Tables for spreadsheets: CSV as RFC 4180 describes it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from plainwork.reporting.values import format_column

# The last four are the full-width forms of `=`, `+`, `-` and `@`.
_STARTS_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_QUOTED = re.compile(r'[",\r\n]')


def format_csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a whole file: a line of headers and a line a row, each ended by CR LF.

    A spreadsheet would run a cell that begins like a formula, and whoever writes a title writes
    cells; such a cell gets an apostrophe in front (OWASP, CSV injection). Numbers stay numbers.
    """
    lines = (_join(map(_format_cell, row)) for row in (headers, *rows))
    return b"".join(lines).decode()


def format_columns_csv(headers: Sequence[str], columns: Iterable[Sequence[Any]]) -> list[bytes]:
    """Return values of fields, which are given column by column, as a line of CSV each.

    Lines are as in :func:`format_csv`, in UTF-8; a cell may hold the end of one. Most values
    stand in many rows, and each is looked at once.
    """
    cells = map(_format_cells, map(format_column, columns))
    return [_join(map(_format_cell, headers)), *map(_join, zip(*cells, strict=True))]


def _format_cells(texts: Sequence[str]) -> Sequence[str]:
    formatted = {text: _format_cell(text) for text in set(texts)}
    return list(map(formatted.__getitem__, texts))


def _format_cell(text: str) -> str:
    if text[:1] in _STARTS_FORMULA and not _is_number(text):
        text = f"'{text}"
    if _QUOTED.search(text):
        quoted = text.replace('"', '""')
        return f'"{quoted}"'
    return text


def _join(cells: Iterable[str]) -> bytes:
    line = ",".join(cells) or '""'  # an empty line would be no row
    return f"{line}\r\n".encode("utf-8", "backslashreplace")


def _is_number(cell: str) -> bool:
    digits = cell[1:].replace(".", "", 1)
    return cell[0] in "+-" and digits.isascii() and digits.isdecimal()
