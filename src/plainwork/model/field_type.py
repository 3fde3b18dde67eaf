"""What a value in front matter may be.

One definition of each field serves the strict reader, the JSON Schemas, `set` on the
command line and the conditions. A type says which text is accepted; what it reads is always
JSON's kind of value (text, number, boolean, list, map), in canonical form: dates stay
``YYYY-MM-DD``, money stays exact text such as ``61000 USD``.
"""

from __future__ import annotations

import msgspec


class _Type(msgspec.Struct, frozen=True, tag=True):
    """Base of all field types."""


class Text(_Type, frozen=True):
    """Any text; ``single_line`` refuses line breaks."""

    single_line: bool = False


class Identifier(_Type, frozen=True):
    """An id: ``[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?``, compared without case."""


class Name(_Type, frozen=True):
    """A name that a workflow declares: a state or transition (kebab-case) or a field."""

    what: str = "name"


class Boolean(_Type, frozen=True):
    """``true`` or ``false``."""


class Number(_Type, frozen=True):
    """A JSON number."""

    minimum: float | None = None


class Integer(_Type, frozen=True):
    """A JSON number without fraction."""

    minimum: int | None = None


class Date(_Type, frozen=True):
    """``YYYY-MM-DD``."""


class Timestamp(_Type, frozen=True):
    """A date, or a date and time with its offset: ``2026-05-01T09:30:00+02:00``."""


class Span(_Type, frozen=True):
    """A duration: elapsed (``4h``) or business time (``3bd``).

    Attributes:
        effort: Whether it says how much work something is: minutes, hours and days only.
    """

    effort: bool = False


class Money(_Type, frozen=True):
    """An exact decimal, with a currency if it is not the workspace's: ``61000 USD``."""


class Percentage(_Type, frozen=True):
    """``50%``."""


class Distance(_Type, frozen=True):
    """A date and a distance: ``date + 3bd``, ``first_day - 5bd``."""


class Choice(_Type, frozen=True):
    """One of a few words."""

    options: tuple[str, ...]


class Pattern(_Type, frozen=True):
    """Text of one form.

    Attributes:
        what: What it is, with its article.
        pattern: A regular expression that Python and ECMAScript read alike, for the whole text.
        form: How to write it, in words or by an example.
    """

    what: str
    pattern: str
    form: str


class Reference(_Type, frozen=True):
    """The id of something else.

    Attributes:
        to: ``party``, ``person``, ``team``, ``agent``, ``work``, ``item``, ``project``,
            ``workflow``, ``policy``, ``record`` or ``calendar``.
        or_text: Whether text that is no id of it is accepted (someone outside).
        or_url: Whether a URL is accepted instead.
    """

    to: str
    or_text: bool = False
    or_url: bool = False


class Url(_Type, frozen=True):
    """An absolute ``http``, ``https`` or ``mailto`` URL."""


class Attachment(_Type, frozen=True):
    """A URL, or the path of a file: relative to the document or, with ``/``, to the root."""


class Condition(_Type, frozen=True):
    """A CEL expression."""


class RecurrenceRule(_Type, frozen=True):
    """An RFC 5545 ``RRULE``, daily or coarser."""


class Template(_Type, frozen=True):
    """Text with sandboxed Jinja2 placeholders."""


class Approver(_Type, frozen=True):
    """A person, a team or a relation such as ``owner.manager`` or ``did.approve``."""


class Many(_Type, frozen=True):
    """A list; ``or_one`` accepts a lone value for a list of one."""

    item: FieldType
    or_one: bool = False


class Group(_Type, frozen=True):
    """A map with a fixed set of keys."""

    fields: tuple[Field, ...]


class Table(_Type, frozen=True):
    """A map whose keys the author chooses."""

    key: FieldType
    value: FieldType


class Either(_Type, frozen=True):
    """One of several forms, told apart by how it is written: a scalar, a list or a map."""

    scalar: FieldType | None = None
    sequence: FieldType | None = None
    mapping: FieldType | None = None


class Anything(_Type, frozen=True):
    """Whatever ``x-`` fields hold: text, lists and maps of text."""


FieldType = (
    Text
    | Identifier
    | Name
    | Boolean
    | Number
    | Integer
    | Date
    | Timestamp
    | Span
    | Money
    | Percentage
    | Distance
    | Choice
    | Pattern
    | Reference
    | Url
    | Attachment
    | Condition
    | RecurrenceRule
    | Template
    | Approver
    | Many
    | Group
    | Table
    | Either
    | Anything
)


class Field(msgspec.Struct, frozen=True):
    """One key: its name, what it may hold and what it is for.

    Attributes:
        name: The key as it is written.
        type: What the value may be.
        help: What it answers, in one sentence, for editors and error messages.
        required: Whether a document without it is wrong.
    """

    name: str
    type: FieldType
    help: str = ""
    required: bool = False
