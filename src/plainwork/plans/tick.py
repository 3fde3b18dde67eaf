"""Creating what routines, states and missed targets owe, and saying what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from plainwork.analysis.created_work import CreatedWork
from plainwork.analysis.owed_occurrences import Horizon, Skipped, is_recurring
from plainwork.analysis.owed_work import ClockRuns, EntryDays, Owed, compute_owed
from plainwork.editing.new_document import render_document
from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.model.plan import FileEdit, Plan
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables


class Made(msgspec.Struct, frozen=True):
    """Work that is created.

    Attributes:
        day: For which day it is.
        late: Whether it is due already.
        absent: Who would do it, but is not there on that day.
    """

    id: str
    path: str
    title: str
    creator: str
    day: date
    due: date | None
    assignees: tuple[str, ...]
    absent: tuple[str, ...]
    late: bool


class Late(msgspec.Struct, frozen=True):
    """Work that a routine made, that is open and was due."""

    id: str
    title: str
    creator: str
    due: date
    assignees: tuple[str, ...]
    owner: str


class Unmade(msgspec.Struct, frozen=True):
    """Why something is not created.

    Attributes:
        path: The document that is to be mended.
        rule: The rule that finds it in a check.
    """

    path: str
    rule: str
    message: str
    hint: str


class Tick(msgspec.Struct, frozen=True):
    """What is owed on a day, and what was missed.

    Attributes:
        until: The last day that counts; None: today, and what each routine has ``ahead``.
        created: What is created, by creator and then by day.
        skipped: What was missed and is not made up for.
        late: What was made and is not done in time, the longest overdue first.
        undated: Works that create, but of which no commit says when they came into their state.
        unmade: Why something is not created.
    """

    workspace: str
    today: date
    until: date | None
    created: tuple[Made, ...]
    skipped: tuple[Skipped, ...]
    late: tuple[Late, ...]
    undated: tuple[str, ...]
    unmade: tuple[Unmade, ...]


def plan_tick(
    snapshot: Snapshot, horizon: Horizon, entry_days: EntryDays, clock_runs: ClockRuns
) -> tuple[Plan, Tick]:
    """Plan to create what is owed.

    Args:
        snapshot: The workspace.
        horizon: How far it reaches.
        entry_days: From works to the days on which they came into their states.
        clock_runs: From works to how they passed clocks.

    Returns:
        The plan, which has no edits if nothing is owed, and what there is to say.
    """
    owed = _leave_out_wrong(compute_owed(snapshot, horizon, entry_days, clock_runs), snapshot)
    made = tuple(_made(work, horizon.today) for work in owed.created)
    edits = sorted((render_edit(work) for work in owed.created), key=lambda edit: edit.path)
    tick = Tick(
        workspace=snapshot.settings.name,
        today=horizon.today,
        until=horizon.until,
        created=made,
        skipped=owed.skipped,
        late=tuple(sorted(_find_late(snapshot, horizon.today), key=lambda late: late.due)),
        undated=owed.undated,
        unmade=tuple(
            Unmade(fault.location.path, fault.rule, fault.message, fault.hint)
            for fault in owed.faults
        ),
    )
    return Plan(tuple(edits), _format_message(owed)), tick


def render_edit(work: CreatedWork) -> FileEdit:
    """Return the new file of work that is created."""
    return FileEdit(work.path, None, render_document(work.fields, work.body).encode())


def _made(work: CreatedWork, today: date) -> Made:
    return Made(
        id=work.id,
        path=work.path,
        title=work.title,
        creator=work.creator,
        day=work.day,
        due=work.due,
        assignees=work.assignees,
        absent=work.absent,
        late=(work.due or work.day) < today,
    )


def _leave_out_wrong(owed: Owed, snapshot: Snapshot) -> Owed:
    """Leave out what would be a document with errors; all of one creator are alike."""
    tables = FieldTables(snapshot.workflows.values())
    faults: dict[tuple[str, str], Diagnostic | None] = {}
    kept = []
    for work in owed.created:
        kind = (work.creator, work.fields["workflow"])
        if kind not in faults:
            faults[kind] = _find_fault(work, tables)
        if faults[kind] is None:
            kept.append(work)
    found = (fault for fault in faults.values() if fault is not None)
    return msgspec.structs.replace(owed, created=tuple(kept), faults=(*owed.faults, *found))


def _find_fault(work: CreatedWork, tables: FieldTables) -> Diagnostic | None:
    data = render_edit(work).after or b""
    found = parse_document(work.path, "work", data, tables).diagnostics
    return next((fault for fault in found if fault.severity is Severity.ERROR), None)


def _find_late(snapshot: Snapshot, today: date) -> Iterator[Late]:
    """Yield the open work of routines that was due."""
    for routine in _find_routines(snapshot):
        for work in snapshot.works.children.get(routine.id.lower(), ()):
            if work.open and work.due is not None and work.due < today:
                yield Late(
                    id=work.id,
                    title=work.title,
                    creator=routine.id,
                    due=work.due,
                    assignees=work.assignees,
                    owner=work.accountable,
                )


def _find_routines(snapshot: Snapshot) -> Iterator[Work]:
    for row, kind in enumerate(snapshot.works.columns["kind"]):
        if kind == "routine" and is_recurring(snapshot.works[row]):
            yield snapshot.works[row]


def _format_message(owed: Owed) -> str:
    """Return the subject of the commit."""
    if not owed.created:
        return "Create nothing: nothing is owed"
    first, more = owed.created[0].id, len(owed.created) - 1
    return f"Create {first} and {more} more that are owed" if more else f"Create {first}, as owed"
