"""The rule ``dates-reversed``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork.model.diagnostic import FieldPath
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope

_SPANS = (("start", "due"), ("from", "until"))
_LISTS_OF_SPANS = ("resources", "leave", "delegates")


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    yield from _find_reversed(document.path, document.fields, ())
    for name in _LISTS_OF_SPANS:
        for position, entry in enumerate(document.fields.get(name, ())):
            if isinstance(entry, dict):
                yield from _find_reversed(document.path, entry, (name, position))


def _find_reversed(path: str, values: Mapping[str, Any], at: FieldPath) -> Iterator[Found]:
    for first_name, last_name in _SPANS:
        first, last = values.get(first_name), values.get(last_name)
        # Dates are kept as they are written, YYYY-MM-DD, so that texts order as days do.
        if isinstance(first, str) and isinstance(last, str) and last < first:
            message = f"`{last_name}` {last} is before `{first_name}` {first}"
            yield Found(path, message, "exchange the two, or correct one", (*at, last_name))


RULE = Rule(
    name="dates-reversed",
    summary="What begins ends on the same day or later.",
    remedy=(
        "Of two dates in the wrong order one is mistyped, and plans, leave or delegations that are "
        "computed from them would be empty. Correct it."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
