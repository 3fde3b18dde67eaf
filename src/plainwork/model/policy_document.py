"""The fields of policies, as ``FORMAT.md`` lists them."""

from plainwork.model.field_type import Boolean, Choice, Condition, Date, Field, Group, Many
from plainwork.model.usual_types import ID, LINE, PARTY, WORKFLOW
from plainwork.model.workflow_document import APPROVALS

POLICY_FIELDS: tuple[Field, ...] = (
    ID,
    Field("title", LINE, "What it demands, in one line", required=True),
    Field("owner", PARTY, "Who is accountable for it"),
    Field("default", Boolean(), "Whether it covers what nothing else names"),
    Field(
        "applies_to",
        Group(
            (
                Field("kinds", Many(LINE), "Kinds of document"),
                Field("workflows", Many(WORKFLOW), "Types of work"),
                Field("fields", Many(LINE), "Fields that change"),
                Field("paths", Many(LINE), "Globs from the workspace's root"),
                Field("when", Condition(), "What must be true"),
            )
        ),
        "What it applies to",
    ),
    Field("approvals", APPROVALS, "Who must consent"),
    Field(
        "checks",
        Many(
            Group(
                (
                    Field("require", Condition(), "What must be true", required=True),
                    Field("message", LINE, "What to say if not", required=True),
                    Field("severity", Choice(("error", "warning", "info")), "How much it matters"),
                    Field("from", Date(), "Since when"),
                )
            )
        ),
        "What documents in scope must fulfil",
    ),
    Field("waivers", APPROVALS, "Who may grant an exception"),
)
