"""Which fields documents of each kind may have."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from plainwork.model import field_type as ft
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.record_document import RECORD_KIND_FIELDS
from plainwork.model.workflow import Workflow
from plainwork.model.workflow_document import custom_type

_FIELDS_BY_NAME: dict[int, tuple[tuple[ft.Field, ...], dict[str, ft.Field]]] = {}


def fields_by_name(fields: tuple[ft.Field, ...]) -> Mapping[str, ft.Field]:
    """Return fields by name; the tables of the format are few and live for ever."""
    kept = _FIELDS_BY_NAME.get(id(fields))
    if kept is None or kept[0] is not fields:
        kept = fields, {field.name: field for field in fields}
        _FIELDS_BY_NAME[id(fields)] = kept
    return kept[1]


class FieldTables:
    """Which fields a document may have, given the workspace's workflows.

    Attributes:
        by_workflow: Id of a workflow, in lower case, to the fields of its documents.
    """

    def __init__(self, workflows: Iterable[Workflow] = ()) -> None:
        self.by_workflow: dict[str, Mapping[str, ft.Field]] = {}
        self._kinds: dict[str, str] = {}
        for workflow in workflows:
            self.by_workflow[workflow.id.lower()] = work_fields(workflow)
            self._kinds[workflow.id.lower()] = workflow.kind

    def of_work(self, workflow: str) -> Mapping[str, ft.Field] | None:
        """Return the fields of a workflow's documents, or None if there is no such workflow."""
        return self.by_workflow.get(workflow.lower())

    def is_routine(self, workflow: str) -> bool:
        """Whether a workflow's documents are routines."""
        return self._kinds.get(workflow.lower()) == "routine"


def work_fields(workflow: Workflow) -> dict[str, ft.Field]:
    """Return the common fields of a workflow's kind, and those that it declares."""
    fields = dict(fields_by_name(DOCUMENT_FIELDS[workflow.kind]))
    for custom in workflow.fields:
        if custom.type and custom.name not in fields:
            fields[custom.name] = ft.Field(custom.name, custom_type(custom), custom.help)
    return fields


@lru_cache
def record_fields(kind: str) -> Mapping[str, ft.Field]:
    """Return the fields of a kind of record."""
    fields = (*DOCUMENT_FIELDS["record"], *RECORD_KIND_FIELDS.get(kind, ()))
    return {field.name: field for field in fields}
