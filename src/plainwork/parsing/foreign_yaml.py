"""YAML that other tools wrote, read leniently, safely, and without losing anything.

What plainwork refuses in its own files (anchors, tags, duplicate keys) may stand here, and a value
that begins with a character that YAML reserves is taken as the text that was meant. Every scalar
is text. Built from libyaml's events with an explicit stack: nothing is executed, neither depth nor
aliases can blow up.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NoReturn

import msgspec
import yaml
from yaml._yaml import CParser

from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.parsing.yaml_tree import MAX_DEPTH

ForeignValue = str | list["ForeignValue"] | dict[str, "ForeignValue"]

MAX_VALUES = 100_000
"""Values that a file may come to when its aliases are written out."""
_MOST_REPAIRS = 100

_COMMENT = re.compile(r"(?:(?<=\s)|\A)#")
_BROKEN_LINE = re.compile(r"( *(?:- +)*(?:[\w.-]+:(?= ))?) *(\S.*?)((?: +#.*)?)")
_STANDARD_TAG = re.compile(r"tag:yaml\.org,2002:(?:str|int|float|bool|null|timestamp|seq|map)")


class ForeignYaml(msgspec.Struct, frozen=True):
    """What a text says.

    Attributes:
        values: Text, lists and maps; an unset value is ``""``.
        says_more: Whether the text says more than its values do: comments, anchors, tags,
            duplicate keys, keys that are lists or maps, further documents.
        repaired: How many lines are no YAML, and were read as the text that was meant.
    """

    values: dict[str, ForeignValue]
    says_more: bool
    repaired: int


def parse_foreign_yaml(path: str, text: str, *, line: int = 0) -> ForeignYaml | Diagnostic:
    """Read a map.

    Args:
        path: For the diagnostic.
        text: The YAML.
        line: How many lines of the file stand above it.

    Returns:
        What it says, or why there is no telling.
    """
    repaired: set[int] = set()
    while True:
        try:
            values, says_more = _Composer(text).compose()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            better = _repair(text, mark.line, repaired) if mark else None
            if better is None:
                return _problem(path, mark.line + line + 1 if mark else 0, error.problem or "")
            text = better
        except yaml.YAMLError as error:
            return _problem(path, 0, " ".join(str(error).split()))
        except _RefusedError as error:
            return _problem(path, error.line + line + 1, str(error))
        else:
            return ForeignYaml(values, says_more, len(repaired))


def _repair(text: str, number: int, repaired: set[int]) -> str | None:
    """Return the text with quotes around the value of one line, if that was not tried yet."""
    lines = text.splitlines(keepends=True)
    if number in repaired or number >= len(lines) or len(repaired) == _MOST_REPAIRS:
        return None
    match = _BROKEN_LINE.fullmatch(lines[number].rstrip())
    if match is None:
        return None
    repaired.add(number)
    quoted = match[2].replace("'", "''")
    lines[number] = f"{match[1]} '{quoted}'{match[3]}\n"
    return "".join(lines)


def _problem(path: str, line: int, message: str) -> Diagnostic:
    place = Location(path, line, 1) if line else Location(path)
    return Diagnostic(place, "yaml-syntax", Severity.ERROR, message or "not YAML")


class _RefusedError(Exception):
    """YAML that is not read, although it is YAML."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class _Open(msgspec.Struct):
    """A list or map that is not closed yet.

    Attributes:
        size: How many values it comes to, itself among them.
        key: Of a map, the key that waits for its value.
        merges: Whether that is a merge key: `<<` without quotes.
    """

    value: list[Any] | dict[str, Any]
    anchor: str | None
    size: int = 1
    key: str | None = None
    merges: bool = False


class _Composer:
    """Turns events into plain values."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[ForeignValue, int]] = {}
        self._spans: list[tuple[int, int]] = []
        self._says_more = False
        self._size = 0

    def compose(self) -> tuple[dict[str, ForeignValue], bool]:
        """Return the first document, and whether the text says more than that."""
        documents = list(self._documents())
        root = documents[0] if documents else {}
        if root == "":
            root = {}
        if not isinstance(root, dict):
            raise _RefusedError(0, "not a list of `key: value` lines")
        more = self._says_more or len(documents) > 1 or self._has_comment()
        return root, more

    def _documents(self) -> Iterator[ForeignValue]:
        get_event = CParser(self._text).get_event
        while True:
            event = get_event()
            kind = type(event)
            if kind is yaml.StreamEndEvent:
                return
            found = self._take(event, kind)
            if found is not None:
                if not self._stack:
                    yield found[0]
                else:
                    self._attach(*found, event)

    def _take(self, event: Any, kind: type) -> tuple[ForeignValue, int] | None:
        """Return a value that is complete, with its size, or None."""
        if kind is yaml.ScalarEvent:
            return self._scalar(event), 1
        if kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
            self._open(event, [] if kind is yaml.SequenceStartEvent else {})
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            opened = self._stack.pop()
            if opened.anchor is not None:
                self._anchors[opened.anchor] = opened.value, opened.size
            return opened.value, opened.size
        elif kind is yaml.AliasEvent:
            return self._alias(event)
        elif kind is yaml.DocumentStartEvent and (event.version or event.tags):
            self._says_more = True
        return None

    def _scalar(self, event: Any) -> str:
        start = event.start_mark.index
        if event.style in ("|", ">"):  # a comment may stand on the line of the mark
            start = self._text.find("\n", start)
        self._spans.append((start, event.end_mark.index))
        self._note_properties(event)
        text: str = event.value
        if event.anchor is not None:
            self._anchors[event.anchor] = text, 1
        return text

    def _open(self, event: Any, value: list[Any] | dict[str, Any]) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._refuse(event, f"nested more than {MAX_DEPTH} deep")
        self._note_properties(event)
        self._stack.append(_Open(value, event.anchor))

    def _alias(self, event: Any) -> tuple[ForeignValue, int]:
        self._says_more = True
        if event.anchor not in self._anchors:  # nor may a value hold itself
            message = f"alias `*{event.anchor}` of nothing that is complete"
            raise yaml.MarkedYAMLError(problem=message, problem_mark=event.start_mark)
        return self._anchors[event.anchor]

    def _attach(self, value: ForeignValue, size: int, event: Any) -> None:
        parent = self._stack[-1]
        self._size += size
        parent.size += size
        if self._size > MAX_VALUES:
            self._refuse(event, f"more than {MAX_VALUES:,} values")
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is None:
            self._says_more |= not isinstance(value, str)
            parent.key = value if isinstance(value, str) else json.dumps(value)
            parent.merges = value == "<<" and type(event) is yaml.ScalarEvent and not event.style
        else:
            self._set(parent.value, parent.key, value, merges=parent.merges)
            parent.key = None

    def _set(self, target: dict[str, Any], key: str, value: ForeignValue, *, merges: bool) -> None:
        every = value if isinstance(value, list) else [value]
        maps = [each for each in every if isinstance(each, dict)]
        if merges and maps and len(maps) == len(every):
            self._says_more = True
            for each in maps:
                target.update({name: merged for name, merged in each.items() if name not in target})
        else:
            self._says_more |= key in target
            target[key] = value

    def _note_properties(self, event: Any) -> None:
        tagged = event.tag is not None and not _STANDARD_TAG.fullmatch(event.tag)
        self._says_more |= tagged or event.anchor is not None

    def _has_comment(self) -> bool:
        starts = [start for start, _ in self._spans]
        for match in _COMMENT.finditer(self._text):
            before = bisect_right(starts, match.start()) - 1
            if before < 0 or match.start() >= self._spans[before][1]:
                return True
        return False

    def _refuse(self, event: Any, message: str) -> NoReturn:
        raise _RefusedError(event.start_mark.line, message)
