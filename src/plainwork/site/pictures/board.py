"""The board at a glance: columns with how much work each has, and its most urgent cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork.site.pictures.legend import category_word, draw_legend, legend_height
from plainwork.site.pictures.paint import category_role
from plainwork.site.pictures.svg import (
    NARROWEST,
    SMALL,
    label,
    picture,
    printable,
    rectangle,
)
from plainwork.site.pictures.time_axis import format_day
from plainwork.views.board import Board, Column
from plainwork.views.summary import WorkSummary
from plainwork.views.text_width import wrap

_MOST_COLUMNS = 12
MOST_CARDS = 4
_ROOM = 1_100
"""How wide the page is at a desk: columns become narrower before a board is wider than that."""
_WIDEST, _LEAST = 148, 100
"""Of a column."""
_GAP = 10
_HEAD = 48
_CARD = 58
_CARD_GAP = 6
_PADDING = 8
_LINE = 15


def render_board(board: Board, *, name: str = "board", title: str = "Board") -> str:
    """Return a board as SVG, which scrolls where it is wider than its place.

    Args:
        board: The board; of the columns with work the first 12 are drawn, of each the first 4
            cards, and what else there is is said.
        name: What no other picture of the page has.
        title: Whose board it is.
    """
    filled = [column for column in board.columns if column.count]
    columns = filled[:_MOST_COLUMNS]
    rest = len(filled) - len(columns)
    cards = max((_rows(column) for column in columns), default=0)
    bottom = _HEAD + cards * (_CARD + _CARD_GAP) + _PADDING
    legend = tuple(_legend(columns, rest))
    wide = _column_width(len(columns))
    width = max(len(columns) * (wide + _GAP) - _GAP, NARROWEST)
    height = bottom + (legend_height(legend) if legend else 0)
    content = (*_draw(columns, wide, bottom, width, height), *draw_legend(legend, bottom))
    return picture(name, title, _describe(board), content, width=width, height=height)


def _column_width(count: int) -> int:
    return max(_LEAST, min(_WIDEST, (_ROOM + _GAP) // max(count, 1) - _GAP))


def _draw(
    columns: Sequence[Column], wide: int, bottom: float, width: float, height: float
) -> Iterator[str]:
    yield rectangle("paper", 0, 0, width, height)
    for place, column in enumerate(columns):
        yield from _column(column, place * (wide + _GAP), wide, bottom - _PADDING)
    if not columns:
        yield label("There is no work.", 0, _LINE, wide, role="quiet")


def _column(column: Column, x: float, wide: int, bottom: float) -> Iterator[str]:
    room = wide - 2 * _PADDING
    yield rectangle("plane", x, 0, wide, bottom, round_=6)
    yield rectangle(category_role(column.category), x, 0, wide, 5, round_=2)
    yield label(column.label, x + _PADDING, 22, room, bold=True)
    role = "alarm" if column.over else "quiet"
    yield label(_count(column), x + _PADDING, 38, room, role=role, size=SMALL)
    y: float = _HEAD
    for card in column.cards[:MOST_CARDS]:
        yield from _card(card, x + _PADDING / 2, y, wide - _PADDING)
        y += _CARD + _CARD_GAP
    rest = _rest(column)
    if rest:
        words = f"and {rest} more" if column.cards else f"{rest} not shown"
        yield label(words, x + _PADDING, y + _LINE, room, role="quiet", size=SMALL)


def _card(card: WorkSummary, x: float, y: float, width: float) -> Iterator[str]:
    room = width - 2 * _PADDING
    yield rectangle("card", x, y, width, _CARD, round_=4)
    for number, line in enumerate(wrap(printable(card.title), room, SMALL, 2)):
        yield label(line, x + _PADDING, y + _LINE * (number + 1), room, size=SMALL)
    if card.overdue:
        words, role = "! late", "alarm"
    elif card.blocked:
        words, role = "× blocked", "alarm"
    else:
        words, role = f"due {format_day(card.due)}" if card.due else "", "quiet"
    yield label(words, x + _PADDING, y + _CARD - 7, room, role=role, size=SMALL)


def _count(column: Column) -> str:
    if column.limit is None:
        return str(column.count)
    over = "▲ " if column.over else ""
    return f"{over}{column.count}, limit {column.limit}"


def _rest(column: Column) -> int:
    return column.count - len(column.cards[:MOST_CARDS])


def _rows(column: Column) -> int:
    """Return how many cards high a column is; what is left out takes the place of one."""
    return len(column.cards[:MOST_CARDS]) + bool(_rest(column))


def _legend(columns: Sequence[Column], rest: int) -> Iterator[tuple[str, str]]:
    there = dict.fromkeys(column.category for column in columns)
    yield from ((category, category_word(category)) for category in there)
    if any(column.over for column in columns):
        yield "-", "▲ over the limit"
    if rest:
        yield "-", f"{rest} more columns"


def _describe(board: Board) -> str:
    said = ", ".join(f"{column.label[:60]} {_count(column)}" for column in board.columns[:30])
    return f"{board.count} works. {said}." if said else "There is no work."
