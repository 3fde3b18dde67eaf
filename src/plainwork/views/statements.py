"""Records, as they are shown beside the work that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_timestamp


class Statement(msgspec.Struct, frozen=True):
    """What somebody said or measured.

    Attributes:
        by: Whose it is: who said it, or who spent what it says was spent.
        day: When, or None if the record tells no day.
        headline: What it comes to, in one line.
        health: Of an update of a project: ``on-track``, ``at-risk``, ``off-track``; else ``""``.
    """

    id: str
    kind: str
    by: str
    day: date | None
    headline: str
    health: str = ""


def records_by_work(snapshot: Snapshot) -> Mapping[str, tuple[Record, ...]]:
    """Return the records about each work, by its id in lower case, the latest first."""
    found: dict[str, list[Record]] = {}
    for record in snapshot.records:
        for name in record.about:
            work = snapshot.work(name)
            found.setdefault((work.id if work else name).lower(), []).append(record)
    return {
        id_: tuple(sorted(records, key=lambda record: (record.at, record.id), reverse=True))
        for id_, records in found.items()
    }


def describe_record(record: Record) -> Statement:
    """Return a record in one line."""
    moment = parse_timestamp(record.at)
    day = moment.date() if isinstance(moment, datetime) else moment
    health = _text(record, "health")
    by = (_text(record, "party") if record.kind == "spent" else "") or record.by
    return Statement(record.id, record.kind, by, day, _headline(record), health)


def _headline(record: Record) -> str:
    match record.kind:
        case "update":
            return _text(record, "headline") or "a comment"
        case "approval":
            return _text(record, "vote")
        case "handoff":
            reason = _text(record, "reason")
            return f"{_text(record, 'answer')}: {reason}" if reason else _text(record, "answer")
        case "spent":
            amounts = filter(None, (_text(record, "time"), _text(record, "cost")))
            return " and ".join(amounts)
        case "measure":
            return f"{_text(record, 'name')}: {_text(record, 'value')}"
        case "waiver":
            until = _text(record, "until")
            return f"of {_text(record, 'of')} until {until}: {_text(record, 'reason')}"
        case _:
            return ""


def _text(record: Record, name: str) -> str:
    value = record.details.get(name)
    return "" if value is None else str(value)
