"""What is owed: the work that routines, states and missed targets create and that is not there.

Everything follows from the workspace and the day. The rules of ``FORMAT.md`` are in *Routine* and
under ``creates`` in *Workflow*.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from plainwork.analysis.created_work import CreatedWork, CreationFault
from plainwork.analysis.owed_follow_ups import (
    FollowUps,
    compute_follow_ups,
    find_follow_ups,
    find_missed_follow_ups,
    find_promised,
)
from plainwork.analysis.owed_occurrences import (
    Debt,
    Horizon,
    Skipped,
    compute_debt,
    is_recurring,
)
from plainwork.analysis.taken_names import TakenNames
from plainwork.model.clock_run import ClockRun
from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work

EntryDays = Callable[[Sequence[Work]], Mapping[str, date]]
"""From works to the days on which they came into their states, by id in lower case.

History says so; what is not committed is missing.
"""

ClockRuns = Callable[[Sequence[Work]], Iterable[ClockRun]]
"""From works to how they passed the clocks of their workflows, in the order in which they began.

History says so; what is not committed is missing.
"""

_SETTINGS = "plainwork.toml"


class Owed(msgspec.Struct, frozen=True):
    """What is owed.

    Attributes:
        created: The work to make, by creator and then by day.
        skipped: What was missed and is not made up for.
        undated: Works that create, but of which no commit says when they came into their state.
        faults: Why something is not made, each with the document that is to be mended.
    """

    created: tuple[CreatedWork, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    undated: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def compute_owed(
    snapshot: Snapshot,
    horizon: Horizon,
    entry_days: EntryDays,
    clock_runs: ClockRuns,
    *,
    creators: Collection[str] | None = None,
    others: Collection[str] = (),
) -> Owed:
    """Compute what is owed.

    Args:
        snapshot: The workspace.
        horizon: How far it reaches.
        entry_days: Asked once, for the few works of which the day matters.
        clock_runs: Asked once, for works for which a missed target creates something.
        creators: The ids, in lower case, of what creates; None: everything.
        others: Ids and aliases, in lower case, of works and records that the snapshot lacks.
    """
    unreadable = tuple(_find_settings_faults(snapshot))
    if unreadable:
        return Owed(faults=unreadable)
    taken = TakenNames(snapshot, others)
    reckoning = _Reckoning(snapshot, horizon, taken)
    reckoning.add_dated(entry_days, creators)
    reckoning.add_missed(clock_runs, creators)
    return reckoning.compute()


def _find_settings_faults(snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Yield what is wrong with the settings: where the zone is unknown, so is the day."""
    for found in snapshot.diagnostics:
        if found.location.path == _SETTINGS and found.severity is Severity.ERROR:
            yield found


class _Reckoning:
    """What is known while owed work is computed."""

    def __init__(self, snapshot: Snapshot, horizon: Horizon, taken: TakenNames) -> None:
        self._snapshot = snapshot
        self._horizon = horizon
        self._taken = taken
        self._names: set[str] = set()
        self._wrong: dict[str, Diagnostic] = {}
        for found in snapshot.diagnostics:
            if found.severity is Severity.ERROR:
                self._wrong.setdefault(found.location.path, found)
        self._created: list[CreatedWork] = []
        self._skipped: list[Skipped] = []
        self._undated: list[str] = []
        self._faults: list[Diagnostic] = []

    def compute(self) -> Owed:
        """Return what has been found."""
        return Owed(
            tuple(self._created),
            tuple(self._skipped),
            tuple(dict.fromkeys(self._undated)),
            tuple(dict.fromkeys(self._faults)),
        )

    def add_dated(self, entry_days: EntryDays, creators: Collection[str] | None) -> None:
        """Find what routines owe, and what states do."""
        routines = [work for work in self._routines() if _is_chosen(work, creators)]
        states = [
            each
            for each in find_follow_ups(self._snapshot, self._taken.has_id)
            if _is_chosen(each.creator, creators)
        ]
        last = {routine.id: self._last_made(routine) for routine in routines}
        asked = [work for work in last.values() if work and not work.open]
        asked += [each.creator for each in states]
        days = entry_days(asked) if asked else {}
        for routine in routines:
            self._add_routine(routine, last[routine.id], days)
        for each in states:
            self._add_follow_ups(each, days.get(each.creator.id.lower()))

    def add_missed(self, clock_runs: ClockRuns, creators: Collection[str] | None) -> None:
        """Find what missed targets owe."""
        promised = find_promised(self._snapshot, self._is_taken)
        asked = [work for work in promised if _is_chosen(work, creators)]
        runs = clock_runs(asked) if asked else ()
        for owed, day in find_missed_follow_ups(runs, self._snapshot, self._is_taken):
            self._add_follow_ups(owed, day)

    def _is_taken(self, id_: str) -> bool:
        """Whether an id is in use, or will be: a clock may be missed several times."""
        return id_.lower() in self._names or self._taken.has_id(id_)

    def _routines(self) -> Iterator[Work]:
        for row, kind in enumerate(self._snapshot.works.columns["kind"]):
            if kind == "routine" and is_recurring(self._snapshot.works[row]):
                yield self._snapshot.works[row]

    def _made(self, routine: Work) -> Sequence[date]:
        return self._taken.occurrences.get(routine.id.lower(), ())

    def _last_made(self, routine: Work) -> Work | None:
        """Return the last occurrence of a routine that is counted from when it was done."""
        made = self._made(routine)
        if routine.fields["schedule"].get("mode") != "after-done" or not made:
            return None
        return self._snapshot.work(f"{routine.id}.{made[-1]}")

    def _add_routine(self, routine: Work, last: Work | None, days: Mapping[str, date]) -> None:
        created = (routine.fields.get("creates") or {}).get("workflow", "")
        if not self._are_sound(routine.path, *self._paths_of([created])):
            return
        done = days.get(last.id.lower()) if last and not last.open else None
        if last and not last.open and done is None:
            self._undated.append(last.id)
        made = self._made(routine)
        debt = compute_debt(routine, self._snapshot, self._horizon, made=made, done=done)
        if isinstance(debt, Debt):
            self._skipped += debt.skipped
            self._add(debt.created)
        else:
            self._blame(routine.path, debt)

    def _add_follow_ups(self, owed: FollowUps, day: date | None) -> None:
        workflow = self._snapshot.workflow(owed.creator)
        assert workflow is not None  # noqa: S101 - it says what is created
        created = [creation.workflow for creation in owed.creations]
        if not self._are_sound(workflow.path, *self._paths_of(created)):
            return
        if day is None:
            self._undated.append(owed.creator.id)
            return
        made = compute_follow_ups(owed, day, self._snapshot)
        if isinstance(made, CreationFault):
            field = (*owed.part, "creates", *made.field)
            self._blame(workflow.path, msgspec.structs.replace(made, field=field))
        else:
            self._add(made)

    def _paths_of(self, workflows: Iterable[str]) -> Iterator[str]:
        known = (self._snapshot.workflows.get(id_.lower()) for id_ in workflows)
        return (workflow.path for workflow in known if workflow is not None)

    def _are_sound(self, *paths: str) -> bool:
        """Whether documents say what they mean; what is wrong was left out when they were read."""
        wrong = [self._wrong[path] for path in paths if path in self._wrong]
        self._faults += wrong
        return not wrong

    def _add(self, made: Iterable[CreatedWork]) -> None:
        for work in made:
            if self._taken.has_id(work.id) or self._taken.has_path(work.path):
                message = f"`{work.id}` is not made: another document has its id or its path"
                self._faults.append(_fault(work.path, "duplicate-id", message))
            else:
                self._created.append(work)
                self._names.add(work.id.lower())

    def _blame(self, path: str, fault: CreationFault) -> None:
        self._faults.append(_fault(path, fault.rule, fault.message, fault.field))


def _is_chosen(work: Work, creators: Collection[str] | None) -> bool:
    return creators is None or work.id.lower() in creators


def _fault(path: str, rule: str, message: str, field: tuple[str | int, ...] = ()) -> Diagnostic:
    hint = f"`plainwork check {path}` says more"
    return Diagnostic(Location(path), rule, Severity.ERROR, message, hint, field)
