"""The keys of ``plainwork.toml``, as ``FORMAT.md`` lists them.

The reader of settings and their JSON Schema both follow this table.
"""

from plainwork.model.field_type import (
    Choice,
    Date,
    Either,
    Field,
    Group,
    Many,
    Name,
    Pattern,
    Reference,
    Table,
    Text,
)
from plainwork.model.settings import DOCUMENT_FOLDERS
from plainwork.model.work import VISIBILITIES

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_LINE = Text(single_line=True)
_TIME_ZONE = Pattern(
    "a time zone",
    r"[A-Za-z][A-Za-z0-9_+-]{0,31}(/[A-Za-z0-9][A-Za-z0-9_+-]{0,31}){0,2}",
    "Europe/Berlin or UTC",
)
_CURRENCY = Pattern("a currency", "[A-Z]{3}", "three capitals: EUR")
_PREFIX = Pattern(
    "a prefix of ids",
    "[a-z0-9]([a-z0-9._-]{0,30}[a-z0-9])?",
    "ops: it begins ids such as ops-7k3q9",
)
# No step of a path may begin with `.` or `_`: `..` would leave the workspace, and documents
# below such a folder are not read.
_FOLDER = Pattern(
    "a folder", r"[^/\\._\s][^/\\\n]*(/[^/\\._\s][^/\\\n]*)*", "work/requests, from the root"
)
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]"
_HOURS = Pattern("a span of hours", f"{_TIME}-({_TIME}|24:00)", "09:00-17:00")
_REGION = Pattern("a region", "[A-Z]{2}(-[A-Z0-9]{1,3})?", "DE or DE-SH")
_REPOSITORY = Pattern("a repository", r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+", "owner/name")

_ADDRESS = Pattern(
    "an address", r"""https?://[^\s/<>"\\^`{|}]+(/[^\s<>"\\^`{|}]*)?""", "https://git.acme.example"
)

_FORGES = ("github", "gitlab", "gitea", "forgejo", "signed")

SETTINGS_FIELDS: tuple[Field, ...] = (
    Field(
        "workspace",
        Group(
            (
                Field("name", _LINE, "What people call the workspace"),
                Field("timezone", _TIME_ZONE, "Where its days begin and end (IANA's name)"),
                Field("currency", _CURRENCY, "The currency of amounts that name none (ISO 4217)"),
                Field("default_workflow", Reference("workflow"), "The type of new work"),
                Field("calendar", Name(), "The working hours of those who have no others"),
            )
        ),
        "The workspace as a whole",
    ),
    Field("ids", Group((Field("prefix", _PREFIX, "How ids of new work begin"),)), "Ids"),
    Field(
        "folders",
        Group(
            tuple(
                Field(kind, Many(_FOLDER), f"Where {kind} are; `new` puts them into the first")
                for kind in DOCUMENT_FOLDERS
            )
        ),
        "Folders, where they are not the default ones",
    ),
    Field(
        "calendars",
        Table(
            Name(),
            Group(
                (
                    *(Field(day, Many(_HOURS), "Working hours") for day in WEEKDAYS),
                    Field(
                        "holidays",
                        Either(scalar=_REGION, sequence=Many(Date())),
                        "Days off: dates, or the region whose public holidays they are",
                    ),
                )
            ),
        ),
        "Working hours; a day without a line is free",
    ),
    Field(
        "views",
        Table(
            Name(),
            Group(
                (
                    Field("query", _LINE, "Which work is shown", required=True),
                    Field("sort", _LINE, "The field that it is sorted by"),
                )
            ),
        ),
        "Saved queries, usable wherever a query is",
    ),
    Field(
        "workspaces", Table(Name(), _ADDRESS), "Other workspaces, by the name that ids begin with"
    ),
    Field(
        "forge",
        Group(
            (
                Field("kind", Choice(_FORGES), "Which forge it is; `signed`: none, but signatures"),
                Field("repository", _REPOSITORY, "The repository's name there"),
                Field("url", _ADDRESS, "Where it runs, if that is not the public one"),
            )
        ),
        "Where changes are reviewed",
    ),
    Field(
        "site",
        Group(
            (
                Field("title", _LINE, "The title of its pages"),
                Field(
                    "audience",
                    Choice(VISIBILITIES),
                    "Who may read it: what is stricter stays off it",
                ),
                Field(
                    "persons",
                    Choice(("duties", "numbers")),
                    "What pages of people show: what they have to do, or also how fast it went",
                ),
            )
        ),
        "The visibility site",
    ),
)
