"""When each commit was made, in seconds, by its hash."""

from __future__ import annotations

from collections.abc import Mapping

from plainwork.model.change_log import ChangeLog

Commits = Mapping[str, int]


def list_commits(log: ChangeLog) -> Commits:
    """Return the commits of a log."""
    return {change.id: change.time for change in log.changes}
