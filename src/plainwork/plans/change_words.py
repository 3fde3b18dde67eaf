"""What differs between two versions of a document, in words."""

from __future__ import annotations

from typing import Any

from plainwork.editing.yaml_text import format_value
from plainwork.model.document import Document
from plainwork.parsing.scalars import shorten


def describe_change(before: Document, after: Document) -> tuple[str, ...]:
    """Return a line for each field that differs, in the order of the new version."""
    names = dict.fromkeys((*after.fields, *before.fields))
    return tuple(
        _describe(name, before.fields.get(name), after.fields.get(name))
        for name in names
        if before.fields.get(name) != after.fields.get(name)
    )


def _describe(name: str, old: Any, new: Any) -> str:
    if old is None:
        return f"{name}: {_show(new)}"
    if new is None:
        return f"{name}: removed, was {_show(old)}"
    return f"{name}: {_show(old)} → {_show(new)}"


def _show(value: Any) -> str:
    if isinstance(value, str):
        return shorten(value)
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return shorten(", ".join(value))
    return shorten(format_value(value))
