"""The rule ``edited-record``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(before: Snapshot, after: Snapshot, _today: date) -> Iterator[Found]:
    now = {document.id.lower(): document for document in after.record_documents}
    for document in before.record_documents:
        found = now.get(document.id.lower())
        if found is None:
            hint = "restore it; a further record can put it right"
            yield Found(document.path, f"the record {document.id} has been deleted", hint)
        elif not document.readable:
            continue  # whatever it says now, it said nothing before
        elif not _is_same(document, found):
            names = _changed_fields(document, found)
            what = f"`{names[0]}`" if names else "the text"
            message = f"{what} of the record {document.id} has been changed"
            hint = "undo it, and add another record that puts it right"
            yield Found(found.path, message, hint, (names[0],) if names else ())


def _is_same(old: Document, new: Document) -> bool:
    return old.fields == new.fields and old.body == new.body


def _changed_fields(old: Document, new: Document) -> list[str]:
    names = dict.fromkeys((*old.fields, *new.fields))
    return [name for name in names if old.fields.get(name) != new.fields.get(name)]


RULE = Rule(
    name="edited-record",
    summary="Records are added, never edited or deleted.",
    remedy=(
        "A record says what somebody said or measured on a day; to change it afterwards would "
        "forge it. Add another record. Files of records may be moved."
    ),
    scope=Scope.CHANGE,
    check_change=_check,
)
