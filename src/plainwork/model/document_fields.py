"""The fields of every kind of document, as ``FORMAT.md`` lists them.

These tables are the format: the reader, the JSON Schemas and the command line follow them.
"""

from plainwork.model.field_type import (
    Anything,
    Approver,
    Attachment,
    Boolean,
    Choice,
    Condition,
    Date,
    Distance,
    Either,
    Field,
    FieldType,
    Group,
    Identifier,
    Integer,
    Many,
    Money,
    Name,
    Number,
    Percentage,
    RecurrenceRule,
    Reference,
    Span,
    Table,
    Template,
    Text,
    Timestamp,
    Url,
)
from plainwork.model.work import VISIBILITIES
from plainwork.model.workflow import Category, CustomField

LINE = Text(single_line=True)
PARTY = Reference("party")
PERSON = Reference("person")
TEAM = Reference("team")
WORK = Reference("work")
WORKFLOW = Reference("workflow")
VISIBILITY = Choice(VISIBILITIES)
PRIORITIES = ("low", "normal", "high", "urgent")
LINK_KINDS = (
    "relates",
    "duplicates",
    "causes",
    "mitigates",
    "implements",
    "supports",
    "supersedes",
)

ID = Field("id", Identifier(), "The identity; without it the file name is")

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
        Group(tuple(Field(kind, Many(Reference("work", or_url=True))) for kind in LINK_KINDS)),
        "How it relates to other work",
    ),
    Field("attachments", Many(Attachment()), "What proves or explains it"),
    Field("priority", Choice(PRIORITIES), "How much it matters"),
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

_ACCOUNTS = Field(
    "accounts",
    Table(
        Name("forge"),
        Group(
            (
                Field("login", LINE, "The name shown", required=True),
                Field("id", Integer(minimum=1), "The number that counts"),
            )
        ),
    ),
    "Accounts on forges",
)

PERSON_FIELDS: tuple[Field, ...] = (
    ID,
    Field("name", LINE, "What people call them", required=True),
    Field("manager", PERSON, "To whom they report"),
    Field("emails", Many(LINE), "Addresses that Git knows them by"),
    _ACCOUNTS,
    Field("signing_keys", Many(LINE), "Public keys that sign for them"),
    Field("calendar", Reference("calendar"), "Their working hours"),
    Field("capacity", Span(effort=True), "Working hours a week"),
    Field(
        "leave",
        Many(
            Group(
                (
                    Field("from", Date(), "First day", required=True),
                    Field("until", Date(), "Last day", required=True),
                )
            )
        ),
        "When they are away; never why",
    ),
    Field(
        "delegates",
        Many(
            Group(
                (
                    Field("to", PERSON, "Who stands in", required=True),
                    Field("from", Date(), "First day"),
                    Field("until", Date(), "Last day"),
                    Field("workflows", Many(WORKFLOW), "For which work; none: all"),
                )
            )
        ),
        "Who approves in their place",
    ),
    Field("from", Date(), "First day in the organisation"),
    Field("until", Date(), "Last day in the organisation"),
)

TEAM_FIELDS: tuple[Field, ...] = (
    ID,
    Field("name", LINE, "What people call it", required=True),
    Field("lead", PERSON, "Who leads it"),
    Field("members", Many(PERSON), "Who belongs to it"),
    Field("parent", TEAM, "The department above"),
    Field("calendar", Reference("calendar"), "Its working hours"),
    _ACCOUNTS,
)

AGENT_FIELDS: tuple[Field, ...] = (
    ID,
    Field("name", LINE, "What people call it", required=True),
    Field("owner", PERSON, "The person who answers for it"),
    _ACCOUNTS,
    Field(
        "may",
        Group(
            (
                Field("create", Many(WORKFLOW), "Work that it may make"),
                Field("move", Many(LINE), "`workflow.transition` that it may make"),
                Field("edit", Many(LINE), "`workflow.field` that it may change"),
            )
        ),
        "What it may do; nothing else",
    ),
    Field("until", Date(), "Last day on which it may work"),
)

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

RECORD_FIELDS: tuple[Field, ...] = (
    ID,
    Field(
        "record",
        Choice(("update", "approval", "handoff", "spent", "measure", "waiver")),
        "What kind of statement",
        required=True,
    ),
    Field("about", Many(WORK), "The work it speaks of", required=True),
    Field("by", PARTY, "Who says so", required=True),
    Field("at", Timestamp(), "When", required=True),
)

RECORD_KIND_FIELDS: dict[str, tuple[Field, ...]] = {
    "update": (
        Field("health", Choice(("on-track", "at-risk", "off-track")), "How it stands"),
        Field("headline", LINE, "The news, in one line"),
    ),
    "approval": (
        Field("vote", Choice(("approve", "reject")), "The vote", required=True),
        Field("digest", LINE, "What was seen"),
    ),
    "handoff": (
        Field("answer", Choice(("accept", "reject")), "The answer", required=True),
        Field("reason", LINE, "Why"),
    ),
    "spent": (
        Field("party", PARTY, "Who spent it"),
        Field("date", Date(), "On which day"),
        Field("time", Span(effort=True), "How much time"),
        Field("cost", Money(), "How much money"),
    ),
    "measure": (
        Field("name", LINE, "What was measured", required=True),
        Field("value", Number(), "The value", required=True),
    ),
    "waiver": (
        Field("of", LINE, "The policy, rule or transition", required=True),
        Field("digest", LINE, "The change it is for"),
        Field("reason", LINE, "Why", required=True),
        Field("until", Date(), "How long", required=True),
    ),
}

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
"""The fields of each kind; a record's kind adds :data:`RECORD_KIND_FIELDS`."""


def custom_type(custom: CustomField) -> FieldType:
    """Return the type that a workflow gives to a field of its own."""
    single: FieldType = FIELD_TYPE_WORDS[custom.type]
    if isinstance(single, Choice):
        single = Choice(custom.options)
    return Many(single) if custom.many else single
