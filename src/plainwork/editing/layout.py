"""Where the entries of front matter stand, so that one can be spliced and no other byte moves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as AnySequence
from itertools import takewhile

import msgspec

from plainwork.editing.yaml_text import Value, format_entry_value, format_scalar, format_value
from plainwork.parsing.yaml_tree import Mapping, Node, Scalar, Sequence

_KEEPS_LINES = re.compile(r"[|>][1-9]?\+")
_COLON = re.compile(r"\s*:")
_BLOCK_HEADER = re.compile(r"[|>][-+1-9]*([ \t]+#[^\r\n]*)")
_LINE_END = re.compile(r"\r?\n\Z")


class Splice(msgspec.Struct, frozen=True, order=True):
    """New text for the characters from ``start`` up to ``end``."""

    start: int
    end: int
    text: str = ""


class Entry(msgspec.Struct, frozen=True):
    """One entry of a collection.

    Attributes:
        start: The index of its key, of the dash before it, or of itself in brackets.
        end: The index behind the last character of its value.
        key: None in a list.
    """

    start: int
    end: int
    key: Scalar | None
    value: Node


def splice_text(text: str, splices: Iterable[Splice]) -> str:
    """Return the text with all splices made; they must not overlap."""
    parts: list[str] = []
    position = 0
    for splice in sorted(splices):
        parts += (text[position : splice.start], splice.text)
        position = splice.end
    return "".join((*parts, text[position:]))


def _find_entries(text: str, collection: Mapping | Sequence) -> list[Entry]:
    """Return the entries of a collection in the order of the file."""
    if isinstance(collection, Mapping):
        return [
            Entry(key.start, _find_end(text, value), key, value)
            for key, value in collection.entries
        ]
    return [
        Entry(
            item.start if collection.flow else text.rfind("-", 0, item.start),
            _find_end(text, item),
            None,
            item,
        )
        for item in collection.items
    ]


def _find_end(text: str, node: Node) -> int:
    """Return the index behind a value's last character.

    libyaml ends a block where the next token begins, so blank lines and comments behind it would
    count as parts of it.
    """
    while not isinstance(node, Scalar):
        if node.flow:
            return node.end
        node = node.entries[-1][1] if isinstance(node, Mapping) else node.items[-1]
    if not _is_block_scalar(text, node):
        return node.end
    source = text[node.start : node.end]
    if _KEEPS_LINES.match(source):  # the blank lines at its end belong to the value
        return node.start + len(_LINE_END.sub("", source))
    return node.start + len(source.rstrip(" \t\r\n"))


def _is_block_scalar(text: str, node: Node) -> bool:
    """Tell whether a value is written with ``|`` or ``>``."""
    return isinstance(node, Scalar) and not node.plain and text[node.start] in "|>"


def is_unset(node: Node) -> bool:
    """Tell whether nothing stands behind the key."""
    return isinstance(node, Scalar) and node.start == node.end


def find_line_start(text: str, index: int) -> int:
    """Return the index of the first character of a line."""
    return text.rfind("\n", 0, index) + 1


def _find_next_line(text: str, index: int) -> int:
    """Return the index of the first character of the next line; the closing fence is one."""
    return text.index("\n", index) + 1


def _find_line_end(text: str) -> str:
    """Return what ends the lines of a file, judged by the opening fence."""
    return "\r\n" if text[: text.index("\n")].endswith("\r") else "\n"


def compute_removals(
    text: str, collection: Mapping | Sequence, positions: AnySequence[int]
) -> Iterator[Splice]:
    """Say how some entries of a collection, in ascending positions, are taken out."""
    entries = _find_entries(text, collection)
    if not collection.flow:
        return _removed_lines(text, entries, positions)
    if len(positions) == len(entries):
        return iter([Splice(collection.start, collection.end, "{}")])
    return _removed_from_brackets(entries, positions)


def _removed_lines(
    text: str, entries: list[Entry], positions: AnySequence[int]
) -> Iterator[Splice]:
    leading = 0
    if text[find_line_start(text, entries[0].start) : entries[0].start].strip(" ?"):
        # The first entry shares its line with the dash of an outer list: the next moves up.
        leading = len(list(takewhile(set(positions).__contains__, range(len(entries)))))
        yield Splice(entries[0].start, entries[leading].start)
    for position in positions[leading:]:
        entry = entries[position]
        yield Splice(find_line_start(text, entry.start), _find_next_line(text, entry.end))


def _removed_from_brackets(entries: list[Entry], positions: AnySequence[int]) -> Iterator[Splice]:
    backwards = reversed(range(len(entries)))
    trailing = len(list(takewhile(set(positions).__contains__, backwards)))
    for position in positions:
        if position >= len(entries) - trailing:  # no comma follows; the one before goes
            yield Splice(entries[position - 1].end, entries[position].end)
        else:
            yield Splice(entries[position].start, entries[position + 1].start)


def compute_replacement(
    text: str, parent: Mapping | Sequence, position: int, value: Value
) -> list[Splice]:
    """Say how the value of one entry gives way to another; a comment on its line stays."""
    entry = _find_entries(text, parent)[position]
    key, node = entry.key, entry.value
    start, end, gap, comment, like = node.start, entry.end, "", "", ""
    below = key is not None and "\n" in text[key.end : start]
    removed = []
    if below and not isinstance(node, Scalar) and not node.flow:
        removed = [Splice(find_line_start(text, start), _find_next_line(text, end))]
    if removed or is_unset(node):
        start = end = _find_gap(text, entry)
        gap = " " if text[start - 1] in ":-" else ": "
        below = False
    elif isinstance(node, Scalar):
        comment, like = _header_comment(text, node), text[start:end]
    behind = comment + text[end : text.index("\n", end)]
    if key is None or parent.flow or below or behind.strip():
        written = format_value(value, flow=parent.flow, like=like)
    else:
        written = _format_entry_value(text, value, key.column, like)
    return [Splice(start, end, gap + written + comment), *removed]


def compute_insertion(
    text: str, mapping: Mapping, position: int, key: str, value: Value, *, closing_fence: int
) -> Splice:
    """Say where a new entry of a map goes.

    Args:
        text: The file.
        mapping: The map.
        position: Which entry it follows; -1 if the map is empty.
        key: Its key.
        value: Its value.
        closing_fence: The index of the fence, above which the first entry of all goes.
    """
    entries = _find_entries(text, mapping)
    name = format_scalar(key, flow=mapping.flow)
    if mapping.flow:
        entry = f"{name}: {format_value(value, flow=True)}"
        if not entries:
            return Splice(mapping.start, mapping.end, f"{{{entry}}}")
        return Splice(entries[position].end, entries[position].end, f", {entry}")
    start = _find_next_line(text, entries[position].end) if entries else closing_fence
    written = _format_entry_value(text, value, mapping.column)
    line = f"{' ' * (mapping.column - 1)}{name}: {written}{_find_line_end(text)}"
    return Splice(start, start, line)


def compute_appendix(text: str, sequence: Sequence, values: Iterable[Value]) -> Splice:
    """Say where further values of a list go."""
    written = [format_value(value, flow=sequence.flow) for value in values]
    if not sequence.items:
        return Splice(sequence.start, sequence.end, f"[{', '.join(written)}]")
    last = _find_end(text, sequence.items[-1])
    if sequence.flow:
        return Splice(last, last, "".join(f", {item}" for item in written))
    start = _find_next_line(text, last)
    indent = " " * (sequence.column - 1)
    lines = (f"{indent}- {item}{_find_line_end(text)}" for item in written)
    return Splice(start, start, "".join(lines))


def _format_entry_value(text: str, value: Value, column: int, like: str = "") -> str:
    return format_entry_value(
        value, indent=" " * (column - 1), line_end=_find_line_end(text), like=like
    )


def _find_gap(text: str, entry: Entry) -> int:
    """Return where the value of an entry without one goes: behind its colon, dash or key."""
    if entry.key is None:
        return entry.start + 1
    colon = _COLON.match(text, entry.key.end)
    return colon.end() if colon else entry.key.end


def _header_comment(text: str, node: Node) -> str:
    """Return the comment on the line of a ``|`` or ``>``, with the blanks before it."""
    header = _BLOCK_HEADER.match(text, node.start) if _is_block_scalar(text, node) else None
    return header[1] if header else ""
