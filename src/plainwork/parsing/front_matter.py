"""Splitting a file into front matter and body, strictly.

python-frontmatter's own splitting finds front matter in the middle of a file and answers ``{}``
for a missing fence, so the handler brings a ``split`` and a ``load`` of its own and is called
directly. See ``FORMAT.md``, *How it is written*.
"""

from __future__ import annotations

import msgspec
from frontmatter.default_handlers import BaseHandler

from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.parsing.fences import OPENING_FENCE, find_fences
from plainwork.parsing.source_text import (
    decode_text,
    find_control_character,
    find_escaped_controls,
    find_hidden_differences,
)
from plainwork.parsing.yaml_tree import Mapping, YamlProblem, parse_yaml


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


class StrictHandler(BaseHandler):
    """python-frontmatter's handler interface, with strict splitting and positions."""

    FM_BOUNDARY = OPENING_FENCE

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def detect(self, text: str) -> bool:
        """Tell whether a text begins with front matter."""
        return find_fences(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """Return the YAML between the fences and the body, both unchanged.

        Raises:
            YamlProblem: If either fence is missing.
        """
        start, end, body = self.spans(text)
        return text[start:end], text[body:]

    def spans(self, text: str) -> tuple[int, int, int]:
        """Return where the YAML starts and ends, and where the body starts.

        Raises:
            YamlProblem: If either fence is missing.
        """
        fences = find_fences(text)
        if fences is None:
            message = "no front matter"
            hint = "begin the file with a line of exactly `---`, then `title: …`"
            raise YamlProblem(_error(self._path, "front-matter-missing", message, hint))
        if fences.end < 0:
            message, hint = "the front matter is not closed", "end it with a line of exactly `---`"
            raise YamlProblem(_error(self._path, "front-matter-unclosed", message, hint))
        return fences.start, fences.end, fences.body

    def load(self, fm: str) -> Mapping:  # type: ignore[override] # a Mapping has places too
        """Read the YAML between the fences of a file without byte-order mark."""
        return parse_yaml(self._path, fm, line=1, index=0)


def parse_front_matter(path: str, data: bytes) -> tuple[FrontMatter | None, tuple[Diagnostic, ...]]:
    """Split and read a file.

    Returns:
        The file, or None if there is no telling what it says; and what is wrong with how it
        is written.
    """
    text = decode_text(path, data)
    if isinstance(text, Diagnostic):
        return None, (text,)
    try:
        return _parse_text(path, text)
    except YamlProblem as problem:
        return None, (problem.diagnostic,)


def _parse_text(path: str, text: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    start, end, body_start = StrictHandler(path).spans(text)
    control = find_control_character(path, text, end)
    if control is not None:
        raise YamlProblem(control)
    root = parse_yaml(path, text[start:end], line=1, index=start)
    problems: list[Diagnostic] = []
    if "\\" in text[start:end]:
        problems.extend(find_escaped_controls(path, root))
    problems.extend(find_hidden_differences(path, text, root))
    return FrontMatter(text, root, body_start), tuple(problems)


def _error(path: str, rule: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Location(path, 1, 1), rule, Severity.ERROR, message, hint)
