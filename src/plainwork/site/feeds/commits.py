"""When each commit was made, by its hash."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from plainwork.model.change_log import ChangeLog


class Commit(msgspec.Struct, frozen=True):
    """Where a commit stands among all, 0 for the latest; and when it was made, in seconds."""

    place: int
    time: int


Commits = Mapping[str, Commit]


def list_commits(log: ChangeLog) -> Commits:
    """Return the commits of a log."""
    return {change.id: Commit(place, change.time) for place, change in enumerate(log.changes)}
