"""JSON Schemas of documents and settings, for editors.

They follow the definitions that the reader follows. Editors load YAML by its core schema, in
which ``2026`` is a number and ``true`` a boolean; the reader takes both for text where text is
expected, and an empty value for an unset one. So what the reader accepts fits the schema. The
reverse cannot hold: no schema knows which ids exist, or that February has 28 days.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plainwork.analysis.value_schema import EXTENSION, FIELD_NAME, Schema, object_schema
from plainwork.model import field_type as ft
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.record_document import RECORD_KIND_FIELDS
from plainwork.model.settings_fields import SETTINGS_FIELDS
from plainwork.model.work_document import NOT_FOR_ROUTINES
from plainwork.model.workflow import Workflow
from plainwork.parsing.field_tables import record_fields, work_fields

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WORK_KINDS = frozenset({"item", "project", "routine"})


def document_schema(kind: str) -> Schema:
    """Return the schema of a kind's front matter.

    Args:
        kind: A key of :data:`~plainwork.model.document_fields.DOCUMENT_FIELDS`. Work may have
            any field that a workflow could declare; :func:`work_schema` knows which.
    """
    if kind == "record":
        kinds = [_record(name) for name in RECORD_KIND_FIELDS]
        return _published("record", {"anyOf": kinds})
    schema = _document(DOCUMENT_FIELDS[kind])
    if kind in _WORK_KINDS:
        schema["patternProperties"][FIELD_NAME] = True
    if kind == "routine":
        schema["properties"].update(dict.fromkeys(sorted(NOT_FOR_ROUTINES), False))
    return _published(kind, schema)


def work_schema(workflow: Workflow) -> Schema:
    """Return the schema of the front matter of a workflow's documents.

    Its own fields are there, ``status`` is one of its states, and what it does not declare is
    refused.
    """
    fields = dict(work_fields(workflow))
    if workflow.states:
        states = ft.Choice(tuple(state.name for state in workflow.states))
        fields["status"] = ft.Field("status", states, fields["status"].help, required=True)
    schema = _document(fields.values())
    schema["properties"]["workflow"]["default"] = workflow.id
    for custom in workflow.fields:
        if custom.help and custom.name in fields:  # of a common field, it says more
            schema["properties"][custom.name]["description"] = custom.help
    return _published(workflow.title or workflow.id, schema)


def settings_schema() -> Schema:
    """Return the schema of ``plainwork.toml``."""
    return _published("plainwork.toml", object_schema(SETTINGS_FIELDS))


def _record(kind: str) -> Schema:
    schema = _document(record_fields(kind).values())
    schema["properties"]["record"] = {"const": kind}
    return schema


def _document(fields: Iterable[ft.Field]) -> Schema:
    schema = object_schema(fields)
    schema["patternProperties"] = {EXTENSION: True}
    return schema


def _published(title: str, schema: dict[str, Any]) -> Schema:
    return {"$schema": _DIALECT, "title": title, **schema}
