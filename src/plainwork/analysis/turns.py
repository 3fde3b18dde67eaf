"""Whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plainwork.model.snapshot import Snapshot


def find_turn(rotation: Sequence[str], number: int, day: date, snapshot: Snapshot) -> str:
    """Return who does an occurrence, or ``""`` if nobody of them is there.

    Turns go by the number of the occurrence, so one person's leave moves nobody else's turn: the
    next one who is there stands in.

    Args:
        rotation: Ids of people, in turn.
        number: Of the occurrence, from 0.
        day: The day on which it has to be done.
        snapshot: The workspace.
    """
    first = number % len(rotation)
    in_turn = (*rotation[first:], *rotation[:first])
    return next((id_ for id_ in in_turn if _is_there(id_, day, snapshot)), "")


def _is_there(id_: str, day: date, snapshot: Snapshot) -> bool:
    person = snapshot.person(id_)
    return person is not None and person.present(day) and not person.away(day)
