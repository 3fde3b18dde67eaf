"""Changing fields of a document, and nothing else in its file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from plainwork.analysis.lookup import Named, find_named
from plainwork.editing.editable import Editable
from plainwork.editing.front_matter_edit import (
    add_to_list,
    remove_field,
    remove_from_list,
    set_field,
)
from plainwork.errors import UsageError
from plainwork.model.diagnostic import FieldPath
from plainwork.model.plan import Plan
from plainwork.parsing.assignments import (
    Assignment,
    find_field_type,
    parse_assignment,
    read_entries,
    read_value,
)
from plainwork.plans.document_edit import plan_edit
from plainwork.plans.situation import Situation, Source


def plan_set(situation: Situation, id_: str, assignments: Sequence[str]) -> Plan:
    """Plan to change fields of a document.

    Args:
        situation: The workspace as it is.
        id_: The document's id, or a unique beginning of it.
        assignments: As typed: ``FIELD=VALUE``, ``FIELD+=VALUE,…`` or ``FIELD-=VALUE,…``.

    Raises:
        UsageError: If there is no such document or field, or a value is none.
        RefusedError: If the document would be wrong.
    """
    named = find_named(situation.snapshot, id_)
    if named.kind == "record":
        message = f"{named.id}: a record is never edited; add another with `plainwork record`"
        raise UsageError(message)
    changes = [parse_assignment(text) for text in assignments]
    for change in changes:
        _refuse_reserved(named, change)
    source = situation.read(named.kind, named.path)
    names = dict.fromkeys(str(change.path[0]).replace("_", " ") for change in changes)
    message = f"Set {', '.join(names)} of {named.id}"
    return plan_edit(situation, source, assign_fields(source, changes), message)


def assign_fields(source: Source, assignments: Iterable[Assignment]) -> str:
    """Return a document's text with fields changed.

    Raises:
        UsageError: If it has no such field, or a value is none.
    """
    text = source.text
    for assignment in assignments:
        text = _assign(text, source, assignment)
    return text


def _assign(text: str, source: Source, assignment: Assignment) -> str:
    path, order = assignment.path, source.order
    type_ = find_field_type(source.fields, path)
    if assignment.operator == "+=":
        return add_to_list(text, path, read_entries(type_, assignment), order=order)
    if assignment.operator == "-=":
        return remove_from_list(text, path, _spell_out(text, path, read_entries(type_, assignment)))
    if not assignment.text:
        return remove_field(text, path)
    return set_field(text, path, read_value(type_, assignment), order=order)


def _spell_out(text: str, path: FieldPath, entries: list[Any]) -> list[Any]:
    """Add the maps that say more of what is named: ``{on: a, lag: 2d}`` goes with ``a``."""
    if path != ("depends_on",):
        return entries
    present = Editable(text).data.get("depends_on", ())
    return [*entries, *(each for each in present if _name_of(each) in entries)]


def _name_of(dependency: Any) -> Any:
    return dependency.get("on") if isinstance(dependency, dict) else dependency


def _refuse_reserved(named: Named, change: Assignment) -> None:
    name = change.path[0]
    if name == "id":
        message = f"{named.id}: an id never changes; `aliases+=` keeps further ones working"
        raise UsageError(message)
    if name == "status" and named.kind == "work":
        move = f"plainwork move {named.id} {change.text or 'STATUS'}"
        message = f"{named.id}: a status is changed by `{move}`, which judges its guards"
        raise UsageError(message)
