"""The fields of workflows, as ``FORMAT.md`` lists them."""

from plainwork.model.field_type import (
    Approver,
    Boolean,
    Choice,
    Condition,
    Date,
    Either,
    Field,
    FieldType,
    Group,
    Integer,
    Many,
    Money,
    Name,
    Number,
    Span,
    Table,
    Text,
    Url,
)
from plainwork.model.usual_types import ID, LINE, PARTY, TEAM, VISIBILITY, WORK
from plainwork.model.work_document import CREATIONS
from plainwork.model.workflow import Category, CustomField

_APPROVAL_KEYS: tuple[Field, ...] = (
    Field("by", Many(Approver(), or_one=True), "Who may approve"),
    Field("count", Either(scalar=Text()), "How many of them, or `all`"),
    Field("when", Condition(), "When it is needed"),
    Field("exclude", Many(Approver()), "Who does not count"),
    Field("author", Boolean(), "Whether making the change is consent enough"),
    Field("max_age", Span(), "How long an approval holds"),
    Field("consent", Choice(("review", "digest")), "How consent must be given"),
    Field("veto", Boolean(), "Whether they can block"),
)
APPROVALS = Many(
    Group((*_APPROVAL_KEYS, Field("any", Many(Group(_APPROVAL_KEYS)), "One of these is enough")))
)

FIELD_TYPE_WORDS: dict[str, FieldType] = {
    "text": Text(),
    "number": Number(),
    "integer": Integer(),
    "boolean": Boolean(),
    "date": Date(),
    "duration": Span(),
    "money": Money(),
    "choice": Choice(()),
    "party": PARTY,
    "work": WORK,
    "url": Url(),
}
"""The types that a workflow may give its fields; a list of one word means a list of such."""

_TYPE_WORD = Choice(tuple(FIELD_TYPE_WORDS))
_STATE_NAME = Name("state")

WORKFLOW_FIELDS: tuple[Field, ...] = (
    ID,
    Field("title", LINE, "What people call this type of work", required=True),
    Field("kind", Choice(("item", "project", "routine")), "What its documents are"),
    Field("owner", PARTY, "Who is accountable for how this work flows"),
    Field("team", TEAM, "The responsible team, where neither state nor work names one"),
    Field("visibility", VISIBILITY, "Who may see such work on the site"),
    Field(
        "fields",
        Table(
            Name("field"),
            Group(
                (
                    Field(
                        "type",
                        Either(scalar=_TYPE_WORD, sequence=Many(_TYPE_WORD)),
                        "What it may hold",
                    ),
                    Field("options", Many(LINE), "The words of a choice"),
                    Field("help", LINE, "What it is for"),
                    Field("approvals", APPROVALS, "Who must consent to a change of it"),
                    Field("visibility", VISIBILITY, "Who may see it on the site"),
                )
            ),
        ),
        "Fields beyond the common ones",
    ),
    Field(
        "states",
        Table(
            _STATE_NAME,
            Group(
                (
                    Field(
                        "category",
                        Choice(tuple(category.value for category in Category)),
                        "What it means for the flow",
                        required=True,
                    ),
                    Field("team", TEAM, "Who is responsible while work stands here"),
                    Field("wip_limit", Integer(minimum=1), "How much may stand here, per team"),
                    Field("title", LINE, "What people read"),
                    Field("help", LINE, "What it means"),
                    Field("creates", CREATIONS, "Work that is made when it is entered"),
                )
            ),
        ),
        "Where work can stand, in board order; the first is where it begins",
        required=True,
    ),
    Field(
        "transitions",
        Table(
            Name("transition"),
            Group(
                (
                    Field("from", Many(_STATE_NAME, or_one=True), "The states it leaves"),
                    Field("to", _STATE_NAME, "The state it enters", required=True),
                    Field("help", LINE, "What it means"),
                    Field("require", Many(Name("field")), "Fields that must be set"),
                    Field("by", Many(Approver()), "Who may make it"),
                    Field("approvals", APPROVALS, "Who must consent"),
                    Field("checklist", Many(LINE), "Headings whose boxes must be ticked"),
                    Field("children", Choice(("closed",)), "Its parts must be closed"),
                    Field("depends_on", Choice(("closed",)), "What it waits for must be closed"),
                    Field("when", Condition(), "What must be true"),
                    Field("accept_within", Span(), "How soon a handoff must be accepted"),
                )
            ),
        ),
        "How work moves",
    ),
    Field(
        "service_level",
        Group(
            (
                Field("percent", Number(minimum=0), "How many of a hundred", required=True),
                Field("within", Span(), "Within which time", required=True),
            )
        ),
        "How long it should take",
    ),
    Field(
        "clocks",
        Table(
            Name("clock"),
            Group(
                (
                    Field("start", Many(_STATE_NAME), "Where it starts", required=True),
                    Field("stop", Many(_STATE_NAME), "Where it stops", required=True),
                    Field("pause", Many(_STATE_NAME), "Where it pauses"),
                    Field(
                        "targets",
                        Many(
                            Group(
                                (
                                    Field("within", Span(), "The promise", required=True),
                                    Field("when", Condition(), "For which work"),
                                )
                            )
                        ),
                        "Promises; the first whose condition holds counts",
                        required=True,
                    ),
                    Field("creates", CREATIONS, "Work that a missed target makes"),
                )
            ),
        ),
        "Promises about time",
    ),
    Field("migrate", Table(_STATE_NAME, _STATE_NAME), "Removed states and what replaces them"),
)


def custom_type(custom: CustomField) -> FieldType:
    """Return the type that a workflow gives to a field of its own."""
    single: FieldType = FIELD_TYPE_WORDS[custom.type]
    if isinstance(single, Choice):
        single = Choice(custom.options)
    return Many(single) if custom.many else single
