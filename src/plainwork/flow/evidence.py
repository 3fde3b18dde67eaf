"""What measures of the past rest on, read out of history once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import cached_property

import msgspec

from plainwork.flow.authors import Merged
from plainwork.flow.offers import Offer, find_offers
from plainwork.flow.timelines import Timeline, compute_timelines
from plainwork.model.history import History
from plainwork.model.snapshot import Snapshot


class Evidence(msgspec.Struct, frozen=True, dict=True):
    """What happened until a moment.

    Attributes:
        history: All that is known.
        snapshot: The workspace as it is: its workflows, teams and calendars count.
        zone: Its time zone, in which days begin.
        now: The moment of the question; what commits say of later ones has not happened yet.
        load_merged: Reads who wrote what merges brought in, when somebody asks for offers.
    """

    history: History
    snapshot: Snapshot
    zone: tzinfo
    now: datetime
    load_merged: Callable[[], Merged] = dict

    @property
    def end(self) -> int:
        """The first second that counts no more."""
        return int(self.now.timestamp()) + 1

    @property
    def today(self) -> date:
        """The day of the question."""
        return self.now.astimezone(self.zone).date()

    @cached_property
    def timelines(self) -> tuple[Timeline, ...]:
        """How all work came to stand where it stood then."""
        return compute_timelines(self.history, self.snapshot.workflows, self.end)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """What passed from team to team, and what had become of it."""
        return find_offers(self.history, until=self.end, merged=self.load_merged())
