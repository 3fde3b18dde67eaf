"""Tables for spreadsheets: CSV as RFC 4180 describes it."""

from collections.abc import Iterable, Sequence
from typing import Any

from plainwork.reporting.text import replace_surrogates
from plainwork.reporting.values import format_column

# The last four are the full-width forms of `=`, `+`, `-` and `@`.
_STARTS_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def format_csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a whole file: a line of headers and a line a row, each ended by CR LF.

    A spreadsheet would run a cell that begins like a formula, and whoever writes a title writes
    cells; such a cell gets an apostrophe in front (OWASP, CSV injection). Numbers stay numbers.
    """
    return "".join(_format_lines(headers, rows))


def format_columns_csv(headers: Sequence[str], columns: Iterable[Sequence[Any]]) -> list[str]:
    """Return values of fields, which are given column by column, as a line of CSV each.

    Lines are as in :func:`format_csv`; a cell may hold the end of one.
    """
    return _format_lines(headers, zip(*map(format_column, columns), strict=True))


def _format_lines(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    import csv

    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([_neutral(cell) for cell in row] for row in rows)
    return list(map(replace_surrogates, lines))


class _Lines(list[str]):
    """What the writer of the standard library writes to: it writes each row in one piece."""

    def write(self, line: str) -> None:
        self.append(line)


def _neutral(cell: str) -> str:
    return f"'{cell}" if cell[:1] in _STARTS_FORMULA and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    digits = cell[1:].replace(".", "", 1)
    return cell[0] in "+-" and digits.isascii() and digits.isdecimal()
