"""The fields of every kind of document, as ``FORMAT.md`` lists them.

These tables are the format: the reader, the JSON Schemas and the command line follow them.
"""

from plainwork.model.field_type import Field
from plainwork.model.party_document import AGENT_FIELDS, PERSON_FIELDS, TEAM_FIELDS
from plainwork.model.policy_document import POLICY_FIELDS
from plainwork.model.record_document import RECORD_FIELDS
from plainwork.model.work_document import (
    NOT_FOR_ROUTINES,
    PROJECT_FIELDS,
    ROUTINE_FIELDS,
    WORK_FIELDS,
)
from plainwork.model.workflow_document import WORKFLOW_FIELDS

DOCUMENT_FIELDS: dict[str, tuple[Field, ...]] = {
    "item": WORK_FIELDS,
    "project": (*WORK_FIELDS, *PROJECT_FIELDS),
    "routine": (
        *(field for field in WORK_FIELDS if field.name not in NOT_FOR_ROUTINES),
        *ROUTINE_FIELDS,
    ),
    "workflow": WORKFLOW_FIELDS,
    "person": PERSON_FIELDS,
    "team": TEAM_FIELDS,
    "agent": AGENT_FIELDS,
    "policy": POLICY_FIELDS,
    "record": RECORD_FIELDS,
}
"""The fields of each kind; a kind of record adds those that ``RECORD_KIND_FIELDS`` has for it."""
