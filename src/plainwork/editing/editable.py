"""A file whose front matter is being changed: what it says, where, and what it shall say."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as AnySequence
from typing import Any

import msgspec

from plainwork.editing.layout import Splice, find_line_start, splice_text
from plainwork.editing.yaml_text import Value, format_text
from plainwork.errors import UsageError
from plainwork.model.diagnostic import Diagnostic, FieldPath
from plainwork.parsing.front_matter import parse_front_matter
from plainwork.parsing.yaml_tree import Mapping, Node, Scalar, Sequence

_UNUSUAL = "front matter laid out like this cannot be edited in place; change it in an editor"


class Place(msgspec.Struct, frozen=True):
    """How far a path to a value exists.

    Attributes:
        parents: The collections on the way, each with the position that was taken.
        steps: The part of the path that exists.
        node: What stands there.
        rest: The part that does not exist; empty if all of it does.
    """

    parents: tuple[tuple[Mapping | Sequence, int], ...]
    steps: FieldPath
    node: Node
    rest: FieldPath


class Editable:
    """One edit of one file.

    Attributes:
        text: The file as it is.
        root: Its fields, with their places.
        data: What the fields shall say, as maps, lists and texts: an edit changes this too.
    """

    def __init__(self, text: str) -> None:
        """Read a file.

        Raises:
            UsageError: If there is no telling what its front matter says.
        """
        front_matter, problems = parse_front_matter("", text.encode())
        if front_matter is None:
            raise UsageError(_format_problem(problems[0]))
        self.text = text
        self.root = front_matter.root
        self.data: Any = data_of_node(front_matter.root)
        self._body_start = front_matter.body_start

    @property
    def body(self) -> str:
        """Everything after the closing fence."""
        return self.text[self._body_start :]

    @property
    def closing_fence(self) -> int:
        """The index of the first character of the closing fence."""
        return find_line_start(self.text, self._body_start - 1)

    def find(self, path: FieldPath) -> Place:
        """Follow a path as far as it exists."""
        parents: list[tuple[Mapping | Sequence, int]] = []
        steps: list[str | int] = []
        node: Node = self.root
        for depth, step in enumerate(path):
            if step == 0 and steps and not isinstance(node, Sequence):
                continue  # a lone value stands for a list of one
            position = _position(node, step)
            if position is None or isinstance(node, Scalar):
                return Place(tuple(parents), tuple(steps), node, path[depth:])
            parents.append((node, position))
            steps.append(step)
            node = _value_at(node, position)
        return Place(tuple(parents), tuple(steps), node, ())

    def data_at(self, steps: FieldPath) -> Any:
        """Return what stands at a path that exists: a map, a list or a text."""
        data = self.data
        for step in steps:
            data = data[step]
        return data

    def finish(self, splices: Iterable[Splice]) -> str:
        """Return the changed file, once it says what it shall say.

        Raises:
            UsageError: If it does not: the file is written in a way that no splice fits, or
                becomes too large.
        """
        try:
            after = Editable(splice_text(self.text, splices))
        except UsageError as error:
            message = f"the change would leave front matter that cannot be read: {error}"
            raise UsageError(message) from error
        if after.data != self.data or after.body != self.body:
            raise UsageError(_UNUSUAL)
        return after.text


def data_of_node(node: Node) -> Any:
    """Return what a node says, without its form."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [data_of_node(item) for item in node.items]
    return {key.text: data_of_node(value) for key, value in node.entries}


def data_of_value(value: Value) -> Any:
    """Return what a value will say once it is written and read."""
    if isinstance(value, AnyMapping):
        return {key: data_of_value(entry) for key, entry in value.items()}
    if isinstance(value, AnySequence) and not isinstance(value, str):
        return [data_of_value(item) for item in value]
    return format_text(value)


def _position(node: Node, step: str | int) -> int | None:
    if isinstance(node, Mapping):
        names = (position for position, (key, _) in enumerate(node.entries) if key.text == step)
        return next(names, None)
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return step
    return None


def _value_at(collection: Mapping | Sequence, position: int) -> Node:
    if isinstance(collection, Mapping):
        return collection.entries[position][1]
    return collection.items[position]


def _format_problem(problem: Diagnostic) -> str:
    place = f"line {problem.location.line}: " if problem.location.line else ""
    hint = f"; {problem.hint}" if problem.hint else ""
    return f"{place}{problem.message}{hint}"
