"""What every file must be before it is asked what it says: small, UTF-8, nothing hidden.

The limits hold for documents and for ``plainwork.toml``. See ``FORMAT.md``, *How it is written*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.parsing.fences import BYTE_ORDER_MARK
from plainwork.parsing.yaml_tree import Mapping, Node, Scalar

MAX_BYTES = 1024 * 1024

# libyaml breaks lines at U+0085, U+2028 and U+2029 where a reviewer sees none; the rest is
# invisible in a diff. A carriage return is fine in front of a line feed only.
CONTROL_CHARACTER = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\r(?!\n)"
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_MOST_INVISIBLE = 20
_NAMING = frozenset({"id", "name", "status"})
_REMOVE = "remove it"
_ZERO_WIDTH_JOINER = "\u200d"
_FIRST_SYMBOL = "\u2190"


def decode_text(path: str, data: bytes) -> str | Diagnostic:
    """Return the text of a file, byte-order mark and line ends as they are, or why not."""
    if len(data) > MAX_BYTES:
        message = f"more than {MAX_BYTES:,} bytes"
        hint = "attach large content instead"
        return Diagnostic(Location(path), "file-too-large", Severity.ERROR, message, hint)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode()) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        location = Location(path, line, column)
        return Diagnostic(location, "not-utf-8", Severity.ERROR, message, "save the file as UTF-8")


def find_control_character(path: str, text: str, end: int) -> Diagnostic | None:
    """Return the first control character before an index, as an error."""
    control = CONTROL_CHARACTER.search(text, 0, end)
    if control is None:
        return None
    location = _locate(path, text, control.start())
    message = _named(control.group())
    return Diagnostic(location, "control-character", Severity.ERROR, message, _REMOVE)


def find_escaped_controls(path: str, root: Mapping) -> list[Diagnostic]:
    """Return the control characters that keys and values hold as escapes, as errors."""
    found = []
    for scalar in _scalars(root):
        control = CONTROL_CHARACTER.search(scalar.text)
        if control is not None:
            location = Location(path, scalar.line, scalar.column)
            message = f"{_named(control.group())}, written as an escape"
            rule, severity = "control-character", Severity.ERROR
            found.append(Diagnostic(location, rule, severity, message, _REMOVE))
    return found


def find_hidden_differences(path: str, text: str, root: Mapping) -> Iterator[Diagnostic]:
    """Yield what looks like nothing: byte-order mark, CRLF, invisible characters.

    They are warnings, but invisible characters in ids, names, states and the names of fields are
    errors: two that look the same must be the same.
    """
    if text.startswith(BYTE_ORDER_MARK):
        message = "the file begins with a byte-order mark"
        yield Diagnostic(Location(path, 1, 1), "byte-order-mark", Severity.WARNING, message)
    if "\r\n" in text:
        location = _locate(path, text, text.index("\r\n"))
        yield Diagnostic(
            location, "crlf", Severity.WARNING, "lines end with CRLF", "save it with LF"
        )
    if not text.isascii():
        yield from islice(_invisible_characters(path, text, root), _MOST_INVISIBLE)
    if "\\" in text:
        yield from islice(_escaped_invisibles(path, text, root), _MOST_INVISIBLE)


def _invisible_characters(path: str, text: str, root: Mapping) -> Iterator[Diagnostic]:
    names = [(name.start, name.end) for name in _names(root)]
    for match in _INVISIBLE.finditer(text, int(text.startswith(BYTE_ORDER_MARK))):
        if not _joins_emoji(text, match.start()):
            in_name = any(start <= match.start() < end for start, end in names)
            yield _invisible(_locate(path, text, match.start()), match.group(), in_name=in_name)


def _escaped_invisibles(path: str, text: str, root: Mapping) -> Iterator[Diagnostic]:
    names = {name.start for name in _names(root)}
    for scalar in _scalars(root):
        matches = () if scalar.plain else _INVISIBLE.finditer(scalar.text)
        hidden = (each[0] for each in matches if not _joins_emoji(scalar.text, each.start()))
        character = next(hidden, "")
        if character and not _INVISIBLE.search(text, scalar.start, scalar.end):
            location = Location(path, scalar.line, scalar.column)
            found = _invisible(location, character, in_name=scalar.start in names)
            yield msgspec.structs.replace(found, message=f"{found.message}, written as an escape")


def _invisible(location: Location, character: str, *, in_name: bool) -> Diagnostic:
    severity = Severity.ERROR if in_name else Severity.WARNING
    return Diagnostic(location, "invisible-character", severity, _named(character), _REMOVE)


def _joins_emoji(text: str, index: int) -> bool:
    # A zero-width joiner between two symbols makes one emoji, and is no trick.
    return (
        text[index] == _ZERO_WIDTH_JOINER
        and 0 < index < len(text) - 1
        and text[index + 1] >= _FIRST_SYMBOL
        and text[index - 1] >= _FIRST_SYMBOL
    )


def _names(root: Mapping) -> Iterator[Scalar]:
    """Yield what has to be told apart at sight: keys, and the values of some."""
    for node in _nodes(root):
        for key, value in node.entries if isinstance(node, Mapping) else ():
            yield key
            if key.text in _NAMING and isinstance(value, Scalar):
                yield value


def _keys(root: Mapping) -> Iterator[Scalar]:
    return (key for node in _nodes(root) if isinstance(node, Mapping) for key, _ in node.entries)


def _scalars(root: Mapping) -> Iterator[Scalar]:
    yield from _keys(root)
    yield from (node for node in _nodes(root) if isinstance(node, Scalar))


def _nodes(root: Mapping) -> Iterator[Node]:
    todo: list[Node] = [root]
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, Mapping):
            todo.extend(value for _, value in node.entries)
        elif not isinstance(node, Scalar):
            todo.extend(node.items)


def _named(character: str) -> str:
    import unicodedata  # rare: only for a diagnostic

    name = unicodedata.name(character[0], "")
    return f"character U+{ord(character[0]):04X}{f' ({name})' if name else ''}"


def _locate(path: str, text: str, index: int) -> Location:
    return Location(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
