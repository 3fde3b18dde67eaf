"""The structure of a body that plainwork acts on: headings, and boxes to tick under them.

This is the part of CommonMark and of GitHub's task lists that matters here, in one pass over the
lines, so that no body can make it slow. Fenced code and HTML comments hold neither headings nor
boxes, whatever they look like.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

_TEMPLATE_HEADING = "Template"

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_HEADING = re.compile(r"(#{1,6})(?=[ \t]|\Z)")
_MARKER = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?=[ \t]|\Z)")
_BOX = re.compile(r"\[([ xX])\](?=[ \t]|\Z)")
_FENCE = re.compile(r"(`{3,})[^`]*\Z|(~{3,})")
_BEGINS_BLOCK = re.compile(
    r"#{1,6}(?:[ \t]|\Z)|(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|\Z)|`{3,}[^`]*\Z|~~~|<!--|>"
)
# Inside a paragraph an empty item is text, and so is a list that does not begin with 1.
_INTERRUPTS = re.compile(r"#{1,6}(?:[ \t]|\Z)|(?:[-*+]|1[.)])[ \t]+[^ \t]|`{3,}[^`]*\Z|~~~|<!--|>")
_WHOLE_LINE = re.compile(r"#{1,6}(?:[ \t]|\Z)|<!--")
_COMMENT = "<!--"
_COMMENT_END = "-->"
_CODE_INDENT = 4  # text indented this far is code, or goes on with a paragraph
_TAB = 4


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands under it.

    Attributes:
        heading: Without its signs.
        level: From 1 to 6.
        text: Up to the next heading of the same or a higher level, unchanged.
        ticked: How many boxes in it are ticked, those under lower headings included.
        boxes: How many there are.
    """

    heading: str
    level: int
    text: str
    ticked: int
    boxes: int


def parse_sections(body: str) -> tuple[Section, ...]:
    """Return the sections of a body, each before those inside it."""
    found: list[_Open] = []
    opened: list[_Open] = []
    for mark in _Scanner().scan(body):
        if mark.level:
            while opened and opened[-1].level >= mark.level:
                opened.pop().end = mark.start
            opened.append(_Open(mark.text, mark.level, mark.end, len(body)))
            found.append(opened[-1])
        else:
            for section in opened:
                section.boxes += 1
                section.ticked += mark.text != " "
    return tuple(
        Section(one.heading, one.level, body[one.start : one.end], one.ticked, one.boxes)
        for one in found
    )


def parse_checklists(body: str) -> Mapping[str, tuple[int, int]]:
    """Return, for each heading, how many boxes under it are ticked, of how many.

    Headings without boxes are there too, and headings of the same name are one.
    """
    counts: dict[str, tuple[int, int]] = {}
    for section in parse_sections(body):
        ticked, boxes = counts.get(section.heading, (0, 0))
        counts[section.heading] = (ticked + section.ticked, boxes + section.boxes)
    return counts


def parse_template(body: str) -> str:
    """Return the body of new work: what stands under ``## Template`` in a workflow, or ``""``."""
    for section in parse_sections(body):
        if section.level == 2 and section.heading == _TEMPLATE_HEADING:  # noqa: PLR2004 - `##`
            text = section.text.strip("\r\n")
            return f"{text}\n" if text else ""
    return ""


class _Open(msgspec.Struct):
    heading: str
    level: int
    start: int
    end: int
    ticked: int = 0
    boxes: int = 0


class _Mark(NamedTuple):
    """A heading (its level and text), or a box (level 0, what is in it); where its line is."""

    level: int
    text: str
    start: int
    end: int


class _Hidden(NamedTuple):
    """A fence or comment that is open, and where the content of its list item begins."""

    opening: str
    column: int

    def closes(self, line: str, column: int) -> bool:
        """Tell whether a line is the last one."""
        if self.opening == _COMMENT:
            return _COMMENT_END in line
        run = line.strip(" \t\r\n")
        only_signs = run.startswith(self.opening) and not run.strip(self.opening[0])
        return only_signs and column - self.column < _CODE_INDENT


class _Scanner:
    """Reads a body line by line and keeps what is open."""

    def __init__(self) -> None:
        # Where the content of each open list item begins: all that nesting depends on.
        self._columns = [0]
        self._hidden: _Hidden | None = None
        self._in_paragraph = False

    def scan(self, body: str) -> Iterator[_Mark]:
        for match in _LINE.finditer(body):
            line = match[0].rstrip("\r\n")
            position, column = _skip_blanks(line, 0, 0)
            if position == len(line):
                self._in_paragraph = False
            elif not self._hides(line, column):
                found = self._read_line(line, position, column)
                if found is not None:
                    yield _Mark(*found, match.start(), match.end())

    def _hides(self, line: str, column: int) -> bool:
        hidden = self._hidden
        if hidden is None:
            return False
        if column < hidden.column:  # the list item that holds it has ended
            self._hidden = None
            return False
        if hidden.closes(line, column):
            self._hidden = None
        return True

    def _read_line(self, line: str, position: int, column: int) -> tuple[int, str] | None:
        depth = bisect_right(self._columns, column)
        if self._in_paragraph:
            begins = _INTERRUPTS if depth == len(self._columns) else _BEGINS_BLOCK
            indented = column - self._columns[depth - 1] >= _CODE_INDENT
            if indented or not begins.match(line, position):
                return None  # the paragraph goes on, however far to the left
            self._in_paragraph = False
        del self._columns[depth:]
        if len(self._columns) == 1 and column < _CODE_INDENT:
            heading = _HEADING.match(line, position)
            if heading is not None:
                return len(heading[1]), _heading_text(line[heading.end() :])
        return self._read_content(line, position, column)

    def _read_content(self, line: str, position: int, column: int) -> tuple[int, str] | None:
        while column - self._columns[-1] < _CODE_INDENT:
            opening = _find_opening(line, position)
            if opening:
                self._hidden = _Hidden(opening, self._columns[-1])
                return None
            marker = _MARKER.match(line, position)
            if marker is None:
                self._in_paragraph = not _WHOLE_LINE.match(line, position)
                return None
            marker_end = column + len(marker[0])
            position, column = _skip_blanks(line, marker.end(), marker_end)
            if position == len(line) or column - marker_end > _CODE_INDENT:
                self._columns.append(marker_end + 1)
                return None
            self._columns.append(column)
            box = _BOX.match(line, position)
            if box is not None:
                self._in_paragraph = True
                return 0, box[1]
        return None


def _find_opening(line: str, position: int) -> str:
    fence = _FENCE.match(line, position)
    if fence is not None:
        return fence[1] or fence[2]
    if line.startswith(_COMMENT, position) and line.find(_COMMENT_END, position + 2) < 0:
        return _COMMENT
    return ""


def _skip_blanks(line: str, position: int, column: int) -> tuple[int, int]:
    """Return the index and the column of the next character that is no blank."""
    while position < len(line) and line[position] in " \t":
        column += _TAB - column % _TAB if line[position] == "\t" else 1
        position += 1
    return position, column


def _heading_text(text: str) -> str:
    """Strip blanks, and the closing signs if a blank stands before them."""
    text = text.strip(" \t")
    stripped = text.rstrip("#")
    return stripped.rstrip(" \t") if not stripped or stripped[-1] in " \t" else text
