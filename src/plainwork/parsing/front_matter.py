"""Splitting a file into front matter and body, strictly.

python-frontmatter's own splitting finds front matter in the middle of a file and answers ``{}``
for a missing fence, so the handler brings a ``split`` and a ``load`` of its own and is called
directly. See ``FORMAT.md``, *How it is written*.
"""

from __future__ import annotations

import re

import msgspec
from frontmatter.default_handlers import BaseHandler

from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.parsing.yaml_tree import Mapping, Scalar, YamlProblem, parse_yaml

MAX_BYTES = 1024 * 1024
BYTE_ORDER_MARK = "\ufeff"

_FENCE = re.compile(r"---[ \t]*\r?(?:\n|\Z)")
_CLOSING_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
# libyaml breaks lines at U+0085, U+2028 and U+2029 where a reviewer sees none; the rest is
# invisible in a diff. A carriage return is fine in front of a line feed only.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\r(?!\n)")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


class FrontMatter(msgspec.Struct):
    """A file, split.

    Attributes:
        text: The whole file, decoded, byte-order mark and line ends as they are.
        root: The fields, with their places.
        body_start: The index of the first character of the body.
    """

    text: str
    root: Mapping
    body_start: int

    @property
    def body(self) -> str:
        """Everything after the closing fence, unchanged."""
        return self.text[self.body_start :]


class StrictHandler(BaseHandler):  # type: ignore[misc]
    """python-frontmatter's handler interface, with strict splitting and positions."""

    FM_BOUNDARY = _FENCE

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def detect(self, text: str) -> bool:
        """Tell whether a text begins with front matter."""
        return _FENCE.match(text, int(text.startswith(BYTE_ORDER_MARK))) is not None

    def split(self, text: str) -> tuple[str, str]:
        """Return the YAML between the fences and the body, both unchanged.

        Raises:
            YamlProblem: If either fence is missing.
        """
        start, end, body = self.spans(text)
        return text[start:end], text[body:]

    def spans(self, text: str) -> tuple[int, int, int]:
        """Return where the YAML starts and ends, and where the body starts."""
        opening = _FENCE.match(text, int(text.startswith(BYTE_ORDER_MARK)))
        if opening is None:
            raise YamlProblem(
                _error(
                    self._path,
                    1,
                    1,
                    "front-matter-missing",
                    "no front matter",
                    "begin the file with a line of exactly `---`, then `title: …`",
                )
            )
        closing = _CLOSING_FENCE.search(text, opening.end())
        if closing is None:
            raise YamlProblem(
                _error(
                    self._path,
                    1,
                    1,
                    "front-matter-unclosed",
                    "the front matter is not closed",
                    "end it with a line of exactly `---`",
                )
            )
        body = closing.end() + 1 if closing.end() < len(text) else closing.end()
        return opening.end(), closing.start(), body

    def load(self, fm: str, **_: object) -> Mapping:
        """Read the YAML between the fences of a file without byte-order mark."""
        return parse_yaml(self._path, fm, line=1, index=0)


def parse_front_matter(
    path: str, data: bytes
) -> tuple[FrontMatter | None, tuple[Diagnostic, ...]]:
    """Split and read a file.

    Returns:
        The file, or None if there is no telling what it says; and what is wrong with how it
        is written.
    """
    if len(data) > MAX_BYTES:
        message = f"{len(data):,} bytes; a document has at most {MAX_BYTES:,}"
        return None, (
            _error(path, 0, 0, "file-too-large", message, "attach large content instead"),
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start]) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return None, (
            _error(path, line, column, "not-utf-8", message, "save the file as UTF-8"),
        )
    try:
        return _parse_text(path, text)
    except YamlProblem as problem:
        return None, (problem.diagnostic,)


def _parse_text(path: str, text: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    start, end, body_start = StrictHandler(path).spans(text)
    control = _CONTROL.search(text, 0, end)
    if control is not None:
        line, column = _position(text, control.start())
        raise YamlProblem(
            _error(path, line, column, "control-character", _named(control.group()), _REMOVE)
        )
    root = parse_yaml(path, text[start:end], line=1, index=start)
    problems: list[Diagnostic] = []
    if "\\" in text[start:end]:
        problems.extend(_escaped_controls(path, root))
    if text.startswith(BYTE_ORDER_MARK):
        problems.append(
            _warning(path, 1, 1, "byte-order-mark", "the file begins with a byte-order mark")
        )
    if "\r\n" in text:
        line, column = _position(text, text.index("\r\n"))
        message = "lines end with CRLF"
        problems.append(_warning(path, line, column, "crlf", message, "save it with LF"))
    if not text.isascii():
        problems.extend(_invisible_characters(path, text, root, start))
    return FrontMatter(text, root, body_start), tuple(problems)


def _escaped_controls(path: str, root: Mapping) -> list[Diagnostic]:
    found = []
    for scalar in _scalars(root):
        control = _CONTROL.search(scalar.text)
        if control is not None:
            message = f"{_named(control.group())}, written as an escape"
            found.append(
                _error(path, scalar.line, scalar.column, "control-character", message, _REMOVE)
            )
    return found


def _invisible_characters(
    path: str, text: str, root: Mapping, start: int
) -> list[Diagnostic]:
    keys = [(key.start, key.end) for key in _keys(root)]
    found = []
    for match in _INVISIBLE.finditer(text, 1 if text.startswith(BYTE_ORDER_MARK) else 0):
        if match.group() == "\ufe0f" or _joins_emoji(text, match.start()):
            continue
        line, column = _position(text, match.start())
        in_key = match.start() >= start and any(a <= match.start() < b for a, b in keys)
        make = _error if in_key else _warning
        found.append(make(path, line, column, "invisible-character", _named(match.group()), _REMOVE))
        if len(found) == _MOST_INVISIBLE:
            break
    return found


_MOST_INVISIBLE = 20
_REMOVE = "remove it"
_ZERO_WIDTH_JOINER = "\u200d"


def _joins_emoji(text: str, index: int) -> bool:
    """A zero-width joiner between two symbols makes one emoji, and is no trick."""
    return (
        text[index] == _ZERO_WIDTH_JOINER
        and 0 < index < len(text) - 1
        and ord(text[index + 1]) >= 0x2190
        and ord(text[index - 1]) >= 0x2190
    )


def _keys(node: Mapping) -> list[Scalar]:
    found: list[Scalar] = []
    todo: list[object] = [node]
    while todo:
        current = todo.pop()
        if isinstance(current, Mapping):
            for key, value in current.entries:
                found.append(key)
                todo.append(value)
        elif not isinstance(current, Scalar):
            todo.extend(getattr(current, "items", ()))
    return found


def _scalars(node: Mapping) -> list[Scalar]:
    found: list[Scalar] = []
    todo: list[object] = [node]
    while todo:
        current = todo.pop()
        if isinstance(current, Scalar):
            found.append(current)
        elif isinstance(current, Mapping):
            for key, value in current.entries:
                found.append(key)
                todo.append(value)
        else:
            todo.extend(getattr(current, "items", ()))
    return found


def _named(character: str) -> str:
    import unicodedata  # rare: only for a diagnostic

    name = unicodedata.name(character[0], "")
    return f"character U+{ord(character[0]):04X}{f' ({name})' if name else ''}"


def _position(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _error(
    path: str, line: int, column: int, rule: str, message: str, hint: str = ""
) -> Diagnostic:
    return Diagnostic(Location(path, line, column), rule, Severity.ERROR, message, hint)


def _warning(
    path: str, line: int, column: int, rule: str, message: str, hint: str = ""
) -> Diagnostic:
    return Diagnostic(Location(path, line, column), rule, Severity.WARNING, message, hint)
