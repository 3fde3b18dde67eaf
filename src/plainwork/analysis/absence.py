"""Who is given work although they are not there.

Outside their first and last day people own and are assigned nothing new, nor are agents after
theirs; what they had before is handed over in time (``FORMAT.md``, *Parties*).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from plainwork.model.diagnostic import FieldPath
from plainwork.model.party import Agent, Person, Team
from plainwork.model.snapshot import Snapshot


class Absent(msgspec.Struct, frozen=True):
    """Somebody who is given something and is not there: where that is said, and why not."""

    field: FieldPath
    party: str
    reason: str

    @property
    def message(self) -> str:
        """What is wrong, in one line."""
        return f"it is given to {self.party}, {self.reason}"

    @property
    def hint(self) -> str:
        """What to do about it."""
        return "name somebody who is there"


def find_absentees(snapshot: Snapshot, today: date) -> dict[str, str]:
    """Return who is not there on a day, by id in lower case, and why in words."""
    return {
        id_: _describe_absence(party, today)
        for id_, party in snapshot.parties.items()
        if not isinstance(party, Team) and not party.present(today)
    }


def _describe_absence(party: Person | Agent, today: date) -> str:
    if isinstance(party, Person) and party.first is not None and party.first > today:
        return f"whose first day is {party.first}"
    return f"whose last day was {party.last}"


def find_newly_absent(
    before: Mapping[str, Any], after: Mapping[str, Any], absentees: Mapping[str, str]
) -> Iterator[Absent]:
    """Yield who is not there and becomes owner or assignee of a document.

    Args:
        before: Its fields as they were; empty: it is new.
        after: Its fields as they are.
        absentees: As :func:`find_absentees` returns them.
    """
    known = {(field[0], party.lower()) for field, party in _named(before)}
    for field, party in _named(after):
        reason = absentees.get(party.lower())
        if reason and (field[0], party.lower()) not in known:
            yield Absent(field, party, reason)


def _named(fields: Mapping[str, Any]) -> Iterator[tuple[FieldPath, str]]:
    owner, assignees = fields.get("owner"), fields.get("assignees")
    if isinstance(owner, str):
        yield ("owner",), owner
    for position, assignee in enumerate(assignees if isinstance(assignees, list) else ()):
        yield ("assignees", position), str(assignee)
