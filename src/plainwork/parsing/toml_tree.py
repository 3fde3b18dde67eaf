"""TOML's values, with the place of every key and value.

The standard library's ``tomllib`` decides what a file says, but not where. So the text is also
walked for its keys, and both together become the nodes that front matter has, which the same
readers read. See https://toml.io/en/v1.0.0.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping as Dictionary
from typing import Any

from plainwork.model.diagnostic import Diagnostic, FieldPath, Location, Severity
from plainwork.parsing.toml_places import NestingTooDeepError, Place, find_places
from plainwork.parsing.yaml_tree import MAX_DEPTH, Mapping, Node, Scalar, Sequence

_PROBLEM_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def parse_toml(path: str, text: str, *, start: int = 0) -> Mapping | Diagnostic:
    """Read a TOML document.

    Args:
        path: For diagnostics.
        text: The file's text.
        start: The index at which the document begins: 1 behind a byte-order mark.

    Returns:
        The document's table, or what makes it unreadable. A scalar holds the text of a string,
        and of any other value what is written; it is ``plain`` if it has no quotes. A table
        stands where it is first named.
    """
    lines = _Lines(path, text, start)
    try:
        # Asked first: tomllib takes quadratic time for a key of very many parts.
        places = find_places(text, start)
    except NestingTooDeepError as problem:
        message = f"nested more than {MAX_DEPTH} deep"
        location = lines.locate(problem.index)
        return Diagnostic(location, "nesting-too-deep", Severity.ERROR, message)
    import tomllib  # costs start-up time

    try:
        values = tomllib.loads(text[start:])
    except tomllib.TOMLDecodeError as error:
        return lines.syntax_problem(str(error))
    except ValueError:  # Python converts no more than 4,300 digits
        return lines.syntax_problem("a number is too long")
    root = Place(start, start, start, len(text))
    return _Tree(text, places, lines).mapping(values, (), root)


class _Lines:
    """Turns indexes into lines and columns."""

    def __init__(self, path: str, text: str, start: int) -> None:
        self._path = path
        self._end = len(text)
        self._starts = [start, *(match.end() for match in re.finditer("\n", text))]

    def locate(self, index: int) -> Location:
        line = bisect_right(self._starts, index)
        return Location(self._path, line, index - self._starts[line - 1] + 1)

    def syntax_problem(self, message: str) -> Diagnostic:
        location = Location(self._path)
        place = _PROBLEM_PLACE.search(message)
        if place is not None:
            message = message[: place.start()]
            location = self.locate(self._end)
            if place[1]:
                location = Location(self._path, int(place[1]), int(place[2]))
        message = message[:1].lower() + message[1:]
        hint = 'write `[table]`, `key = "text"` or `key = ["one", "two"]`, each on its own line'
        return Diagnostic(location, "settings-syntax", Severity.ERROR, message, hint)


class _Tree:
    """Joins what ``tomllib`` read with where it stands."""

    def __init__(self, text: str, places: Dictionary[FieldPath, Place], lines: _Lines) -> None:
        self._text = text
        self._places = places
        self._lines = lines

    def mapping(self, values: Dictionary[str, Any], at: FieldPath, place: Place) -> Mapping:
        entries = []
        for name, value in values.items():
            found = self._places[(*at, name)]
            entries.append((self._key(name, found), self._node(value, (*at, name), found)))
        location = self._lines.locate(place.start)
        flow = self._text.startswith("{", place.start)
        return Mapping(entries, location.line, location.column, place.start, place.end, flow)

    def _key(self, name: str, place: Place) -> Scalar:
        location = self._lines.locate(place.key_start)
        plain = not self._text.startswith(("'", '"'), place.key_start)
        return Scalar(name, location.line, location.column, place.key_start, place.key_end, plain)

    def _node(self, value: Any, at: FieldPath, place: Place) -> Node:
        if isinstance(value, dict):
            return self.mapping(value, at, place)
        location = self._lines.locate(place.start)
        if isinstance(value, list):
            items = [
                self._node(item, (*at, number), self._places[(*at, number)])
                for number, item in enumerate(value)
            ]
            flow = self._text.startswith("[", place.start)
            return Sequence(items, location.line, location.column, place.start, place.end, flow)
        plain = not isinstance(value, str)
        text = self._text[place.start : place.end] if plain else value
        return Scalar(text, location.line, location.column, place.start, place.end, plain)
