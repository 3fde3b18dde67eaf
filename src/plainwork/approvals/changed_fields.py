"""Which fields of one document differ, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from plainwork.model.document import Document
from plainwork.parsing.fences import find_fences
from plainwork.parsing.front_matter import parse_front_matter
from plainwork.parsing.yaml_tree import Mapping as Map
from plainwork.parsing.yaml_tree import Node, Scalar

_encode = msgspec.json.Encoder().encode
_KEY = re.compile(r"^([^\s#:-][^:\n]*):", re.MULTILINE)


class Reading(msgspec.Struct, frozen=True):
    """One side of a document: what was read, and what stands there beside that.

    Attributes:
        written: What is written for fields that are there and could not be read, as it stands:
            they are wrong, or nobody knows what declares them.
        lines: Field to the line where it stands.
        body: The text after the front matter.
    """

    document: Document
    written: Mapping[str, Any]
    lines: Mapping[str, int]
    body: str

    @property
    def fields(self) -> frozenset[str]:
        """Every field that it has, and ``body`` if it has one."""
        names = frozenset({*self.document.fields, *self.written})
        return names | {"body"} if self.body else names


def make_reading(document: Document, data: bytes) -> Reading:
    """Return one side of a document."""
    text = data.decode("utf-8", "replace")
    fences = find_fences(text)
    if not document.readable or fences is None:
        return Reading(document, {}, {}, "")
    front = text[: fences.end]
    lines: dict[str, int] = {}
    line = start = 0
    for key in _KEY.finditer(front, fences.start):
        line += front.count("\n", start, key.start())
        start = key.start()
        lines.setdefault(key[1].strip(" \"'"), line + 1)
    # Keys can be written in ways that this does not see; then it does not find what was read.
    written = {} if lines.keys() == document.fields.keys() else _read_written(document, data)
    lines["body"] = text.count("\n", 0, fences.body) + 1
    return Reading(document, written, lines, text[fences.body :])


def compute_changed_fields(old: Reading | None, new: Reading | None) -> frozenset[str]:
    """Return the names of the fields that differ, as ``DocumentChange`` has them.

    What cannot be read any more counts as deleted, and what could not be read as new.
    """
    before = old if old and old.document.readable else None
    after = new if new and new.document.readable else None
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
    return {name: new.lines.get(name, 1) for name in sorted(fields)}


def _differs(before: Reading, after: Reading, name: str) -> bool:
    if name == "body" and before.body != after.body:
        return True
    # In JSON, where the order of a map is part of it: the first state is where work begins.
    return bool(_encode(_value(before, name)) != _encode(_value(after, name)))


def _value(side: Reading, name: str) -> Any:
    value = side.document.fields.get(name)
    return side.written.get(name) if value is None else value


def _read_written(document: Document, data: bytes) -> dict[str, Any]:
    front_matter, _ = parse_front_matter(document.path, data)
    entries = front_matter.root.entries if front_matter else []
    return {
        key.text: _plain(value)
        for key, value in entries
        if key.text not in document.fields and not _is_unset(value)
    }


def _is_unset(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and not node.text


def _plain(node: Node) -> Any:
    """Return what stands at a node, in a form that no value that was read has."""
    if isinstance(node, Scalar):
        return ["scalar", node.text, node.plain]
    if isinstance(node, Map):
        return ["map", [[key.text, _plain(value)] for key, value in node.entries]]
    return ["list", [_plain(item) for item in node.items]]
