"""Work that was offered to another team, which has not answered yet."""

from __future__ import annotations

from datetime import datetime

import msgspec


class OpenOffer(msgspec.Struct, frozen=True):
    """An offer without an answer.

    Attributes:
        work: The id of the work.
        giver: The id of the team that was responsible before.
        receiver: The id of the team that is asked.
        offered: When it was offered.
        commit: The full hash of the commit that did so.
        within: How soon the workflow promises an answer, or ``""``.
        due: Until when that is; None: nothing is promised.
        late: Whether that has passed.
    """

    work: str
    giver: str
    receiver: str
    offered: datetime
    commit: str
    within: str
    due: datetime | None
    late: bool
