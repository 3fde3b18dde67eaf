"""What a check has to say, and where."""

from enum import IntEnum

import msgspec

FieldPath = tuple[str | int, ...]
"""Where a value stands inside front matter: ``("transitions", "approve", "to")``."""


class Severity(IntEnum):
    """How much a diagnostic matters; only ERROR fails ``plainwork check``."""

    INFO = 1
    WARNING = 2
    ERROR = 3


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in a file, line and column counted from 1.

    Line 0 means "the file as a whole": what is missing has no line of its own.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``path:line:column``, the form that editors jump to."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Diagnostic(msgspec.Struct, frozen=True, order=True):
    """One problem in one place: a value, so that one run reports all of them.

    Attributes:
        location: Where it is. A rule over the workspace knows the path and the field only;
            the line is found afterwards, for the few documents that have a problem.
        rule: The rule's name, for example ``unknown-state``.
        severity: How much it matters.
        message: What is wrong, in one line, without a full stop.
        hint: What the author can do about it, or ``""``.
        field: The value meant, if the location has no line yet.
    """

    location: Location
    rule: str
    severity: Severity
    message: str
    hint: str = ""
    field: FieldPath = ()
