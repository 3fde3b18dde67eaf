"""Which fields of one document differ, and where they stand."""

from __future__ import annotations

from typing import Any

import msgspec

from plainwork.model.document import Document
from plainwork.parsing.front_matter import FrontMatter, parse_front_matter
from plainwork.parsing.yaml_tree import Mapping, Node, Scalar

_encode = msgspec.json.Encoder().encode


class Reading(msgspec.Struct, frozen=True):
    """One side of a document: what was read, and the file.

    Attributes:
        source: Its front matter with places; None: it cannot be read.
    """

    document: Document
    data: bytes
    source: FrontMatter | None

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.source.body if self.source else ""

    @property
    def fields(self) -> frozenset[str]:
        """Every field that it has, also one whose value is wrong, and ``body`` if it has one."""
        names = {key.text for key, _ in self.source.root.entries} if self.source else set()
        return frozenset(names | ({"body"} if self.body else set()))


def make_reading(document: Document, data: bytes) -> Reading:
    """Return one side of a document, with the places of its fields."""
    source = parse_front_matter(document.path, data)[0] if document.readable else None
    return Reading(document, data, source)


def compute_changed_fields(old: Reading | None, new: Reading | None) -> frozenset[str]:
    """Return the names of the fields that differ, as ``DocumentChange`` has them.

    What cannot be read any more counts as deleted, and what could not be read as new.
    """
    before, after = _readable(old), _readable(new)
    if before is None and after is None:
        return frozenset({"body", "format", "deleted"})
    if before is None:
        return after.fields | {"created"} if after else frozenset()
    if after is None:
        return before.fields | {"deleted"}
    found = {name for name in before.fields | after.fields if _differs(before, after, name)}
    if before.document.path != after.document.path:
        found.add("path")
    return frozenset(found or {"format"})


def find_lines(fields: frozenset[str], new: Reading) -> dict[str, int]:
    """Return where changed fields stand in a file; its first line if they have no place there."""
    if new.source is None:
        return dict.fromkeys(sorted(fields), 1)
    lines = {key.text: key.line for key, _ in new.source.root.entries}
    lines["body"] = new.source.text.count("\n", 0, new.source.body_start) + 1
    return {name: lines.get(name, 1) for name in sorted(fields)}


def _readable(side: Reading | None) -> Reading | None:
    return side if side and side.source else None


def _differs(before: Reading, after: Reading, name: str) -> bool:
    if name == "body":
        return before.body != after.body
    old, new = before.document.fields, after.document.fields
    if name in old and name in new:
        # In JSON, where the order of a map is part of it: the first state is where work begins.
        return bool(_encode(old[name]) != _encode(new[name]))
    # A wrong value has not been read: then what is written counts.
    return bool(_written(before, name) != _written(after, name))


def _written(side: Reading, name: str) -> Any:
    node = side.source.root.get(name) if side.source else None
    return None if node is None else _plain(node)


def _plain(node: Node) -> Any:
    """Return what stands at a node, without its place."""
    if isinstance(node, Scalar):
        return node.text, node.plain
    if isinstance(node, Mapping):
        return "map", [(key.text, _plain(value)) for key, value in node.entries]
    return "list", [_plain(item) for item in node.items]
