"""What a history says that makes its numbers less certain, each with where it says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from plainwork.flow.events import find_all_ids
from plainwork.flow.period import Period
from plainwork.flow.timelines import Timeline
from plainwork.model.history import Event, GapReason, History
from plainwork.model.workflow import IN_PROGRESS, Workflow


class Doubt(StrEnum):
    """Why numbers may say less than they seem to."""

    NO_START = "finished-without-start"
    CHANGED_AFTER = "changed-after-done"
    BACKDATED = "backdated"
    BACKWARDS = "clock-ran-backwards"
    AHEAD = "in-the-future"
    BEFORE_PARENT = "begun-before-parent"
    DELETED = "deleted-while-open"
    UNKNOWN_STATE = "unknown-state"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate-id"
    NOT_PAST = "effective-not-past"


class DoubtfulCase(msgspec.Struct, frozen=True):
    """Where a history says so.

    Attributes:
        work: The id of the work, or ``""``.
        path: The file, where no work is known, or ``""``.
        commit: The commit that says so.
    """

    work: str
    path: str
    commit: str


class DoubtRow(msgspec.Struct, frozen=True):
    """All cases of one doubt, the latest first; a work or file may be there several times."""

    doubt: Doubt
    cases: tuple[DoubtfulCase, ...]


Found = tuple[Doubt, str, int]
"""A doubt, the id of the work, and the position of the commit."""


def compute_doubts(
    history: History,
    timelines: Sequence[Timeline],
    every: Sequence[Timeline],
    workflows: Mapping[str, Workflow],
    period: Period,
    *,
    today: date,
) -> tuple[DoubtRow, ...]:
    """Return what to doubt in what happened in a period, the most frequent first.

    Args:
        history: What happened.
        timelines: The work whose numbers are told.
        every: All work: parents may be of any kind.
        workflows: Those of the workspace.
        period: The days that count.
        today: What lies behind it is a doubt itself.
    """
    start, end = period.start, period.end
    ahead = msgspec.structs.replace(period, until=today).end
    found = [
        *_find_without_start(timelines, workflows, start),
        *_find_before_parents(timelines, every, start),
        *_find_in_timelines(timelines, start),
        *_find_in_events(history, timelines, range(start, end), ahead),
    ]
    cases: dict[Doubt, list[tuple[int, DoubtfulCase]]] = {}
    for doubt, work, at in found:
        cases.setdefault(doubt, []).append((at, DoubtfulCase(work, "", history.commits[at].id)))
    for gap in history.gaps:
        commit = history.commits[gap.commit]
        if start <= commit.time < end:
            case = DoubtfulCase("", gap.path, commit.id)
            cases.setdefault(_GAPS[gap.reason], []).append((gap.commit, case))
    rows = (DoubtRow(doubt, _latest_first(each)) for doubt, each in cases.items())
    return tuple(sorted(rows, key=lambda row: (-len(row.cases), row.doubt)))


_GAPS = {
    GapReason.UNREADABLE: Doubt.UNREADABLE,
    GapReason.DUPLICATE: Doubt.DUPLICATE,
    GapReason.EFFECTIVE: Doubt.NOT_PAST,
}


def _latest_first(cases: list[tuple[int, DoubtfulCase]]) -> tuple[DoubtfulCase, ...]:
    return tuple(case for _, case in sorted(cases, key=lambda each: -each[0]))


def _find_without_start(
    timelines: Sequence[Timeline], workflows: Mapping[str, Workflow], start: int
) -> Iterator[Found]:
    # Registers, such as risks, have no state in which anything could have begun.
    begin = {
        id_
        for id_, workflow in workflows.items()
        if any(state.category in IN_PROGRESS for state in workflow.states)
    }
    for timeline in timelines:
        finished = timeline.finished
        if finished is None or finished.time < start or timeline.workflow.lower() not in begin:
            continue
        if timeline.started == finished:
            yield Doubt.NO_START, timeline.work, finished.commit


def _find_before_parents(
    timelines: Sequence[Timeline], every: Sequence[Timeline], start: int
) -> Iterator[Found]:
    parents = {timeline.work.lower(): timeline for timeline in every if timeline.deleted is None}
    for timeline in timelines:
        started = timeline.started
        if not timeline.parent or started is None or started.time < start:
            continue
        parent = parents.get(timeline.parent.lower())
        if parent is None:
            continue
        if parent.started is None or parent.started.time > started.time:
            yield Doubt.BEFORE_PARENT, timeline.work, started.commit


def _find_in_timelines(timelines: Sequence[Timeline], start: int) -> Iterator[Found]:
    for timeline in timelines:
        dropped = timeline.dropped
        if dropped is not None and dropped == timeline.deleted and dropped.time >= start:
            yield Doubt.DELETED, timeline.work, dropped.commit
        for stay in timeline.stays:
            if not stay.category and stay.start >= start:
                yield Doubt.UNKNOWN_STATE, timeline.work, stay.commit


def _find_in_events(
    history: History, timelines: Sequence[Timeline], times: range, ahead: int
) -> Iterator[Found]:
    wanted = {timeline.work.lower(): timeline for timeline in timelines}
    ids = find_all_ids(history.events, wanted)
    for event in history.events:
        if event.time < times.start:
            continue
        timeline = wanted.get(ids.get(event.work.lower(), ""))
        if timeline is not None and event.time >= ahead:
            yield Doubt.AHEAD, timeline.work, event.commit
        elif timeline is not None and event.time in times:
            for doubt in _doubt(event, timeline):
                yield doubt, timeline.work, event.commit


def _doubt(event: Event, timeline: Timeline) -> Iterator[Doubt]:
    if event.backdated:
        yield Doubt.BACKDATED
    if event.backwards:
        yield Doubt.BACKWARDS
    finished = timeline.finished
    # Where its file lies says nothing of the work: teams put finished work elsewhere.
    if finished and event.commit > finished.commit and event.changes.keys() - {"path", "id"}:
        yield Doubt.CHANGED_AFTER
