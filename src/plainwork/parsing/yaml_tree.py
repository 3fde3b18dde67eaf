"""YAML's syntax, with the place of every value, and nothing of YAML's guesses.

A scalar is the text that was typed; what it means is for the field that reads it. Built from
libyaml's events, never from its composer, which recurses: 25 kB of ``[`` would end the process.
What a reviewer could misread (anchors, tags, several documents) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import yaml
from yaml._yaml import CParser

from plainwork.model.diagnostic import Diagnostic, FieldPath, Location, Severity

MAX_DEPTH = 16


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
        row = text.count("\n", 0, tab.start()) + line + 1
        raise _problem(
            path, row, 1, "tab-indentation", "tab used for indentation", "indent with blanks"
        )
    return _TreeBuilder(path, text, line, index).build()


def _inside_block_scalar(text: str, position: int) -> bool:
    # A literal block may hold a tab behind its own indentation of blanks; a tab at the very
    # start of a line never can.
    return text[position] == " "


class _TreeBuilder:
    """Turns events into nodes with an explicit stack."""

    def __init__(self, path: str, text: str, line: int, index: int) -> None:
        self._path = path
        self._text = text
        self._line = line
        self._index = index

    def build(self) -> Mapping:
        root: Node | None = None
        try:
            for node in self._documents():
                root = node
        except yaml.MarkedYAMLError as error:
            raise self._syntax_problem(error) from error
        except yaml.YAMLError as error:
            raise _problem(
                self._path, self._line + 1, 1, "yaml-syntax", " ".join(str(error).split())
            ) from error
        if root is None or (isinstance(root, Scalar) and root.plain and not root.text):
            return Mapping([], self._line + 1, 1, self._index, self._index, flow=False)
        if not isinstance(root, Mapping):
            raise _problem(
                self._path,
                root.line,
                root.column,
                "yaml-syntax",
                "front matter is not a list of `key: value` lines",
            )
        return root

    def _syntax_problem(self, error: yaml.MarkedYAMLError) -> YamlProblem:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + self._line + 1, mark.column + 1) if mark else (1, 1)
        message = error.problem or "not YAML"
        if error.context:
            message = f"{message} {error.context}"
        return _problem(
            self._path,
            line,
            column,
            "yaml-syntax",
            message,
            "quote text that holds `: `, ` #`, or begins with one of `[]{}&*!|>'\"%@`",
        )

    def _documents(self) -> Iterator[Node]:
        parser = CParser(self._text)
        get_event: Callable[[], Any] = parser.get_event
        line_offset = self._line + 1
        index = self._index
        # Each open collection: its node, and for a map the key that waits for its value.
        stack: list[Sequence | Mapping] = []
        keys: list[Scalar | None] = []
        seen: list[dict[str, Scalar]] = []
        while True:
            event = get_event()
            kind = type(event)
            node: Node
            if kind is yaml.ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
                start, end = event.start_mark, event.end_mark
                node = Scalar(
                    event.value,
                    start.line + line_offset,
                    start.column + 1,
                    start.index + index,
                    end.index + index,
                    event.style is None or event.style == "",
                )
            elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
                start = event.start_mark
                line, column = start.line + line_offset, start.column + 1
                if len(stack) >= MAX_DEPTH:
                    raise _problem(
                        self._path,
                        line,
                        column,
                        "nesting-too-deep",
                        f"nested more than {MAX_DEPTH} deep",
                    )
                if stack and type(stack[-1]) is Mapping and keys[-1] is None:
                    raise _problem(
                        self._path,
                        line,
                        column,
                        "yaml-key",
                        "a key is a list or map",
                        "keys are plain or quoted text",
                    )
                opened: Sequence | Mapping
                if kind is yaml.SequenceStartEvent:
                    opened = Sequence(
                        [], line, column, start.index + index, 0, flow=bool(event.flow_style)
                    )
                else:
                    opened = Mapping(
                        [], line, column, start.index + index, 0, flow=bool(event.flow_style)
                    )
                stack.append(opened)
                keys.append(None)
                seen.append({})
                continue
            elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
                node = stack.pop()
                keys.pop()
                seen.pop()
                node.end = event.end_mark.index + index
            elif kind is yaml.StreamEndEvent:
                return
            else:
                self._check_marker(event)
                continue
            if not stack:
                yield node
                continue
            parent = stack[-1]
            if type(parent) is Sequence:
                parent.items.append(node)
                continue
            key = keys[-1]
            if key is None:
                assert isinstance(node, Scalar)  # noqa: S101 - collections as keys were refused above
                self._check_key(node, seen[-1])
                keys[-1] = node
            else:
                parent.entries.append((key, node))  # type: ignore[union-attr]
                keys[-1] = None

    def _check_key(self, key: Scalar, seen: dict[str, Scalar]) -> None:
        if key.text == "<<" and key.plain:
            raise _problem(
                self._path, key.line, key.column, "yaml-anchor", "merge key `<<`", _SPELL_OUT
            )
        first = seen.setdefault(key.text, key)
        if first is not key:
            raise _problem(
                self._path,
                key.line,
                key.column,
                "duplicate-key",
                f"`{key.text}` is already set on line {first.line}",
                "keep one of the two",
            )

    def _refuse(self, event: Any) -> None:
        mark = event.start_mark
        line, column = mark.line + self._line + 1, mark.column + 1
        if event.anchor is not None:
            raise _problem(
                self._path, line, column, "yaml-anchor", f"anchor `&{event.anchor}`", _SPELL_OUT
            )
        raise _problem(
            self._path,
            line,
            column,
            "yaml-tag",
            f"tag `{event.tag}`",
            "remove the tag; quote text that begins with `!`",
        )

    def _check_marker(self, event: Any) -> None:
        mark = event.start_mark
        line, column = mark.line + self._line + 1, mark.column + 1
        if type(event) is yaml.AliasEvent:
            raise _problem(
                self._path, line, column, "yaml-anchor", f"alias `*{event.anchor}`", _SPELL_OUT
            )
        if type(event) is yaml.DocumentStartEvent:
            if event.version or event.tags:
                raise _problem(
                    self._path, line, column, "yaml-directive", "`%` directive", "remove it"
                )
            if event.explicit:
                raise _problem(
                    self._path,
                    line,
                    column,
                    "yaml-document",
                    "a second document begins in the front matter",
                    "front matter ends with a line of exactly `---`",
                )
        if type(event) is yaml.DocumentEndEvent and event.explicit:
            raise _problem(
                self._path,
                line,
                column,
                "yaml-document",
                "`...` ends the document inside the front matter",
                "remove it; a line of exactly `---` ends front matter",
            )


_SPELL_OUT = "write the value out where it is needed"


def _problem(
    path: str, line: int, column: int, rule: str, message: str, hint: str = ""
) -> YamlProblem:
    return YamlProblem(
        Diagnostic(
            location=Location(path, line, column),
            rule=rule,
            severity=Severity.ERROR,
            message=message,
            hint=hint,
        )
    )


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
