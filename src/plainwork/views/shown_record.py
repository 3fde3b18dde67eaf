"""Everything that a workspace knows of a record."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.views.statements import Statement, describe_record


class ShownRecord(msgspec.Struct, frozen=True):
    """A record.

    Attributes:
        about: Id to title of the work that it is about; without a title there is none.
        details: The fields of its kind.
    """

    statement: Statement
    path: str
    today: date
    about: dict[str, str]
    details: dict[str, Any]
    body: str


def compute_shown_record(record: Record, snapshot: Snapshot, today: date) -> ShownRecord:
    """Gather what is known of a record."""
    works = {name: snapshot.work(name) for name in record.about}
    return ShownRecord(
        statement=describe_record(record),
        path=record.path,
        today=today,
        about={name: work.title if work else "" for name, work in works.items()},
        details=dict(record.details),
        body=record.body,
    )
