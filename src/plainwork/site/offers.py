"""Handoffs that nobody has answered, as the day of the site begins.

Which there are only history tells, and reading it takes long: so what it told is kept until there
is another commit. What is due on the day itself is not late yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from functools import cached_property

import msgspec

from plainwork.flow.open_offers import RecordedOffer, judge_open_offers
from plainwork.model.open_offer import OpenOffer
from plainwork.model.snapshot import Snapshot
from plainwork.site.digest import encode
from plainwork.site.past import NoPast, Past
from plainwork.views.found import Found
from plainwork.views.offered import OfferedWork, describe_offered, find_unanswered, is_overlooked


class RecordedOffers(msgspec.Struct, frozen=True, array_like=True):
    """What history tells of offers without an answer; `unknown`: why it does not."""

    offers: tuple[RecordedOffer, ...] = ()
    unknown: str = ""


_decode = msgspec.msgpack.Decoder(RecordedOffers).decode


def record_offers(past: Past | NoPast) -> bytes:
    """Return what history tells of offers, to be kept."""
    if isinstance(past, NoPast):
        return encode(RecordedOffers(unknown="" if past.empty else past.reason))
    return encode(RecordedOffers(past.open_offers))


class Offers:
    """What visible work waits to be accepted or rejected.

    Args:
        recorded: What :func:`record_offers` has returned.
        snapshot: The workspace without what is left out.
        today: The day on which the site is made.
        zone: The workspace's time zone.

    Attributes:
        unknown: Why nobody knows of any, or ``""``.
    """

    def __init__(self, recorded: bytes, snapshot: Snapshot, today: date, zone: tzinfo) -> None:
        self._snapshot = snapshot
        self._today = today
        moment = datetime.combine(today, time.min, zone)
        found = _decode(recorded)
        judged = judge_open_offers(found.offers, snapshot, zone, moment)
        self._all = find_unanswered(judged, snapshot)
        self.unknown = found.unknown

    def find_all(self, most: int | None = None) -> Found[OfferedWork]:
        """Return all of them: what is late first, then by age; so many are described."""
        return self._describe(self._all, most)

    def find_overlooked(self, most: int) -> Found[OfferedWork]:
        """Return those of which the answer is late or has taken long; so many are described."""
        overlooked = [each for each in self._all if is_overlooked(each, self._today)]
        return self._describe(overlooked, most)

    def find_given(self, team: str, most: int) -> Found[OfferedWork]:
        """Return what a team has offered to others; so many are described."""
        return self._describe(self._by_giver.get(team.lower(), ()), most)

    def find_received(self, party: str) -> Sequence[OpenOffer]:
        """Return what was offered to a team, or to those of a person."""
        return self._by_receiver.get(party.lower(), ())

    def _describe(self, offers: Iterable[OpenOffer], most: int | None = None) -> Found[OfferedWork]:
        return describe_offered(offers, self._snapshot, self._today, most=most)

    @cached_property
    def _by_receiver(self) -> Mapping[str, Sequence[OpenOffer]]:
        found: dict[str, list[OpenOffer]] = {}
        for each in self._all:
            team = self._snapshot.team(each.receiver)
            for id_ in {each.receiver.lower(), *map(str.lower, team.people if team else ())}:
                found.setdefault(id_, []).append(each)
        return found

    @cached_property
    def _by_giver(self) -> Mapping[str, Sequence[OpenOffer]]:
        found: dict[str, list[OpenOffer]] = {}
        for each in self._all:
            found.setdefault(each.giver.lower(), []).append(each)
        return found
