"""What the pages of people, teams and agents have in common."""

from __future__ import annotations

import msgspec

from plainwork.site.pages.duties import Duties
from plainwork.views.found import Found
from plainwork.views.next_work import NextWork
from plainwork.views.promises import PromisedWork
from plainwork.views.shown_party import ShownParty


class PartyPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of any party shows.

    Attributes:
        shown: Its place.
        duties: What it answers for beside work.
        next: What it has to do, and what waits for it.
        promises: Work that it does, answers for or is responsible for, of which a promise was
            missed or is due soon.
    """

    shown: ShownParty
    duties: Duties
    next: NextWork
    promises: Found[PromisedWork]
