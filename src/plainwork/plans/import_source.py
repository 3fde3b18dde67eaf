"""A file of another tool, read: Markdown with front matter, or YAML."""

from __future__ import annotations

import re

import msgspec

from plainwork.model.diagnostic import Diagnostic
from plainwork.parsing.fences import BYTE_ORDER_MARK
from plainwork.parsing.foreign_yaml import ForeignValue, ForeignYaml, parse_foreign_yaml
from plainwork.parsing.front_matter import StrictHandler
from plainwork.parsing.source_text import decode_text
from plainwork.parsing.yaml_tree import YamlProblem

_TICKS = re.compile("`{3,}")


class SourceDocument(msgspec.Struct, frozen=True):
    """What a file says.

    Attributes:
        path: From the folder that is imported, with ``/``.
        fields: Text, lists and maps, in the order of the file.
        body: The text below the front matter, unchanged; of YAML, see :func:`parse_source`.
        verbatim: The front matter as it is written, if it says more than its values do.
        repaired: How many lines are no YAML, and were read as the text that was meant.
    """

    path: str
    fields: dict[str, ForeignValue]
    body: str
    verbatim: str
    repaired: int


def parse_source(path: str, data: bytes) -> SourceDocument | Diagnostic:
    """Read a file: what ends in ``.md`` has front matter, all else is YAML.

    YAML has no body, so there is a place for its text if that says more than its values do, such
    as comments: it becomes the body, as a block of code.

    Returns:
        What it says, or why there is no telling.
    """
    text = decode_text(path, data)
    if isinstance(text, Diagnostic):
        return text
    if not path.lower().endswith((".md", ".markdown")):
        text = text.removeprefix(BYTE_ORDER_MARK)
        found = parse_foreign_yaml(path, text)
        if isinstance(found, Diagnostic):
            return found
        body = _quote(path, text) if found.says_more else ""
        return SourceDocument(path, found.values, body, "", found.repaired)
    return _parse_markdown(path, text)


def parse_yaml_source(path: str, data: bytes) -> ForeignYaml | Diagnostic:
    """Read a YAML file that is no document."""
    text = decode_text(path, data)
    if isinstance(text, Diagnostic):
        return text
    return parse_foreign_yaml(path, text.removeprefix(BYTE_ORDER_MARK))


def _parse_markdown(path: str, text: str) -> SourceDocument | Diagnostic:
    try:
        start, end, body = StrictHandler(path).spans(text)
    except YamlProblem as problem:
        return problem.diagnostic
    # CRLF would be seen as part of a repaired value.
    front_matter = text[start:end].replace("\r\n", "\n")
    found = parse_foreign_yaml(path, front_matter, line=1)
    if isinstance(found, Diagnostic):
        return found
    verbatim = front_matter if found.says_more else ""
    return SourceDocument(path, found.values, text[body:], verbatim, found.repaired)


def _quote(path: str, text: str) -> str:
    """Return a text as a block of code, fenced by more ticks than it holds."""
    longest = max(map(len, _TICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    ended = text if text.endswith("\n") else f"{text}\n"
    return f"As imported from `{path}`:\n\n{fence}yaml\n{ended}{fence}\n"
