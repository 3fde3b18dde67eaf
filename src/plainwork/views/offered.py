"""What other teams have offered, and nobody has accepted or rejected yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

import msgspec

from plainwork.model.open_offer import OpenOffer
from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_timestamp
from plainwork.views.found import Found
from plainwork.views.summary import WorkSummary, summarise

_LONG = timedelta(days=14)
"""How long an answer may take where none was promised: after that, unchanged work is stale."""


class OfferedWork(msgspec.Struct, frozen=True):
    """Work that was offered, and by whom to whom."""

    work: WorkSummary
    offer: OpenOffer


class OfferedWorks(msgspec.Struct, frozen=True):
    """What waits for an answer: what is late first, then by age."""

    works: tuple[OfferedWork, ...]


def find_unanswered(offers: Iterable[OpenOffer], snapshot: Snapshot) -> tuple[OpenOffer, ...]:
    """Return what waits for an answer as the workspace stands.

    An answer need not be committed yet: work that is closed, or with another team, has one.

    Args:
        offers: Those without an answer in history.
        snapshot: The workspace.
    """
    answers = _find_answers(snapshot)
    found = []
    for offer in offers:
        work = snapshot.work(offer.work)
        if work is None or not work.open or work.team.lower() != offer.receiver.lower():
            continue
        if not _is_answered(offer, answers.get(work.id.lower(), ()), snapshot):
            found.append(offer)
    return tuple(found)


def is_overlooked(offer: OpenOffer, today: date) -> bool:
    """Return whether an answer was promised and is late, or has taken long without a promise."""
    return offer.late or (offer.due is None and today - offer.offered.date() > _LONG)


def describe_offered(
    offers: Iterable[OpenOffer],
    snapshot: Snapshot,
    today: date,
    *,
    receivers: Collection[str] | None = None,
    most: int | None = None,
) -> Found[OfferedWork]:
    """Return offers with the work that they are about: what is late first, then by age.

    Args:
        offers: Those that nobody has answered.
        snapshot: The workspace.
        today: The day of the question.
        receivers: Ids of teams in lower case: what they were offered; None: any team.
        most: How many are described, or None for all; all are counted.
    """
    found = [
        (work, offer)
        for offer in offers
        if receivers is None or offer.receiver.lower() in receivers
        if (work := snapshot.work(offer.work)) is not None
    ]
    found.sort(key=lambda each: (not each[1].late, each[1].offered, each[0].id))
    described = (OfferedWork(summarise(work, snapshot, today), each) for work, each in found[:most])
    return Found(len(found), tuple(described))


def _find_answers(snapshot: Snapshot) -> dict[str, list[Record]]:
    """Return the answers to handoffs, by the id of the work in lower case."""
    found: dict[str, list[Record]] = {}
    for record in snapshot.records:
        for name in record.about if record.kind == "handoff" else ():
            work = snapshot.work(name)
            if work is not None:
                found.setdefault(work.id.lower(), []).append(record)
    return found


def _is_answered(offer: OpenOffer, answers: Iterable[Record], snapshot: Snapshot) -> bool:
    team = snapshot.team(offer.receiver)
    people = set(map(str.lower, team.people)) if team else set()
    return any(
        record.by.lower() in people and _is_later(record.at, offer.offered) for record in answers
    )


def _is_later(text: str, offered: datetime) -> bool:
    at = parse_timestamp(text)
    if isinstance(at, datetime):
        return at >= offered
    return at is not None and at >= offered.date()
