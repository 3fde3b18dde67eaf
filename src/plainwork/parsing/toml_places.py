"""Where the keys and values of a TOML document stand.

The walk knows TOML's grammar of keys, strings, arrays and tables, but not which value is valid
or said twice: it is for ``tomllib`` to refuse a document. Until the first thing that breaks the
grammar it understands all that ``tomllib`` does.
"""

from __future__ import annotations

import re
from contextlib import suppress

import msgspec

from plainwork.model.diagnostic import FieldPath
from plainwork.parsing.yaml_tree import MAX_DEPTH

_BLANKS = re.compile(r"[ \t]*")
_LINES = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*+")
_LINE_END = re.compile(r"[ \t\r]*(?:#[^\n]*)?(?:\n|\Z)")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_STRING = re.compile(
    r'''"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}|'{3}(?:[^']|'{1,2}(?!'))*+'{3,5}'''
    r"""|"(?!"")(?:[^"\\\n]|\\.)*+"|'(?!\'\')[^'\n]*\'""",
    re.DOTALL,
)
_BARE_VALUE = re.compile(r"[^,\]}#\n]*[^,\]}#\s]")


class Place(msgspec.Struct, gc=False):
    """Indexes into the text: of a key as it is written, and of its value.

    The value of a table stands where the key does, unless it is written in braces. An entry of
    an array has its own place for a key.
    """

    key_start: int
    key_end: int
    start: int
    end: int


class NestingTooDeepError(Exception):
    """More than MAX_DEPTH tables, arrays and parts of keys stand inside each other."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


class _BrokenGrammarError(Exception):
    """What follows is no TOML."""


def find_places(text: str, start: int) -> dict[FieldPath, Place]:
    """Return the place of every key, table and entry of an array, by its path.

    Args:
        text: The document; it need not be valid, then what stands before the mistake is found.
        start: The index at which it begins.

    Raises:
        NestingTooDeepError: If a path has more than MAX_DEPTH steps.
    """
    walk = _Walk(text, start)
    with suppress(_BrokenGrammarError):
        walk.document()
    return walk.places


class _Walk:
    """One pass over a document.

    Attributes:
        places: What was found so far.
    """

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._index = start
        self._last_entry: dict[FieldPath, int] = {}  # of each array of tables
        self.places: dict[FieldPath, Place] = {}

    def document(self) -> None:
        table: FieldPath = ()
        self._match(_LINES)
        while self._index < len(self._text):
            if self._accept("[["):
                table = self._array_header()
            elif self._accept("["):
                table, _ = self._key(())
                self._expect("]")
            else:
                self._pair(table)
            self._match(_LINE_END)
            self._match(_LINES)

    def _array_header(self) -> FieldPath:
        path, start = self._key(())
        end = self._index
        self._expect("]]")
        number = self._last_entry.get(path, -1) + 1
        self._last_entry[path] = number
        self.places[*path, number] = Place(start, end, start, end)
        return (*path, number)

    def _pair(self, table: FieldPath) -> None:
        path, _ = self._key(table)
        self._match(_EQUALS)
        place = self.places[path]
        place.start = self._index
        self._value(path)
        place.end = self._index

    def _key(self, path: FieldPath) -> tuple[FieldPath, int]:
        """Read a dotted key in a table; return its path and the index of its last part."""
        self._match(_BLANKS)
        while True:
            start = self._index
            path = (*path, _key_text(self._match(_KEY)))
            self._check_depth(path, start)
            self.places.setdefault(path, Place(start, self._index, start, self._index))
            if not self._continues(_DOT):
                self._match(_BLANKS)
                return path, start
            if path in self._last_entry:
                path = (*path, self._last_entry[path])

    def _value(self, path: FieldPath) -> None:
        self._check_depth(path, self._index)
        if self._accept("["):
            self._array(path)
        elif self._accept("{"):
            self._inline_table(path)
        elif self._text.startswith(("'", '"'), self._index):
            self._match(_STRING)
        else:
            self._match(_BARE_VALUE)

    def _array(self, path: FieldPath) -> None:
        number = 0
        self._match(_LINES)
        while not self._accept("]"):
            start, entry = self._index, (*path, number)
            self._value(entry)
            self.places[entry] = Place(start, self._index, start, self._index)
            number += 1
            self._separate("]")

    def _inline_table(self, path: FieldPath) -> None:
        self._match(_LINES)
        while not self._accept("}"):
            self._pair(path)
            self._separate("}")

    def _separate(self, closing: str) -> None:
        self._match(_LINES)
        if not self._text.startswith(closing, self._index):
            self._expect(",")
            self._match(_LINES)

    def _check_depth(self, path: FieldPath, index: int) -> None:
        if len(path) > MAX_DEPTH:
            raise NestingTooDeepError(index)

    def _continues(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self._text, self._index)
        if match is not None:
            self._index = match.end()
        return match is not None

    def _match(self, pattern: re.Pattern[str]) -> str:
        start = self._index
        if not self._continues(pattern):
            raise _BrokenGrammarError
        return self._text[start : self._index]

    def _accept(self, mark: str) -> bool:
        if not self._text.startswith(mark, self._index):
            return False
        self._index += len(mark)
        return True

    def _expect(self, mark: str) -> None:
        if not self._accept(mark):
            raise _BrokenGrammarError


def _key_text(written: str) -> str:
    if written[0] not in "'\"":
        return written
    if "\\" not in written:
        return written[1:-1]
    import tomllib

    try:
        return next(iter(tomllib.loads(f"{written}=0")))
    except tomllib.TOMLDecodeError as error:  # an escape that TOML does not know
        raise _BrokenGrammarError from error
