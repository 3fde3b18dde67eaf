"""The example organisation shows with its own files everything that the format knows."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from plainwork.model import field_type as ft
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.record_document import RECORD_KIND_FIELDS
from plainwork.model.work_document import WORK_FIELDS
from plainwork.model.workflow_document import FIELD_TYPE_WORDS
from support.demo import documents, trees, workflows_by_id

TODAY = date(2026, 11, 23)
COMMON = {field.name for field in WORK_FIELDS}


def test_its_documents_say_everything_that_the_format_knows() -> None:
    used: set[str] = set()
    *_, (_, _, tree) = trees(TODAY)
    workflows = workflows_by_id(tree)
    for document in documents(tree).values():
        kind = document.kind
        if kind == "work":
            kind = workflows[document.fields["workflow"]].kind
        names = DOCUMENT_FIELDS[kind]
        if kind == "record":
            names = (*names, *RECORD_KIND_FIELDS[document.fields["record"]])
        used |= {f"{kind}.{path}" for path in said(names, document.fields)}
    known = {f"{kind}.{p}" for kind, fields in DOCUMENT_FIELDS.items() for p in sayable(fields)}
    known |= {f"record.{p}" for fields in RECORD_KIND_FIELDS.values() for p in sayable(fields)}
    missing = {wherever(path) for path in known} - {wherever(path) for path in used}
    assert {path for path in missing if not path.endswith(".id")} == set()  # names of files serve


def wherever(path: str) -> str:
    """Return a path without the place where it stands, for what may stand in several."""
    kind, _, rest = path.partition(".")
    if kind in {"project", "routine"} and rest.split(".")[0] in COMMON:
        return f"item.{rest}"
    path = re.sub(r".*\.(approvals|waivers|any)\.", "approvals.", path)
    path = re.sub(r".*\.visibility\.", "visibility.", path)
    return re.sub(r".*\.creates\.", "creates.", path)


def sayable(fields: tuple[ft.Field, ...]) -> Iterator[str]:
    """Yield the path of every field and choice that a table knows."""
    for field in fields:
        yield field.name
        yield from (f"{field.name}.{path}" for path in within(field.type))


def within(type_: ft.FieldType) -> Iterator[str]:
    match type_:
        case ft.Group(fields):
            yield from sayable(fields)
        case ft.Many(item):
            yield from within(item)
        case ft.Table(_, value):
            yield from within(value)
        case ft.Either(scalar, sequence, mapping):
            for form in (scalar, sequence, mapping):
                if form is not None:
                    yield from within(form)
        case ft.Choice(options):
            yield from (f"={option}" for option in options)
        case _:
            return


def said(fields: tuple[ft.Field, ...], values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the path of every field and choice that values use."""
    for field in fields:
        if field.name in values:
            yield field.name
            yield from (f"{field.name}.{path}" for path in used_in(field.type, values[field.name]))


def used_in(type_: ft.FieldType, value: Any) -> Iterator[str]:
    match type_:
        case ft.Group(fields):
            yield from said(fields, value)
        case ft.Many(item):
            yield from (path for each in value for path in used_in(item, each))
        case ft.Table(_, inner):
            yield from (path for each in value.values() for path in used_in(inner, each))
        case ft.Either(scalar, sequence, mapping):
            form = (
                mapping
                if isinstance(value, dict)
                else sequence
                if isinstance(value, list)
                else scalar
            )
            yield from used_in(form, value) if form else ()
        case ft.Choice():
            yield f"={value}"
        case _:
            return


def test_its_workflows_use_every_type_of_field() -> None:
    *_, (_, _, tree) = trees(TODAY)
    fields = [field for each in workflows_by_id(tree).values() for field in each.fields]
    assert {field.type for field in fields} == {*FIELD_TYPE_WORDS, ""}
    assert any(field.many for field in fields)
