"""Which offers wait for an answer, and until when it was promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

import msgspec

from plainwork.analysis.team_calendar import find_calendar
from plainwork.flow.offers import Offer, Outcome
from plainwork.model.history import History
from plainwork.model.open_offer import OpenOffer
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_duration


class RecordedOffer(msgspec.Struct, frozen=True, array_like=True):
    """An offer without an answer as history tells it; ``time`` is in seconds."""

    work: str
    giver: str
    receiver: str
    time: int
    commit: str
    within: str


def record_open_offers(offers: Iterable[Offer], history: History) -> tuple[RecordedOffer, ...]:
    """Return those of a history's offers that are neither accepted nor rejected, oldest first."""
    return tuple(
        RecordedOffer(
            offer.work,
            offer.giver,
            offer.receiver,
            offer.offered.time,
            history.commits[offer.offered.commit].id,
            offer.within,
        )
        for offer in offers
        if offer.outcome is Outcome.OPEN and not offer.rejections
    )


def judge_open_offers(
    offers: Iterable[RecordedOffer], snapshot: Snapshot, zone: tzinfo, now: datetime
) -> Iterator[OpenOffer]:
    """Yield offers with until when they have to be answered.

    Args:
        offers: As they were recorded.
        snapshot: The workspace: its teams and calendars count.
        zone: Its time zone, on whose wall clock calendars are read.
        now: The moment of the question.
    """
    for offer in offers:
        offered = datetime.fromtimestamp(offer.time, zone)
        within = parse_duration(offer.within)
        due = find_calendar(snapshot, offer.receiver).add(offered, within) if within else None
        yield OpenOffer(
            work=offer.work,
            giver=offer.giver,
            receiver=offer.receiver,
            offered=offered,
            commit=offer.commit,
            within=offer.within if due else "",
            due=due,
            late=due is not None and now > due,
        )
