"""What a new document is called and what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence

from plainwork.editing.yaml_text import (
    INDENTATION,
    Value,
    format_entry_value,
    format_scalar,
    format_value,
)
from plainwork.errors import UsageError

ID_CHARACTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no i, l, o or u, which are misread or spell words."""

_ID_LENGTH = 5
_ATTEMPTS = 100
_LONGEST_TITLE = 60
_LONGEST_LINE = 100
_NO_LETTER_OR_DIGIT = re.compile(r"[^a-z0-9]+")
# Windows opens devices by these names, whatever follows the first dot; README is no document.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "readme"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)]
)


def make_id(prefix: str, random: Callable[[int], int], taken: Container[str]) -> str:
    """Make an id such as ``ops-7k3q9``: short, and free without asking anybody.

    Args:
        prefix: What it begins with.
        random: Returns a number from 0 up to, but not, its argument.
        taken: The ids that are in use, in lower case.

    Raises:
        UsageError: If no free one is found.
    """
    for _ in range(_ATTEMPTS):
        drawn = (ID_CHARACTERS[random(len(ID_CHARACTERS))] for _ in range(_ID_LENGTH))
        id_ = f"{prefix}-{''.join(drawn)}"
        if id_ not in taken:
            return id_
    message = f"no free id begins with `{prefix}-`; choose another `prefix` in plainwork.toml"
    raise UsageError(message)


def file_name(id_: str, title: str) -> str:
    """Return ``<id>-<title>.md``, the title as :func:`slug` gives it."""
    stem = "-".join(filter(None, (id_, slug(title))))
    if stem.split(".", 1)[0] in _RESERVED:
        stem += "-file"
    return f"{stem}.md"


def slug(title: str) -> str:
    """Return a title in lower case ASCII and hyphens, cut at a word; ``""`` if none of it is."""
    found = ""
    for word in _fold(title).split("-"):
        if len(found) + len(word) >= _LONGEST_TITLE:
            return found or word[:_LONGEST_TITLE]
        found = f"{found}-{word}" if found else word
    return found


def _fold(title: str) -> str:
    import unicodedata  # only new documents need its tables

    decomposed = unicodedata.normalize("NFKD", title.casefold())
    ascii_only = decomposed.encode("ascii", "ignore").decode()
    return _NO_LETTER_OR_DIGIT.sub("-", ascii_only).strip("-")


def render_document(fields: Mapping[str, Value], body: str) -> str:
    """Write a new file: front matter in the order given, then the body as it is.

    Raises:
        UsageError: If a value holds characters that front matter must not hold.
    """
    lines = (_format_field(format_scalar(key), value) for key, value in fields.items())
    return f"---\n{''.join(lines)}---\n{body}"


def _format_field(key: str, value: Value) -> str:
    """Write a field on one line if it fits, a longer list or map with a line for each entry."""
    line = f"{key}: {format_entry_value(value)}\n"
    if len(line) <= _LONGEST_LINE or isinstance(value, str):
        return line
    if isinstance(value, Mapping):
        entries = [f"{format_scalar(name)}: {format_value(item)}" for name, item in value.items()]
    elif isinstance(value, Sequence):
        entries = [f"- {format_value(item)}" for item in value]
    else:
        return line
    return "".join((f"{key}:\n", *(f"{INDENTATION}{entry}\n" for entry in entries)))
