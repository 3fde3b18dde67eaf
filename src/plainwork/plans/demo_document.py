"""A document of the example organisation as it read at a point of its life.

The example holds each document as it reads in the end. Earlier versions follow from the events
that were still to come: what they set was not there yet, or was what an earlier event had set.
"""

from collections.abc import Iterable, Mapping, Sequence

from plainwork.editing.front_matter_edit import remove_field, set_field
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.plans.demo_story import CREATE, SHOWN, Event

_ORDER = tuple(field.name for field in DOCUMENT_FIELDS["project"])


def render_version(text: str, happened: Sequence[Event], to_come: Sequence[Event]) -> str:
    """Return how a document read after some events of its life and before the others.

    Args:
        text: The document as it reads after all of them.
        happened: The events before this version, oldest first.
        to_come: The events after it, oldest first.
    """
    for event in reversed(to_come):
        for edit in reversed(event.edits):
            text = text.replace(edit.new, edit.old)
    if any(event.ticked for event in to_come):
        text = text.replace("- [x]", "- [ ]")
    now = _fields_after(happened)
    never_set = {name: None for name in _fields_after(to_come) if name not in now}
    return _with_fields(text, now | never_set)


def _fields_after(events: Iterable[Event]) -> dict[str, str | list[str] | None]:
    """Return what a series of events says of each field that it names."""
    fields: dict[str, str | list[str] | None] = {}
    for event in events:
        if event.state and event.state != CREATE:
            # A move without a reason removes that of the move before.
            fields |= {"status": event.state, "reason": None}
        fields |= event.fields
    return fields


def _with_fields(text: str, fields: Mapping[str, str | list[str] | None]) -> str:
    for name, value in fields.items():
        if value is None:
            text = remove_field(text, name)
        elif value != SHOWN:
            text = set_field(text, name, value, order=_ORDER)
    return text
