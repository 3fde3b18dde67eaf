"""The rule ``field-definition``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork.analysis.condition_bindings import GIVEN_NAMES
from plainwork.analysis.policy_scope import CHANGE_FIELDS
from plainwork.model.document import Document
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.settings import Settings
from plainwork.model.work_document import NOT_FOR_ROUTINES
from plainwork.model.workflow import Workflow
from plainwork.parsing.field_tables import fields_by_name
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "workflow":
        return
    kind = document.fields.get("kind", "item")
    common = fields_by_name(DOCUMENT_FIELDS[kind])
    for name, values in document.fields.get("fields", {}).items():
        key, message, hint = _find_fault(name, values, common)
        if kind == "routine" and name in NOT_FOR_ROUTINES:
            key, message = "", f"a routine has no `{name}`"
            hint = "give it to the workflow of what it creates"
        if message:
            path = ("fields", name, key) if key in values else ("fields", name)
            yield Found(document.path, message, hint, path)


def _find_fault(
    name: str, values: Mapping[str, Any], common: Mapping[str, object]
) -> tuple[str, str, str]:
    """Return the key, what is wrong, or ``""``, and what to do about it."""
    type_ = values.get("type")
    words = type_ if isinstance(type_, list) else [type_]
    if name in common:
        message = f"`{name}` is a common field, which has its type already" if type_ else ""
        return "type", message, "remove the type, or give the field another name"
    if name in GIVEN_NAMES or name in CHANGE_FIELDS:
        message = f"`{name}` means something else in conditions and policies"
        return "", message, "give the field another name"
    if name.startswith("x-"):
        return "", f"`{name}` needs no declaration", "remove it, or leave out `x-`"
    if type_ is None:
        return "", f"`{name}` has no type", "write one such as `type: text`"
    if len(words) != 1:
        return "type", f"`{name}` has {len(words)} types", "a list has one type, such as `[text]`"
    if words == ["choice"] and not values.get("options"):
        return "options", f"`{name}` is a choice without options", "name them: `options: [a, b]`"
    if words != ["choice"] and "options" in values:
        return "options", f"`{name}` has options but is no choice", "write `type: choice`"
    return "", "", ""


RULE = Rule(
    name="field-definition",
    summary="A field that a workflow declares has a type of its own, and a choice its options.",
    remedy=(
        "Without a type nobody can tell what a value means. Common fields have theirs, and may be "
        "listed only to give them `approvals`, `visibility` or `help`."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
