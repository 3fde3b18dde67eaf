"""The fields of people, teams and agents, as ``FORMAT.md`` lists them."""

from plainwork.model.field_type import (
    Date,
    Field,
    Group,
    Integer,
    Many,
    Name,
    Pattern,
    Reference,
    Span,
    Table,
)
from plainwork.model.usual_types import ID, LINE, PERSON, TEAM, WORKFLOW

# Two that look the same must be the same, and CODEOWNERS names people by it.
_LOGIN = Pattern(
    "a login", r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)*(\[bot\])?", "octocat, or acme/board"
)

_ACCOUNTS = Field(
    "accounts",
    Table(
        Name("forge"),
        Group(
            (
                Field("login", _LOGIN, "The name shown", required=True),
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
