"""Whether a pull request was a draft at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime


def was_draft(turns: Sequence[tuple[datetime, bool]], when: datetime, *, now: bool) -> bool | None:
    """Return whether it was a draft; None: what is known contradicts what it is now.

    Args:
        turns: When it became a draft, or ready, oldest first.
        when: The time that is asked about.
        now: Whether it is a draft now.
    """
    if not turns:
        return now
    if turns[-1][1] != now:
        return None
    before = [draft for turned, draft in turns if turned <= when]
    return before[-1] if before else not turns[0][1]
