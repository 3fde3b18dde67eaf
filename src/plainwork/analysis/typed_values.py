"""Every value of a document with its type, wherever it stands.

A condition is a condition in a transition, in an approval or in a policy; what judges all of
them follows the types, not a list of places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plainwork.model import field_type as ft
from plainwork.model.diagnostic import FieldPath
from plainwork.model.document import Document
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.workflow_document import APPROVALS

_APPROVAL = APPROVALS.item
_APPROVAL_FORMS = frozenset(
    {id(_APPROVAL)}
    | {
        id(field.type.item)
        for field in (_APPROVAL.fields if isinstance(_APPROVAL, ft.Group) else ())
        if field.name == "any" and isinstance(field.type, ft.Many)
    }
)

_TypedValue = tuple[FieldPath, ft.FieldType, Any]


def find_texts(document: Document, type_: type) -> Iterator[tuple[FieldPath, str]]:
    """Yield every text of a type, such as a condition, in a definition."""
    for path, found, value in _find_values(DOCUMENT_FIELDS[document.kind], document.fields):
        if isinstance(found, type_) and isinstance(value, str):
            yield path, value


def find_approvals(document: Document) -> Iterator[tuple[FieldPath, Mapping[str, Any]]]:
    """Yield every approval in a definition as written, alternatives behind their list."""
    for path, found, value in _find_values(DOCUMENT_FIELDS[document.kind], document.fields):
        if id(found) in _APPROVAL_FORMS:
            yield path, value


def _find_values(
    fields: Iterable[ft.Field], values: Mapping[str, Any], at: FieldPath = ()
) -> Iterator[_TypedValue]:
    """Yield the values of a map, each before those inside it."""
    for field in fields:
        if field.name in values:
            yield from _find(field.type, values[field.name], (*at, field.name))


def _find(type_: ft.FieldType, value: Any, at: FieldPath) -> Iterator[_TypedValue]:
    yield at, type_, value
    match type_:
        case ft.Many(item=item):
            for position, entry in enumerate(value):
                yield from _find(item, entry, (*at, position))
        case ft.Group(fields=fields):
            yield from _find_values(fields, value, at)
        case ft.Table(value=inner):
            for name, entry in value.items():
                yield from _find(inner, entry, (*at, name))
        case ft.Either():
            form = _form_of(type_, value)
            if form is not None:
                yield from _find(form, value, at)


def _form_of(type_: ft.Either, value: Any) -> ft.FieldType | None:
    if isinstance(value, Mapping):
        return type_.mapping
    return type_.sequence if isinstance(value, list) else type_.scalar
