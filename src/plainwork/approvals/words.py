"""What a change does to a document, in words: short, and safe to count on in any output.

What it says comes from the change and is hostile: here only its length and its invisible
characters are bounded; each sink escapes it for itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from plainwork.model.change import ChangedDocument
from plainwork.model.document import Document
from plainwork.model.work import Work

_MOST_CHANGES = 30
_MOST_CHARACTERS = 80
_NOT_FIELDS = frozenset({"body", "path", "format", "created", "deleted", "file"})
_TITLES = ("title", "name", "headline")


def describe_changes(document: ChangedDocument) -> tuple[str, ...]:
    """Return each change of a document in words: ``status: draft → review``, ``body: 3 lines``."""
    lines = list(_describe(document))
    if len(lines) > _MOST_CHANGES:
        more = f"{len(lines) - _MOST_CHANGES + 1} more changes"
        lines = [*lines[: _MOST_CHANGES - 1], more]
    return tuple(lines)


def title_of(document: ChangedDocument) -> str:
    """Return what a document is called, as it would be; of a file its path."""
    for side in (document.new, document.old):
        if isinstance(side, Work):
            return clean(side.title)
        if isinstance(side, Document):
            return clean(
                next((str(side.fields[name]) for name in _TITLES if name in side.fields), side.id)
            )
    return clean(document.id)


def _describe(document: ChangedDocument) -> Iterator[str]:
    old, new = document.old, document.new
    if document.before is None:
        yield "created"
    elif document.after is None:
        yield "deleted"
        return
    elif document.before.path != document.after.path:
        yield f"path: {clean(document.before.path)} → {clean(document.after.path)}"
    if document.before and document.after and document.before.mode != document.after.mode:
        yield f"mode: {document.before.mode} → {document.after.mode}"
    before = old.fields if old is not None else {}
    after = new.fields if new is not None else {}
    yield from _describe_fields(document.fields, before, after)
    if "body" in document.fields:
        yield f"body: {_count_lines(_body(old), _body(new))}"
    if document.fields <= {"format", "file"} and document.before and document.after:
        yield "the file's content" if document.old is None else "how it is written"


def _describe_fields(
    fields: frozenset[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[str]:
    told = fields - _NOT_FIELDS  # once: a hostile document can have a hundred thousand
    for name in dict.fromkeys((*after, *before, *sorted(fields))):
        if name not in told:
            continue
        old, new = before.get(name), after.get(name)
        if name not in before:
            yield f"{clean(name)}: {_format(new)}"
        else:
            yield f"{clean(name)}: {_format(old)} → {_format(new) if name in after else 'nothing'}"


def _body(side: Work | Document | None) -> str:
    return side.body if side is not None else ""


def _count_lines(old: str, new: str) -> str:
    """Return how many lines differ, wherever they stand; moved lines only are one."""
    before, after = Counter(old.splitlines()), Counter(new.splitlines())
    count = max((after - before).total(), (before - after).total(), 1)
    return "1 line" if count == 1 else f"{count} lines"


def _format(value: Any) -> str:
    if isinstance(value, str):
        return clean(value) or "empty"
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return clean(", ".join(value)) or "empty"
    return clean(json.dumps(value, ensure_ascii=False, default=str))


def clean(text: str) -> str:
    """Return text in one line of bounded length, without characters that cannot be seen."""
    shown = " ".join(text[: 2 * _MOST_CHARACTERS].split())
    visible = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in shown)
    if len(visible) > _MOST_CHARACTERS or len(text) > 2 * _MOST_CHARACTERS:
        return visible[: _MOST_CHARACTERS - 1] + "…"
    return visible
