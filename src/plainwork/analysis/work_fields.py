"""The fields of work by name: what each may hold, and its effective value, column by column."""

from collections.abc import Callable, Mapping
from typing import Any

from plainwork.model import field_type as ft
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Category
from plainwork.model.workflow_document import custom_type

COMPUTED_TYPES: Mapping[str, ft.FieldType] = {
    "accountable": ft.Reference("person"),
    "category": ft.Choice(tuple(category.value for category in Category)),
    "kind": ft.Choice(("item", "project", "routine")),
}
"""What no document says itself, but every work has."""

COLUMNS = frozenset(
    {"id", "title", "workflow", "status", "reason", "owner", "requester", "assignees", "team"}
    | {"consulted", "informed", "parent", "project", "milestone", "depends_on", "priority"}
    | {"labels", "start", "due", "estimate", "blocked", "visibility", "made_by", "aliases"}
    | COMPUTED_TYPES.keys()
)
"""The fields with a column of their own; others are read from the document as written."""


def work_field_types(snapshot: Snapshot) -> dict[str, ft.FieldType]:
    """Return every field that some work of a workspace may have.

    A name to which two workflows give different types is text.
    """
    types: dict[str, ft.FieldType] = {}
    for workflow in snapshot.workflows.values():
        for custom in workflow.fields:
            if custom.type:
                type_ = custom_type(custom)
                types[custom.name] = type_ if types.get(custom.name, type_) == type_ else ft.Text()
    for kind in ("routine", "project", "item"):
        types |= {field.name: field.type for field in DOCUMENT_FIELDS[kind]}
    return {**types, **COMPUTED_TYPES}


def field_reader(name: str, snapshot: Snapshot) -> Callable[[Work], Any]:
    """Return a function that reads a field's effective value.

    It returns JSON's kind of value, a date or a dependency; what is not set is None or empty.
    """
    if name in COLUMNS:
        column = snapshot.works.columns[name]
        return lambda work: column[work.row]
    fields = snapshot.works.columns["fields"]
    return lambda work: fields[work.row].get(name)
