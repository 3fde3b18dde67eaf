"""What is asked for when a document is created, and the id that it gets."""

from __future__ import annotations

from collections.abc import Container, Sequence

import msgspec

from plainwork.errors import UsageError
from plainwork.model.field_type import Identifier
from plainwork.parsing.assignments import Assignment, parse_assignment, read_value

_ID = ("id",)


class NewDocument(msgspec.Struct, frozen=True):
    """A document that somebody wants.

    Attributes:
        what: Id of a workflow, or ``person``, ``team``, ``agent``, ``policy`` or ``workflow``.
        title: The title of work, policies and workflows, the name of parties.
        assignments: Further fields, as typed; ``id`` may be among them.
        text: The body; empty: what the workflow's template says.
    """

    what: str
    title: str
    assignments: Sequence[str] = ()
    text: str = ""


def parse_new(new: NewDocument, taken: Container[str]) -> tuple[str, list[Assignment]]:
    """Return the id that was asked for, or ``""``, and the other fields.

    Args:
        new: What was asked for.
        taken: The ids that are in use, in lower case.

    Raises:
        UsageError: If the title is empty, a field is not written as one, or the id is none.
    """
    if not new.title.strip():
        message = f"say what it is called: plainwork new {new.what} TITLE"
        raise UsageError(message)
    assignments = [parse_assignment(text) for text in new.assignments]
    ids = [each for each in assignments if each.path == _ID]
    others = [each for each in assignments if each.path != _ID]
    if not ids:
        return "", others
    id_: str = read_value(Identifier(), ids[-1])
    if id_ in taken:
        message = f"{ids[-1]}: this id is taken"
        raise UsageError(message)
    return id_, others


def ended(text: str) -> str:
    """Return a body that ends its last line."""
    return text if not text or text.endswith("\n") else f"{text}\n"
