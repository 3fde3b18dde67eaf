"""Small charts for terminals: a line of columns, and bars.

Where the encoding of the output has no block characters, they are drawn with ASCII.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

_COLUMNS = "▁▂▃▄▅▆▇█"
_ASCII_COLUMNS = "_.,-=+*#"
_PARTS = " ▏▎▍▌▋▊▉"


def draw_columns(values: Sequence[int], width: int, *, blocks: bool) -> str:
    """Return a column a value, the highest one full; nothing is the lowest.

    Args:
        values: None of them negative.
        width: How many characters there are; of more values the last are drawn.
        blocks: Whether block characters can be shown.
    """
    shown = values[-width:] if width > 0 else ()
    signs = _COLUMNS if blocks else _ASCII_COLUMNS
    most = max(shown, default=0) or 1
    # What is not nothing stands out from the ground.
    return "".join(signs[-(-value * (len(signs) - 1) // most)] for value in shown)


def draw_bar(value: int, most: int, width: int, *, blocks: bool) -> str:
    """Return a bar of at most `width` characters.

    Args:
        value: Its length; what is not nothing is seen.
        most: The value of a full bar, at least 1.
        width: The characters of a full bar.
        blocks: Whether block characters can be shown.
    """
    eighths = -(-value * width * 8 // most)
    if not blocks:
        return "#" * -(-eighths // 8)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + _PARTS[rest].strip()


def choose_bins(values: Sequence[int], most: int) -> list[tuple[int, int]]:
    """Return classes of equal width, first and last value of each, that hold all values.

    Args:
        values: Whole numbers, one at least.
        most: How many classes there may be.
    """
    low, high = min(values), max(values)  # days are counted from 1, but time may be none at all
    for step in _steps():
        first = (low - 1) // step * step + 1 if low > 0 else 0
        if (high - first) // step < most:
            return [(start, start + step - 1) for start in range(first, high + 1, step)]
    raise AssertionError  # steps grow without end


def _steps() -> Iterator[int]:
    """Yield the widths of classes: days, weeks, months, years, and then multiples of years."""
    yield from (1, 2, 3, 7, 14, 30, 90, 180)
    yield from (365 * 2**power for power in count())
