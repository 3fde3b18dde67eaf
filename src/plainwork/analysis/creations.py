"""What rules say about the work that they create: in states, in clocks and in routines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plainwork.model import field_type as ft
from plainwork.model.diagnostic import FieldPath
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import ReferenceUse
from plainwork.parsing.field_tables import work_fields
from plainwork.parsing.scalars import Mistake, parse_scalar, reference_kind

Creation = tuple[str, FieldPath, Mapping[str, Any]]
"""The path of a document, where in it something is created, and what is said of that."""


def find_creations(snapshot: Snapshot) -> Iterator[Creation]:
    """Yield every ``creates`` of a workspace, each entry of a list by itself."""
    for document in snapshot.definitions:
        if document.kind == "workflow":
            yield from creations_in(document.path, document.fields)
    for row, kind in enumerate(snapshot.works.columns["kind"]):
        if kind == "routine":
            routine = snapshot.works[row]
            yield from creations_in(routine.path, routine.fields)


def creations_in(path: str, fields: Mapping[str, Any]) -> Iterator[Creation]:
    """Yield what a workflow or a routine creates, by its path and fields."""
    if isinstance(fields.get("creates"), Mapping):
        yield path, ("creates",), fields["creates"]
    for part in ("states", "clocks"):
        entries = fields.get(part)
        for name, values in entries.items() if isinstance(entries, Mapping) else ():
            for position, creation in enumerate(values.get("creates", ())):
                yield path, (part, name, "creates", position), creation


def find_set_references(
    snapshot: Snapshot, creations: Iterable[Creation]
) -> Iterator[tuple[str, ReferenceUse]]:
    """Yield what the values under ``set`` refer to, and the path of the document that says so.

    What they are is known only to the workflow of the created work, so the reader cannot tell.
    """
    for path, at, creation in creations:
        workflow = snapshot.workflows.get(creation.get("workflow", "").lower())
        fields = work_fields(workflow) if workflow else {}
        for name, value in creation.get("set", {}).items():
            if name in fields:
                for use in _references(fields[name].type, value, (*at, "set", name)):
                    yield path, use


def _references(type_: ft.FieldType, value: Any, at: FieldPath) -> Iterator[ReferenceUse]:
    if isinstance(type_, ft.Group) and isinstance(value, Mapping):
        for field in type_.fields:
            if field.name in value:
                yield from _references(field.type, value[field.name], (*at, field.name))
    elif isinstance(type_, ft.Many) and isinstance(value, list):
        for position, entry in enumerate(value):
            yield from _references(type_.item, entry, (*at, position))
    elif isinstance(type_, ft.Reference) and isinstance(value, str):
        target = parse_scalar(type_, value)
        kind = "" if isinstance(target, Mistake) else reference_kind(type_, target)
        if kind:
            yield ReferenceUse(kind, target, at)
