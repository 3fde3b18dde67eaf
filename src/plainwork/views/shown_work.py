"""Everything that a workspace knows of one work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import msgspec

from plainwork.analysis.blocking import is_blocked
from plainwork.model.clock_run import ClockRun
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.parsing.markdown import parse_sections
from plainwork.views.blocked import BlockedWork, describe_blocked
from plainwork.views.history import Change
from plainwork.views.inheritance import find_source
from plainwork.views.occurrences import Recurrence, compute_recurrence
from plainwork.views.project_overview import ProjectOverview
from plainwork.views.statements import Statement, describe_record
from plainwork.views.summary import WorkSummary, summarise
from plainwork.views.ways_on import WayOn, compute_ways_on
from plainwork.views.work_index import WorkIndex

_EFFECTIVE = ("owner", "team", "project", "visibility")
_SAID_ELSEWHERE = frozenset({"id", "title", "workflow", "status", "reason", "depends_on"})


class ShownField(msgspec.Struct, frozen=True):
    """A field with its effective value; ``source`` says where that comes from, if not from here."""

    name: str
    value: Any
    source: str = ""


class ShownDependency(msgspec.Struct, frozen=True):
    """Work that one depends on; without a title there is none of that id."""

    id: str
    type: str
    lag: str
    title: str = ""
    status: str = ""
    open: bool = True


class Mention(msgspec.Struct, frozen=True):
    """Work that names another one, and the field in which it does: ``milestone``, ``relates``."""

    work: WorkSummary
    field: str


class Checklist(msgspec.Struct, frozen=True):
    """How many boxes under a heading are ticked, of how many."""

    heading: str
    ticked: int
    boxes: int


class ShownWork(msgspec.Struct, frozen=True):
    """One work, and all that belongs to it.

    Attributes:
        reason: Why it stands where it stands, if somebody said so.
        fields: What is set or inherited, in the usual order.
        blocked: What keeps it from going on, if anything does.
        depends_on: As written; ``needed_by`` is the other direction.
        mentioned_by: What names it otherwise, its items and parts left out.
        clocks: How it passed the clocks of its workflow.
        records: The latest first.
        ways_on: The transitions out of its state.
        history: The commits that changed it, the latest first.
        project: Of a project, its overview.
        recurrence: Of a routine with a schedule, when it recurs.
    """

    work: WorkSummary
    path: str
    today: date
    reason: str
    fields: tuple[ShownField, ...]
    blocked: BlockedWork | None
    depends_on: tuple[ShownDependency, ...]
    needed_by: tuple[WorkSummary, ...]
    mentioned_by: tuple[Mention, ...]
    children: tuple[WorkSummary, ...]
    checklists: tuple[Checklist, ...]
    clocks: tuple[ClockRun, ...]
    records: tuple[Statement, ...]
    ways_on: tuple[WayOn, ...]
    history: tuple[Change, ...]
    project: ProjectOverview | None
    recurrence: Recurrence | None
    body: str


def compute_shown_work(
    work: Work,
    index: WorkIndex,
    *,
    today: date,
    me: str,
    history: Iterable[Change],
    clocks: tuple[ClockRun, ...] = (),
    most_blockers: int | None = None,
    with_checklists: bool = True,
) -> ShownWork:
    """Gather what is known of a work.

    Args:
        work: The work.
        index: The workspace, and what belongs to each of its works.
        today: The day of the question.
        me: The id of the person who asks, or ``""``.
        history: The commits that changed it, the latest first; it is read last.
        clocks: How it passed the clocks of its workflow.
        most_blockers: How much of what it waits for is described, or None for all.
        with_checklists: Whether its text is read for them.
    """
    snapshot, records, id_ = index.snapshot, index.records, work.id.lower()
    body = work.body
    blocked = is_blocked(work, snapshot)
    return ShownWork(
        work=summarise(work, snapshot, today),
        path=work.path,
        today=today,
        reason=work.reason,
        fields=tuple(_fields(work, snapshot)),
        blocked=describe_blocked(work, snapshot, today, most_blockers) if blocked else None,
        depends_on=tuple(_dependencies(work, snapshot)),
        needed_by=tuple(
            summarise(other, snapshot, today) for other in index.dependents.get(work, ())
        ),
        mentioned_by=tuple(
            Mention(summarise(other, snapshot, today), field)
            for other, field in index.mentions.get(work, ())
        ),
        children=tuple(
            summarise(child, snapshot, today) for child in snapshot.works.children.get(id_, ())
        ),
        checklists=tuple(_checklists(body)) if with_checklists else (),
        clocks=clocks,
        records=tuple(map(describe_record, records.get(id_, ()))),
        ways_on=compute_ways_on(work, snapshot, today=today, me=me),
        project=index.overview(work, today) if work.kind == "project" else None,
        recurrence=compute_recurrence(work, snapshot, today) if work.kind == "routine" else None,
        body=body,
        history=tuple(history),
    )


def _checklists(body: str) -> Iterator[Checklist]:
    for section in parse_sections(body):
        if section.boxes:
            yield Checklist(section.heading, section.ticked, section.boxes)


def _fields(work: Work, snapshot: Snapshot) -> Iterator[ShownField]:
    fields, known = work.fields, _known_fields(work.kind)
    for name in (*_usual_fields(work.kind), *(name for name in fields if name not in known)):
        if name in _EFFECTIVE:
            value, source = getattr(work, name), find_source(work, name, snapshot)
        else:
            value, source = fields.get(name), ""
        if value not in (None, "", [], {}):
            yield ShownField(name, value, source)


@cache
def _usual_fields(kind: str) -> tuple[str, ...]:
    names = (field.name for field in DOCUMENT_FIELDS[kind])
    return tuple(name for name in names if name not in _SAID_ELSEWHERE)


@cache
def _known_fields(kind: str) -> frozenset[str]:
    return _SAID_ELSEWHERE.union(_usual_fields(kind))


def _dependencies(work: Work, snapshot: Snapshot) -> Iterator[ShownDependency]:
    for entry in work.depends_on:
        other = snapshot.work(entry.on)
        if other is None:
            yield ShownDependency(entry.on, entry.type, entry.lag)
        else:
            yield ShownDependency(
                other.id, entry.type, entry.lag, other.title, other.status, other.open
            )
