"""Writing values as YAML that libyaml and a reviewer read back as the same text.

Every scalar is text until a field reads it, so a date, a number or ``yes`` needs no quotes;
only what YAML's syntax would take for something else gets them, and plain nulls, which
``FORMAT.md`` makes errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from plainwork.errors import UsageError
from plainwork.parsing.source_text import CONTROL_CHARACTER
from plainwork.parsing.yaml_tree import NULLS

SingleValue = str | bool | int | float | Decimal | date
Value = SingleValue | Sequence["Value"] | Mapping[str, "Value"]

INDENTATION = "  "

# Halves of surrogate pairs stand for bytes on a command line that are not UTF-8.
_REFUSED = re.compile(rf"{CONTROL_CHARACTER.pattern}|[\ud800-\udfff]")
# `<<` would be a merge key, `...` the end of the document where it begins a line.
_NEEDS_QUOTES = re.compile(
    r"""[\s,\[\]{}#&*!|>'"%@`?:]|-(?![0-9A-Za-z])|<<|\.\.\.|.*(?::\s|\s#|[\t\n\r\ufeff]|[\s:]\Z)""",
    re.DOTALL,
)
_NEEDS_QUOTES_IN_FLOW = re.compile(r"[,\[\]{}]|:\?")  # libyaml stumbles over the last
_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\ufeff": "\\ufeff"}
)
_ONLY_IN_DOUBLE_QUOTES = re.compile(r"[\n\r\t\ufeff]")


def format_text(value: SingleValue) -> str:
    """Return a value as the text that its field reads: ``true``, ``2026-05-01``, ``1840.50``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def format_scalar(value: SingleValue, *, flow: bool = False, like: str = "") -> str:
    """Write a single value on one line.

    Args:
        value: What is to be read back.
        flow: Whether it stands inside brackets or braces.
        like: The value that it replaces, as written; its quotes stay.

    Raises:
        UsageError: If it holds characters that front matter must not hold.
    """
    text = format_text(value)
    refused = _REFUSED.search(text)
    if refused is not None:
        code = f"U+{ord(refused.group()[0]):04X}"
        message = f"{text[:40]!r} holds the character {code}, which no field may; remove it"
        raise UsageError(message)
    quote = like[:1] if like[:1] in ("'", '"') else ""
    if not quote and not _needs_quotes(text, flow=flow):
        return text
    if _ONLY_IN_DOUBLE_QUOTES.search(text):
        quote = '"'
    elif not quote:
        quote = "'" if "'" not in text and ('"' in text or "\\" in text) else '"'
    return f'"{text.translate(_ESCAPES)}"' if quote == '"' else "'" + text.replace("'", "''") + "'"


def _needs_quotes(text: str, *, flow: bool) -> bool:
    return (
        not text
        or text in NULLS
        or _NEEDS_QUOTES.match(text) is not None
        or (flow and _NEEDS_QUOTES_IN_FLOW.search(text) is not None)
    )


def format_value(value: Value, *, flow: bool = False, like: str = "") -> str:
    """Write any value on one line: lists as ``[a, b]``, maps as ``{key: value}``.

    Raises:
        UsageError: If it holds characters that front matter must not hold.
    """
    if isinstance(value, Mapping):
        entries = (f"{format_scalar(k, flow=True)}: {_in_flow(v)}" for k, v in value.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_in_flow(item) for item in value) + "]"
    return format_scalar(value, flow=flow, like=like)


def _in_flow(value: Value) -> str:
    return format_value(value, flow=True)


def format_entry_value(
    value: Value, *, indent: str = "", line_end: str = "\n", like: str = ""
) -> str:
    """Write the value of a ``key: value`` line behind which nothing stands.

    Text of several lines becomes a literal block, which reads like the text and changes line by
    line.

    Args:
        value: What is to be read back.
        indent: The indentation of the key.
        line_end: What ends the lines of the file.
        like: The value that it replaces, as written; its quotes stay.

    Raises:
        UsageError: If it holds characters that front matter must not hold.
    """
    line = format_value(value, like=like)
    if not isinstance(value, str) or not _fits_literal(value):
        return line
    rows = value.removesuffix("\n").split("\n")
    header = "|" if value.endswith("\n") else "|-"
    body = (f"{indent}{INDENTATION}{row}" if row else "" for row in rows)
    return line_end.join((header, *body))


def _fits_literal(text: str) -> bool:
    """A literal block begins with text at its own indentation and keeps one newline at most."""
    core = text.removesuffix("\n")
    if "\n" not in core or core[0].isspace() or core[-1].isspace():
        return False
    return not any(character in core for character in "\t\r\ufeff")
