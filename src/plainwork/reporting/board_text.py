"""The board for people: columns side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from plainwork.model.workflow import CLOSED
from plainwork.reporting.display_width import cut, pad
from plainwork.reporting.listing_text import NO_WORK
from plainwork.reporting.text import escape_line, plural, style, wrap
from plainwork.reporting.title import format_title
from plainwork.views.board import Board, Column
from plainwork.views.summary import WorkSummary

_GAP = "  "
_NARROWEST = 14
_TITLE_LINES = 2
_LINES_AROUND = 7
"""Title, headings, what is closed, the legend, and the empty lines between."""


def format_board(board: Board, *, width: int, height: int | None, color: bool) -> Iterator[str]:
    """Yield the lines of a board.

    Args:
        board: The board.
        width: The columns of the screen.
        height: Its lines, or None to show every card.
        color: Whether headings are emphasised.
    """
    name = f"Board of {board.workflow or board.workspace}".removesuffix(" of ")
    yield format_title(name, board.today, width=width, color=color)
    yield ""
    if not board.count:
        some = f"No item of {plural(board.total, 'work')}: `plainwork list` shows them all"
        yield some if board.total else NO_WORK
        return
    shown, folded = _choose(board.columns, width)
    if shown:
        yield from _format_columns(shown, width=width, height=height, color=color)
        yield ""
    if folded:
        yield from wrap(
            " · ".join(f"{column.label} {column.count}" for column in folded), width=width
        )
    legend = "  ".join(_legend(shown))
    if legend:
        yield legend


def _legend(columns: Sequence[Column]) -> Iterator[str]:
    """Yield what each mark that is shown stands for."""
    cards = [card for column in columns for card in column.cards]
    if any(card.overdue for card in cards):
        yield "! overdue"
    if any(card.blocked for card in cards):
        yield "× blocked"
    if any(column.over for column in columns):
        yield "▲ over the limit"


def _choose(columns: Sequence[Column], width: int) -> tuple[list[Column], list[Column]]:
    """Return the columns that are shown with cards, and those that are told in a line.

    Closed work is never shown; columns without work only if there is room for all.
    """
    most = (width + len(_GAP)) // (_NARROWEST + len(_GAP))
    open_ = [column for column in columns if column.category not in CLOSED]
    if len(open_) > most:
        open_ = [column for column in open_ if column.count]
    shown = open_[:most]
    folded = [column for column in columns if column not in shown and column.count]
    return shown, folded


def _format_columns(
    columns: Sequence[Column], *, width: int, height: int | None, color: bool
) -> Iterator[str]:
    column_width = (width - len(_GAP) * (len(columns) - 1)) // len(columns)
    headings = (pad(cut(_heading(column), column_width), column_width) for column in columns)
    yield style(_GAP.join(headings).rstrip(), "bold", on=color)
    room = None if height is None else max(height - _LINES_AROUND, _TITLE_LINES + 2)
    cells = [_format_cards(column, column_width, room) for column in columns]
    for line in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(pad(cell, column_width) for cell in line).rstrip()


def _heading(column: Column) -> str:
    if column.limit is None:
        return f"{column.label} {column.count}"
    return f"{column.label} {column.count} of {column.limit}{' ▲' if column.over else ''}"


def _format_cards(column: Column, width: int, room: int | None) -> list[str]:
    """Return the lines of a column; the last one says how many cards do not fit."""
    lines: list[str] = []
    for number, card in enumerate(column.cards):
        more = list(_format_card(card, width))
        rest = column.count - number
        # The line that counts the rest needs room too, unless this card is the last one.
        if room is not None and len(lines) + len(more) > room - (rest > 1):
            return [*lines, f"+ {rest} more"]
        lines += more
    hidden = column.count - len(column.cards)
    return [*lines, f"+ {hidden} more"] if hidden else lines


def _format_id(text: str, width: int) -> Iterator[str]:
    """Yield an id on as many lines as it takes: cut short, it could name other work too."""
    while len(text) > width:
        at = max(text.rfind(mark, 0, width) for mark in "-. ") + 1 or width
        yield cut(text[:at], width)
        text = text[at:]
    yield cut(text, width)


def _format_card(card: WorkSummary, width: int) -> Iterator[str]:
    marks = f"{'!' if card.overdue else ''}{'×' if card.blocked else ''}"
    yield from _format_id(f"{card.id} {marks}".rstrip(), width)
    title = list(wrap(escape_line(card.title), width=width, indent=" "))
    for number, line in enumerate(title[:_TITLE_LINES]):
        last = number == _TITLE_LINES - 1 and len(title) > _TITLE_LINES
        yield cut(f"{line} …" if last else line, width)
    who = ", ".join(card.assignees) or card.owner
    if who:
        yield cut(f" ({who})", width)
