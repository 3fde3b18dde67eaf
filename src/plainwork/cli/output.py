"""Where commands print: how wide it is, and whether it shows colours."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from typing import TextIO

import msgspec

DEFAULT_WIDTH = 80
DEFAULT_HEIGHT = 24
_NARROWEST = 40
_PATIENCE = 1.0
"""For how many seconds nobody wonders what a command does."""


class Screen(msgspec.Struct, frozen=True):
    """What is known of the place where standard output goes.

    Attributes:
        width: Its columns: of the terminal, else what ``COLUMNS`` says, else 80.
        height: Its lines, 24 if nobody knows.
        cut: Whether what is wider may be cut: not in a file or pipe of no stated width.
        color: Whether it shows colours: a terminal, and ``NO_COLOR`` is not set.
        blocks: Whether its encoding has the characters of which charts are drawn.
    """

    width: int
    height: int
    cut: bool
    color: bool
    blocks: bool

    @property
    def table_width(self) -> int | None:
        """The width for tables of any length, or None if nothing is to be cut."""
        return self.width if self.cut else None


def find_screen() -> Screen:
    """Look at standard output and at the environment."""
    columns, lines = _number("COLUMNS"), _number("LINES")
    terminal = sys.stdout.isatty()
    if terminal:
        try:
            size = os.get_terminal_size(sys.stdout.fileno())
        except OSError:
            size = os.terminal_size((0, 0))
        columns, lines = columns or size.columns, lines or size.lines
    color = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(
        width=max(columns or DEFAULT_WIDTH, _NARROWEST),
        height=lines or DEFAULT_HEIGHT,
        cut=terminal or bool(columns),
        color=color,
        blocks=_encodes("▁▏█"),
    )


def write_lines(lines: Iterable[str]) -> None:
    """Print lines on standard output."""
    sys.stdout.write("\n".join([*lines, ""]))


def write_json(name: str, value: msgspec.Struct) -> None:
    """Print a value as JSON of the schema ``plainwork/<name>/1``."""
    from plainwork.reporting.envelope import to_json

    sys.stdout.write(to_json(name, value))


def write_notice(text: str) -> None:
    """Say on standard error what is beside the answer itself."""
    if sys.stderr is not None:
        sys.stderr.write(f"plainwork: {text}\n")


class Progress:
    """Says on a terminal how far something is that takes over a second, and then wipes it away.

    Args:
        what: What is going on: ``Reading documents``.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._begin = time.monotonic() + _PATIENCE
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Show how much is done of how much."""
        if not _can_overwrite(sys.stderr):
            return
        if done < total and time.monotonic() > self._begin:
            sys.stderr.write(f"\r{self._what}: {100 * done // total}%")
            self._shown = True
        elif self._shown:
            sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _encodes(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _can_overwrite(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def _number(name: str) -> int:
    text = os.environ.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() else 0
