"""What has changed lately: commits, and the work that each of them touched."""

from __future__ import annotations

from datetime import date

import msgspec

from plainwork.views.history import Change


class RecentChange(msgspec.Struct, frozen=True):
    """A commit of the last days.

    Attributes:
        works: Ids of the work that it changed, of what is seen, and that it does not name itself;
            at most so many as a line bears.
        more: How many further ones.
    """

    change: Change
    works: tuple[str, ...]
    more: int = 0


class Recent(msgspec.Struct, frozen=True):
    """The commits of the last days, the latest first.

    Attributes:
        since: The first of these days.
        count: How many commits; ``changes`` may be the first of them only.
    """

    since: date
    count: int
    changes: tuple[RecentChange, ...]
