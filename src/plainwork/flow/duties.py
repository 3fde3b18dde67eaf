"""What routines made: was it done by its date?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from enum import StrEnum

import msgspec

from plainwork.flow.events import find_all_ids
from plainwork.flow.timelines import Timeline
from plainwork.model.history import History
from plainwork.parsing.quantities import parse_date


class DutyOutcome(StrEnum):
    """What became of a duty."""

    IN_TIME = "in-time"
    LATE = "late"
    OVERDUE = "overdue"
    DROPPED = "dropped"
    NOT_MADE = "not-made"


class Duty(msgspec.Struct, frozen=True):
    """One occurrence of a routine whose date has come.

    Attributes:
        routine: The id of the routine.
        work: The id of the occurrence.
        due: By when it was to be done: what it says last, else its own date.
        done: When it was done, or None.
        outcome: What became of it; overdue: it is still open.
        postponed: Whether its date was changed after it was made.
        commits: Full hashes: of what made it, and of what ended it.
    """

    routine: str
    work: str
    due: date
    done: date | None
    outcome: DutyOutcome
    postponed: bool
    commits: tuple[str, ...]


def find_duties(
    history: History,
    timelines: Sequence[Timeline],
    items: Iterable[Timeline],
    zone: tzinfo,
    today: date,
) -> Iterator[Duty]:
    """Yield the occurrences of routines that were due before today, or are done.

    Args:
        history: What happened.
        timelines: All work.
        items: What of it counts.
        zone: The workspace's time zone, in which days begin.
        today: The day of the question; what is due today may still be done.
    """
    routines = {each.work.lower(): each.work for each in timelines if each.kind == "routine"}
    dues = _find_dues(history, timelines)
    commits = history.commits
    for item in items:
        creator, _, suffix = item.work.rpartition(".")
        day = parse_date(suffix)
        if day is None or creator.lower() not in routines:
            continue
        known = dues.get(item.work.lower(), [])
        due = known[-1] if known else day
        end = item.finished or item.dropped
        done = datetime.fromtimestamp(item.finished.time, zone).date() if item.finished else None
        if done is None and due >= today:
            continue
        ids = [commits[moment.commit].id for moment in (item.created, end) if moment]
        yield Duty(
            routine=routines[creator.lower()],
            work=item.work,
            due=due,
            done=done,
            outcome=_judge(item, done, due),
            postponed=any(each != due for each in known),
            commits=tuple(dict.fromkeys(ids)),
        )


def _judge(item: Timeline, done: date | None, due: date) -> DutyOutcome:
    if done is not None:
        return DutyOutcome.IN_TIME if done <= due else DutyOutcome.LATE
    return DutyOutcome.DROPPED if item.dropped else DutyOutcome.OVERDUE


def _find_dues(history: History, timelines: Iterable[Timeline]) -> dict[str, list[date]]:
    """Return every date by which works were ever due, by id in lower case, oldest first."""
    ids = find_all_ids(history.events, (each.work for each in timelines))
    found: dict[str, list[date]] = {}
    for event in history.events:
        _, new = event.changes.get("due", (None, None))
        day = parse_date(str(new)) if new else None
        if day is not None:
            found.setdefault(ids.get(event.work.lower(), event.work.lower()), []).append(day)
    return found
