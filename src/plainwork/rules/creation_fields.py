"""The rule ``creation-fields``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from plainwork.analysis.creations import find_creations, find_set_references
from plainwork.analysis.references import find_broken_among
from plainwork.model import field_type as ft
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.field_tables import work_fields
from plainwork.parsing.near_match import did_you_mean
from plainwork.parsing.scalars import Mistake, describe, parse_scalar
from plainwork.rules.rule import Found, Rule, Scope

_GIVEN = frozenset({"id", "workflow", "status", "parent"})
_OWN_KEYS = frozenset({"title", "team", "assignees", "due", "depends_on"})
_COLLECTIONS = (ft.Many, ft.Group, ft.Table, ft.Either, ft.Anything)


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    creations = tuple(find_creations(snapshot))
    for path, at, creation in creations:
        workflow = snapshot.workflows.get(creation.get("workflow", "").lower())
        if workflow is None:
            continue
        known = work_fields(workflow)
        for name, value in creation.get("set", {}).items():
            message, hint = _find_fault(name, value, known)
            if message:
                yield Found(path, message, hint, (*at, "set", name))
    for broken in find_broken_among(find_set_references(snapshot, creations), snapshot):
        use = broken.use
        target = use.target.partition(":")[0] if use.to == "workspace" else use.target
        message = f"there is no {use.to} `{target}`"
        if broken.found:
            message = f"`{target}` is of kind {broken.found}, not {use.to}"
        yield Found(broken.path, message, broken.hint, use.field)


def _find_fault(name: str, value: Any, known: Mapping[str, ft.Field]) -> tuple[str, str]:
    if name in _GIVEN:
        return f"`{name}` follows from what creates the work", "leave it out"
    if name in _OWN_KEYS:
        return f"`{name}` stands beside `set`, not in it", f"write `{name}` one level higher"
    if name.startswith("x-"):
        return "", ""
    if name not in known:
        return f"what is created has no field `{name}`", did_you_mean(name, known)
    return _find_mistake(known[name].type, value)


def _find_mistake(type_: ft.FieldType, value: Any) -> tuple[str, str]:
    if isinstance(type_, ft.Many) and isinstance(value, list):
        found = (_find_mistake(type_.item, entry) for entry in value)
        return next((mistake for mistake in found if mistake[0]), ("", ""))
    if isinstance(type_, ft.Many):
        return "expected a list, found a lone value", "write it as a list: [value]"
    if isinstance(type_, _COLLECTIONS):
        return "", ""
    if not isinstance(value, str):
        return f"expected {describe(type_)}", ""
    mistake = parse_scalar(type_, value)
    return (mistake.message, mistake.hint) if isinstance(mistake, Mistake) else ("", "")


RULE = Rule(
    name="creation-fields",
    summary="What is set in created work are fields that it has, with values that fit.",
    remedy=(
        "Otherwise every piece of work that is created is wrong from its first day. Correct the "
        "name or the value, or declare the field in the workflow of the created work."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
