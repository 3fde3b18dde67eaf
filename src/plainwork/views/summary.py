"""One work in a line: what every view says of it, and which of two is more urgent."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import msgspec

from plainwork.analysis.attention import is_overdue
from plainwork.analysis.blocking import is_blocked
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import CLOSED

LastChanged = Callable[[Work], date | None]
"""Tells the day of a work's last change, or None if that is not known."""

_PRIORITIES = {"urgent": 0, "high": 1, "normal": 2, "": 2, "low": 3}


class WorkSummary(msgspec.Struct, frozen=True, cache_hash=True):
    """What is said of a work wherever it is mentioned.

    Attributes:
        state: The label of its status, for people.
        category: The category of its status, or ``""`` if its workflow has no such state.
        overdue: For how many days it has been overdue; 0: it is not.
    """

    id: str
    title: str
    kind: str
    workflow: str
    status: str
    state: str
    category: str
    priority: str
    owner: str
    assignees: tuple[str, ...]
    team: str
    project: str
    due: date | None
    overdue: int
    blocked: bool


def summarise(work: Work, snapshot: Snapshot, today: date) -> WorkSummary:
    """Return the summary of a work; of one of the snapshot it is made once."""
    if work.columns is not snapshot.works.columns:
        return _summarise(work, snapshot, today)
    return _kept(snapshot, today)[work.row]


def summarise_rows(rows: Iterable[int], snapshot: Snapshot, today: date) -> tuple[WorkSummary, ...]:
    """Return the summaries of some works of a snapshot."""
    return tuple(map(_kept(snapshot, today).__getitem__, rows))


class _Summaries(dict[int, WorkSummary]):
    """The summaries of a snapshot by row, each made when it is first asked for.

    A site shows the same work on a dozen pages.
    """

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        self._snapshot = snapshot
        self._today = today

    def __missing__(self, row: int) -> WorkSummary:
        work = self._snapshot.works[row]
        found = self[row] = _summarise(work, self._snapshot, self._today)
        return found


_kept = lru_cache(maxsize=1)(_Summaries)


def _summarise(work: Work, snapshot: Snapshot, today: date) -> WorkSummary:
    state = snapshot.state(work)
    due = work.due
    return WorkSummary(
        id=work.id,
        title=work.title,
        kind=work.kind,
        workflow=work.workflow,
        status=work.status,
        state=state.label if state else work.status,
        category=state.category.value if state else "",
        priority=work.priority,
        owner=work.owner,
        assignees=work.assignees,
        team=work.team,
        project=work.project,
        due=due,
        overdue=(today - due).days if due is not None and is_overdue(work, today) else 0,
        blocked=is_blocked(work, snapshot),
    )


def open_works(snapshot: Snapshot) -> list[Work]:
    """Return all work that is neither done nor dropped."""
    categories = snapshot.works.columns["category"]
    return [
        snapshot.works[row] for row, category in enumerate(categories) if category not in CLOSED
    ]


class Urgency:
    """The order of what to do: by priority, by due day, then what has lain longest.

    Without a day work comes after work that has one. The first two are numbers that are made
    once; history is asked only where these are equal.

    Args:
        snapshot: The workspace.
        last_changed: The day of a work's last change.
        promised: Days, by row, on which something is due beside what documents say.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        last_changed: LastChanged,
        promised: Mapping[int, date] = MappingProxyType({}),
    ) -> None:
        self._keys = _number(snapshot, tuple(promised.items()))
        self._last_changed = last_changed

    def sort(self, works: Iterable[Work], most: int | None = None) -> list[Work]:
        """Return the most urgent works first; at most so many."""
        if most == 0:
            return []
        keys = self._keys
        found = sorted(works, key=lambda work: keys[work.row])
        if most is not None and most < len(found):
            last = keys[found[most - 1].row]
            found = found[: bisect_right(found, last, key=lambda work: keys[work.row])]
        found.sort(key=self._key)
        return found[:most]

    def _key(self, work: Work) -> tuple[int, date, int]:
        return (self._keys[work.row], self._last_changed(work) or date.max, work.row)


@lru_cache(maxsize=1)  # every board and list of a workspace has the same
def _number(snapshot: Snapshot, promised: tuple[tuple[int, date], ...]) -> Sequence[int]:
    """Return a number for each work, the less the more urgent by priority and due day."""
    columns = snapshot.works.columns
    due = list(columns["due"])
    for row, day in promised:
        due[row] = min(due[row] or day, day)
    days = sorted(day for day in set(due) if day is not None)
    place: dict[date | None, int] = {day: number for number, day in enumerate(days)}
    place[None] = len(days)
    priorities = {
        name: _PRIORITIES.get(name, _PRIORITIES[""]) * len(place)
        for name in set(columns["priority"])
    }
    return [
        priorities[priority] + place[day]
        for priority, day in zip(columns["priority"], due, strict=True)
    ]
