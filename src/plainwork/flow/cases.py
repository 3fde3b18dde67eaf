"""Work as cases of process mining: which states it reached, when, by whom and at which team."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, tzinfo

import msgspec

from plainwork.flow.commit_authors import Author, CommitAuthors
from plainwork.flow.timelines import Timeline, compute_timelines
from plainwork.model.history import History
from plainwork.model.snapshot import Snapshot

DELETED = "deleted"
"""What work reaches whose document is removed while it is open."""


class Reached(msgspec.Struct, frozen=True):
    """A state that a work came into.

    Attributes:
        state: Its name, or :data:`DELETED`.
        before: The one that it came from, or ``""`` for new work.
        category: What the state was then, or ``""``.
        team: The team that the document named then, or ``""``.
    """

    state: str
    before: str
    category: str
    time: datetime
    by: Author
    team: str
    commit: str


class Case(msgspec.Struct, frozen=True):
    """A work, with the states that it reached, the oldest first."""

    timeline: Timeline
    reached: tuple[Reached, ...]


def iterate_cases(history: History, snapshot: Snapshot, zone: tzinfo) -> Iterator[Case]:
    """Yield all work that there is or was, in the order of its creation.

    Args:
        history: What happened.
        snapshot: The workspace: its people and workflows.
        zone: Of the times.
    """
    authors = CommitAuthors(snapshot)
    teams = _Teams(history)
    for timeline in compute_timelines(history, snapshot.workflows):
        before = ""
        reached = []
        for stay in timeline.stays:
            commit = history.commits[stay.commit]
            state = stay.state or DELETED
            reached.append(
                Reached(
                    state=state,
                    before=before,
                    category=stay.category,
                    time=datetime.fromtimestamp(stay.start, zone),
                    by=authors.find(commit),
                    team=teams.find(timeline.work, stay.commit),
                    commit=commit.id,
                )
            )
            before = state
        yield Case(timeline, tuple(reached))


class _Teams:
    """Says which team a document named after each commit that changed it."""

    def __init__(self, history: History) -> None:
        self._named: dict[str, list[tuple[int, str]]] = {}
        for event in history.events:
            key = event.work.lower()
            former = event.changes.get("id", (None, None))[0]
            if former:
                self._named[key] = self._named.get(former.lower(), [])
            if "team" in event.changes:
                team = str(event.changes["team"][1] or "")
                self._named.setdefault(key, []).append((event.commit, team))

    def find(self, work: str, commit: int) -> str:
        named = self._named.get(work.lower(), [])
        at = bisect_right(named, commit, key=lambda entry: entry[0])
        return named[at - 1][1] if at else ""
