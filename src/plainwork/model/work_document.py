"""The fields of items, projects and routines, as ``FORMAT.md`` lists them."""

from plainwork.model.field_type import (
    Anything,
    Attachment,
    Choice,
    Date,
    Distance,
    Either,
    Field,
    Group,
    Identifier,
    Many,
    Money,
    Name,
    Percentage,
    RecurrenceRule,
    Reference,
    Span,
    Table,
    Template,
    Text,
)
from plainwork.model.usual_types import ID, LINE, PARTY, PERSON, TEAM, VISIBILITY, WORK, WORKFLOW

_PRIORITIES = ("low", "normal", "high", "urgent")
_LINK_KINDS = (
    "relates",
    "duplicates",
    "causes",
    "mitigates",
    "implements",
    "supports",
    "supersedes",
)

WORK_FIELDS: tuple[Field, ...] = (
    ID,
    Field("title", LINE, "What it is, in one line", required=True),
    Field("workflow", WORKFLOW, "The type of work", required=True),
    Field("status", Name("state"), "The state in which it stands", required=True),
    Field("reason", Text(), "Why it stands there"),
    Field("owner", PARTY, "Who is accountable"),
    Field("requester", Reference("party", or_text=True), "Who asked for it"),
    Field("assignees", Many(PARTY), "Who does it"),
    Field("team", TEAM, "The responsible team, where the state names none"),
    Field("consulted", Many(PARTY), "Who is asked for advice"),
    Field("informed", Many(PARTY), "Who is kept informed"),
    Field("parent", WORK, "The work that it is a part of"),
    Field("project", Reference("project"), "The project that it belongs to"),
    Field("milestone", Reference("milestone"), "The milestone that it counts for"),
    Field(
        "depends_on",
        Many(
            Either(
                scalar=WORK,
                mapping=Group(
                    (
                        Field("on", WORK, "What it waits for", required=True),
                        Field(
                            "type",
                            Choice(("FS", "SS", "FF", "SF")),
                            "What must happen before what: finish or start",
                        ),
                        Field("lag", Span(), "How long after"),
                    )
                ),
            )
        ),
        "What must be done before",
    ),
    Field(
        "links",
        Group(tuple(Field(kind, Many(Reference("work", or_url=True))) for kind in _LINK_KINDS)),
        "How it relates to other work",
    ),
    Field("attachments", Many(Attachment()), "What proves or explains it"),
    Field("priority", Choice(_PRIORITIES), "How much it matters"),
    Field("labels", Many(LINE), "Words to find it by"),
    Field("start", Date(), "Not before this day"),
    Field("due", Date(), "Not after this day"),
    Field("estimate", Span(effort=True), "The effort it should take"),
    Field("blocked", LINE, "What it waits for, if that is not work"),
    Field("visibility", VISIBILITY, "Who may see it on the site"),
    Field("made_by", Choice(("human", "assisted", "agent")), "Who produced the output"),
    Field("aliases", Many(Identifier()), "Former and foreign ids"),
)

PROJECT_FIELDS: tuple[Field, ...] = (
    Field("objective", Text(), "What it is for", required=True),
    Field("sponsor", PARTY, "Who pays and decides"),
    Field(
        "stakeholders",
        Many(
            Group(
                (
                    Field("party", PARTY, "Who it is"),
                    Field("name", LINE, "Who it is, if outside"),
                    Field("interest", LINE, "What they want of it"),
                )
            )
        ),
        "Who has an interest in it",
    ),
    Field("budget", Money(), "What it may cost"),
    Field(
        "resources",
        Many(
            Group(
                (
                    Field("party", PARTY, "Who", required=True),
                    Field("share", Percentage(), "How much of their time"),
                    Field("from", Date(), "First day"),
                    Field("until", Date(), "Last day"),
                )
            )
        ),
        "Who works on it, and how much",
    ),
)


def _creation_fields(*, keyed: bool) -> tuple[Field, ...]:
    return (
        Field("key", Name(), "What tells it from its siblings", required=keyed),
        Field("workflow", WORKFLOW, "The type of what is made", required=True),
        Field("title", Template(), "Its title", required=True),
        Field("team", TEAM, "Its team"),
        Field("assignees", Many(PARTY), "Who does it"),
        Field("rotation", Many(PERSON), "Who does it, in turn"),
        Field("due", Distance(), "When it is due"),
        Field("depends_on", Many(Name()), "Keys of siblings that it waits for"),
        Field("set", Table(Name("field"), Anything()), "Further fields"),
    )


CREATIONS = Many(Group(_creation_fields(keyed=True)))

ROUTINE_FIELDS: tuple[Field, ...] = (
    Field(
        "schedule",
        Group(
            (
                Field("rrule", RecurrenceRule(), "How it recurs (RFC 5545)", required=True),
                Field("mode", Choice(("fixed", "after-done")), "What the next one follows"),
                Field("on_miss", Choice(("stack", "skip")), "What becomes of missed ones"),
                Field("ahead", Span(), "How early the work is made"),
                Field("shift", Choice(("previous", "next")), "To which working day it moves"),
            )
        ),
        "When it recurs",
    ),
    Field("creates", Group(_creation_fields(keyed=False)), "What each occurrence makes"),
)

NOT_FOR_ROUTINES = frozenset({"due", "estimate", "milestone", "depends_on", "blocked"})
