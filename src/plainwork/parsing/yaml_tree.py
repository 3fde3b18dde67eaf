"""YAML's syntax, with the place of every value, and nothing of YAML's guesses.

A scalar is the text that was typed; what it means is for the field that reads it. Built from
libyaml's events, never from its composer, which recurses: 25 kB of ``[`` would end the process.
What a reviewer could misread (anchors, tags, several documents) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import msgspec
import yaml
from yaml._yaml import CParser

from plainwork.model.diagnostic import Diagnostic, FieldPath, Location, Severity

MAX_DEPTH = 16
NULLS = frozenset({"null", "Null", "NULL", "~"})
"""Plain scalars that YAML takes for nothing; ``FORMAT.md`` makes them errors."""


class Scalar(msgspec.Struct, gc=False):
    """A single value.

    Attributes:
        line: Counted from 1 in the file; ``column`` too.
        start: The index of its first character in the file's text; ``end`` is behind its last.
        plain: Whether it is written without quotes and without ``|`` or ``>``.
    """

    text: str
    line: int
    column: int
    start: int
    end: int
    plain: bool


class Sequence(msgspec.Struct):
    """A list; ``flow`` if written in brackets."""

    items: list[Node]
    line: int
    column: int
    start: int
    end: int
    flow: bool


class Mapping(msgspec.Struct):
    """A map, its entries in the order of the file."""

    entries: list[tuple[Scalar, Node]]
    line: int
    column: int
    start: int
    end: int
    flow: bool

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping

_TAB_INDENTATION = re.compile(r"^ *\t+ *(?=\S)", re.MULTILINE)


class YamlProblem(Exception):  # noqa: N818 - never leaves this module's callers: it becomes a value
    """What makes the front matter unreadable, as a diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def parse_yaml(path: str, text: str, *, line: int, index: int) -> Mapping:
    """Read the text between the fences.

    Args:
        path: For diagnostics.
        text: The YAML, without fences.
        line: How many lines of the file stand above it.
        index: The index of its first character in the file's text.

    Raises:
        YamlProblem: If there is no telling what it says.
    """
    tab = _TAB_INDENTATION.search(text)
    if tab is not None and not _inside_block_scalar(text, tab.start()):
        location = Location(path, text.count("\n", 0, tab.start()) + line + 1, 1)
        message, hint = "tab used for indentation", "indent with blanks"
        raise _problem(location, "tab-indentation", message, hint)
    return _TreeBuilder(path, text, line, index).build()


def _inside_block_scalar(text: str, position: int) -> bool:
    # A literal block may hold a tab behind its own indentation of blanks; a tab at the very
    # start of a line never can.
    return text[position] == " "


class _Open(msgspec.Struct):
    """A collection that is not closed yet.

    Attributes:
        key: Of a map, the key that waits for its value.
        seen: Of a map, the keys so far.
    """

    node: Sequence | Mapping
    key: Scalar | None = None
    seen: dict[str, Scalar] = {}


class _TreeBuilder:
    """Turns events into nodes with an explicit stack."""

    def __init__(self, path: str, text: str, line: int, index: int) -> None:
        self._path = path
        self._text = text
        self._first_line = line + 1
        self._index = index
        self._stack: list[_Open] = []

    def build(self) -> Mapping:
        root: Node | None = None
        try:
            for node in self._documents():
                root = node
        except yaml.MarkedYAMLError as error:
            raise self._syntax_problem(error) from error
        except yaml.YAMLError as error:
            location = Location(self._path, self._first_line, 1)
            raise _problem(location, "yaml-syntax", " ".join(str(error).split())) from error
        if root is None or (isinstance(root, Scalar) and root.plain and not root.text):
            return Mapping([], self._first_line, 1, self._index, self._index, flow=False)
        if not isinstance(root, Mapping):
            message = "front matter is not a list of `key: value` lines"
            raise _problem(Location(self._path, root.line, root.column), "yaml-syntax", message)
        return root

    def _syntax_problem(self, error: yaml.MarkedYAMLError) -> YamlProblem:
        mark = error.problem_mark or error.context_mark
        location = self._locate(mark) if mark else Location(self._path, 1, 1)
        message = error.problem or "not YAML"
        if error.context:
            message = f"{message} {error.context}"
        hint = "quote text that holds `: `, ` #`, or begins with one of `[]{}&*!|>'\"%@`"
        return _problem(location, "yaml-syntax", message, hint)

    def _documents(self) -> Iterator[Node]:
        get_event: Callable[[], Any] = CParser(self._text).get_event
        while True:
            event = get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node: Node = self._scalar(event)
            elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
                self._open(event, Sequence if kind is yaml.SequenceStartEvent else Mapping)
                continue
            elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
                node = self._stack.pop().node
                node.end = event.end_mark.index + self._index
            elif kind is yaml.StreamEndEvent:
                return
            else:
                self._check_marker(event)
                continue
            if self._stack:
                self._attach(node)
            else:
                yield node

    def _scalar(self, event: Any) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        start = event.start_mark
        return Scalar(
            event.value,
            start.line + self._first_line,
            start.column + 1,
            start.index + self._index,
            event.end_mark.index + self._index,
            not event.style,
        )

    def _open(self, event: Any, kind: type[Sequence | Mapping]) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        mark = event.start_mark
        if len(self._stack) >= MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} deep"
            raise _problem(self._locate(mark), "nesting-too-deep", message)
        if self._stack and type(self._stack[-1].node) is Mapping and self._stack[-1].key is None:
            hint = "keys are plain or quoted text; quote text that begins with `{` or `[`"
            raise _problem(self._locate(mark), "yaml-key", "a key is a list or map", hint)
        line, column = mark.line + self._first_line, mark.column + 1
        flow = bool(event.flow_style)
        self._stack.append(_Open(kind([], line, column, mark.index + self._index, 0, flow)))

    def _attach(self, node: Node) -> None:
        parent = self._stack[-1]
        if isinstance(parent.node, Sequence):
            parent.node.items.append(node)
        elif parent.key is not None:
            parent.node.entries.append((parent.key, node))
            parent.key = None
        elif isinstance(node, Scalar):  # anything else as a key was refused when it was opened
            self._check_key(node, parent.seen)
            parent.key = node

    def _check_key(self, key: Scalar, seen: dict[str, Scalar]) -> None:
        if key.text == "<<" and key.plain:
            location = Location(self._path, key.line, key.column)
            raise _problem(location, "yaml-anchor", "merge key `<<`", _SPELL_OUT)
        first = seen.setdefault(key.text, key)
        if first is not key:
            location = Location(self._path, key.line, key.column)
            message = f"`{key.text}` is already set on line {first.line}"
            raise _problem(location, "duplicate-key", message, "keep one of the two")

    def _refuse(self, event: Any) -> NoReturn:
        location = self._locate(event.start_mark)
        if event.anchor is not None:
            raise _problem(location, "yaml-anchor", f"anchor `&{event.anchor}`", _SPELL_OUT)
        hint = "remove the tag; quote text that begins with `!`"
        raise _problem(location, "yaml-tag", f"tag `{event.tag}`", hint)

    def _check_marker(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.AliasEvent:
            rule, message, hint = "yaml-anchor", f"alias `*{event.anchor}`", _SPELL_OUT
        elif kind is yaml.DocumentStartEvent and (event.version or event.tags):
            rule, message, hint = "yaml-directive", "`%` directive", "remove it"
        elif kind is yaml.DocumentStartEvent and event.explicit:
            rule, message = "yaml-document", "a second document begins in the front matter"
            hint = "front matter ends with a line of exactly `---`"
        elif kind is yaml.DocumentEndEvent and event.explicit:
            rule, message = "yaml-document", "`...` ends the document inside the front matter"
            hint = "remove it; a line of exactly `---` ends front matter"
        else:
            return
        raise _problem(self._locate(event.start_mark), rule, message, hint)

    def _locate(self, mark: Any) -> Location:
        return Location(self._path, mark.line + self._first_line, mark.column + 1)


_SPELL_OUT = "write the value out where it is needed"


def _problem(location: Location, rule: str, message: str, hint: str = "") -> YamlProblem:
    return YamlProblem(Diagnostic(location, rule, Severity.ERROR, message, hint))


def find_node(root: Mapping, field: FieldPath) -> Node | None:
    """Return the node at a path of keys and positions, or the deepest that exists on the way."""
    node: Node = root
    for step in field:
        found: Node | None = None
        if isinstance(node, Mapping) and isinstance(step, str):
            found = node.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            found = node.items[step]
        elif step == 0 and not isinstance(node, Mapping):
            found = node  # a lone value stands for a list of one
        if found is None:
            return None if node is root else node
        node = found
    return node
