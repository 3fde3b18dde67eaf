"""How much was finished on each day: what a forecast rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo

import msgspec

from plainwork.errors import UsageError
from plainwork.flow.outlook import SAMPLE_DAYS, Sample
from plainwork.flow.scope import Scope, choose_items
from plainwork.flow.timelines import Timeline, compute_timelines
from plainwork.model.history import History
from plainwork.model.snapshot import Snapshot

_DAY = timedelta(1)


class Observed(msgspec.Struct, frozen=True):
    """What history says of the items of a scope.

    Attributes:
        finished: How many were finished on each day, until the last whole one.
        sample: Which of these days a forecast rests on: the last ones.
        open: How many items are neither done nor dropped.
    """

    finished: tuple[int, ...]
    sample: Sample
    open: int


def observe(
    history: History,
    snapshot: Snapshot,
    scope: Scope,
    zone: tzinfo,
    *,
    today: date,
    since: date | None = None,
) -> Observed:
    """Return what a forecast rests on.

    Args:
        history: What happened.
        snapshot: The workspace: its workflows and teams.
        scope: Which items count.
        zone: In which days begin.
        today: The day that is not over yet; what commits say of later ones has not happened.
        since: The first day of the sample, if history goes back so far; None: twelve weeks.

    Raises:
        UsageError: If not even one whole day is known.
    """
    tomorrow = min(today, date.max - _DAY) + _DAY
    midnight = int(datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone).timestamp())
    every = compute_timelines(history, snapshot.workflows, midnight)
    return observe_lives(every, snapshot, scope, zone, today=today, since=since)


def observe_lives(
    every: Sequence[Timeline],
    snapshot: Snapshot,
    scope: Scope,
    zone: tzinfo,
    *,
    today: date,
    since: date | None = None,
) -> Observed:
    """Return the same of lives that are known, until the end of today.

    Raises:
        UsageError: If not even one whole day is known.
    """
    first_time = min((each.created.time for each in every), default=None)
    begin = today if first_time is None else _day(first_time, zone)
    usual = today - min(SAMPLE_DAYS * _DAY, today - date.min)
    # Before history begins nothing could be finished, which is no zero.
    first = max(begin, since or usual)
    if first >= today:
        message = f"no whole day lies between {first} and {today}; forecasts rest on past days"
        raise UsageError(message)
    yesterday = today - _DAY
    items = choose_items(every, snapshot, scope)
    finished = count_finished(items, begin, yesterday, zone)
    days = (yesterday - first).days + 1
    sample = Sample(
        file="",
        scope=scope,
        since=first,
        until=yesterday,
        days=days,
        items=sum(finished[len(finished) - days :]),
    )
    return Observed(finished, sample, sum(not (each.finished or each.dropped) for each in items))


def count_finished(
    timelines: Iterable[Timeline], since: date, until: date, zone: tzinfo
) -> tuple[int, ...]:
    """Return how many items were finished on each day; on days with none zero.

    Args:
        timelines: The items.
        since: The first day.
        until: The last one.
        zone: In which days begin.
    """
    done = Counter(_day(each.finished.time, zone) for each in timelines if each.finished)
    return tuple(done[since + day * _DAY] for day in range((until - since).days + 1))


def _day(time: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(time, zone).date()
