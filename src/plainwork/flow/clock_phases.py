"""How works passed the clocks of their workflows, as history tells it.

A run of a clock begins when work comes to stand in a state that starts it, and ends when it comes
to one that stops it or passes over one. The definition in force when it began counts for ever
(``METRICS.md``, *Clocks*). Calendars have no say here: what is found follows from history alone,
so that it can be kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter

import msgspec

from plainwork.analysis.transitions import find_path
from plainwork.flow.events import Standing, apply_event
from plainwork.model.clock_run import Phase, RecordedRun
from plainwork.model.history import Event, History, WorkflowVersion
from plainwork.model.workflow import CLOSED, Category, Clock, Workflow


class Judged(msgspec.Struct, frozen=True):
    """A work at the moment when the target of a clock is looked for.

    Attributes:
        workflow: As it was when the clock started.
        works: All work as it is at that moment, by id in lower case.
        workflows: Likewise.
    """

    standing: Standing
    workflow: Workflow
    time: int
    works: Mapping[str, Standing]
    workflows: Mapping[str, Workflow]


FindTarget = Callable[[Clock, Judged], str]
"""Returns ``within`` of the target that counts, or ``""``."""


def find_clock_runs(history: History, find_target: FindTarget) -> tuple[RecordedRun, ...]:
    """Return every run of every clock, in the order in which they began.

    Args:
        history: What happened.
        find_target: Chooses among the targets of a clock.
    """
    if not any(each.workflow and each.workflow.clocks for each in history.workflows):
        return ()
    recorder = _Recorder(find_target)
    versions = iter((*history.workflows, None))
    version = next(versions)
    for commit, events in groupby(history.events, attrgetter("commit")):
        while version is not None and version.commit <= commit:
            recorder.define(version)
            version = next(versions)
        recorder.follow(history.commits[commit].id, tuple(events))
    return tuple(run.record() for run in recorder.runs)


class _Run(msgspec.Struct):
    """A run that is being recorded; states of the clock are called as they are now."""

    work: str
    definition: Workflow
    clock: Clock
    team: str
    phases: list[Phase]
    ended: int | None = None
    end_commit: str = ""
    withdrawn: bool = False

    def set_phase(self, phase: Phase) -> None:
        last = self.phases[-1]
        if (last.paused, last.within) != (phase.paused, phase.within):
            self.phases.append(phase)

    def end(self, time: int, commit: str, *, withdrawn: bool = False) -> None:
        self.ended, self.end_commit, self.withdrawn = time, commit, withdrawn

    def record(self) -> RecordedRun:
        return RecordedRun(
            work=self.work,
            workflow=self.definition.id.lower(),
            clock=self.clock.name,
            team=self.team,
            creates=tuple(creation.key for creation in self.clock.creates),
            words=_find_words(self.clock),
            phases=tuple(self.phases),
            ended=self.ended,
            end_commit=self.end_commit,
            withdrawn=self.withdrawn,
        )


class _Recorder:
    """Watches work move past clocks."""

    def __init__(self, find_target: FindTarget) -> None:
        self.runs: list[_Run] = []
        self._find_target = find_target
        self._workflows: dict[str, Workflow] = {}
        self._works: dict[str, Standing] = {}
        self._open: dict[str, list[_Run]] = {}
        self._ended: dict[str, list[_Run]] = {}
        self._paths: dict[tuple[str, str, str], tuple[str, ...]] = {}

    def define(self, version: WorkflowVersion) -> None:
        """Let a workflow be as a version of it says."""
        before, workflow = self._workflows.get(version.id), version.workflow
        self._paths.clear()
        if workflow is None:
            self._workflows.pop(version.id, None)
            return
        self._workflows[version.id] = workflow
        if before is None or not workflow.migrate or before.states == workflow.states:
            return
        for run in chain.from_iterable(self._open.values()):
            if run.definition.id.lower() == version.id:
                run.clock = _migrate(run.clock, workflow)

    def follow(self, commit: str, events: Sequence[Event]) -> None:
        """Let the events of a commit happen: all of them, before any target is looked for."""
        moves = [(event, self._apply(event)) for event in events]
        for event, before in moves:
            standing = self._works.get(event.work.lower())
            if event.deleted or standing is None:
                self._end(event.work.lower(), event.time, commit)
            else:
                self._react(_Move(event, before, standing, commit))

    def _apply(self, event: Event) -> Standing | None:
        """Let an event happen; return how the work stood before, if it was there."""
        key = event.work.lower()
        former = (event.changes.get("id", (None, None))[0] or event.work).lower()
        before = None if event.created else self._works.get(former)
        apply_event(self._works, event)
        for runs in (self._open, self._ended) if former != key else ():
            runs[key] = runs.pop(former, [])
            for run in runs[key]:
                run.work = event.work
        return before

    def _react(self, move: _Move) -> None:
        workflow = self._workflows.get(move.standing.values["workflow"].lower())
        if move.changed_workflow:
            self._end(move.key, move.event.time, move.commit)
        if move.changed_state:
            self._stop(move, workflow)
        for run in self._open.get(move.key, ()):
            run.set_phase(self._phase(move, run))
        if move.changed_state and workflow is not None:
            self._start(move, workflow)

    def _end(self, key: str, time: int, commit: str) -> None:
        """End the runs of work of which the clocks say nothing any more."""
        ended = self._open.pop(key, [])
        for run in ended:
            run.end(time, commit, withdrawn=True)
        self._ended.setdefault(key, []).extend(ended)

    def _stop(self, move: _Move, workflow: Workflow | None) -> None:
        """End the runs that the new state, or one on the way there, stops."""
        runs = self._open.pop(move.key, [])
        reached = {move.status, *self._passed(move, workflow)} if runs else set()
        for run in runs:
            stopped = not reached.isdisjoint(run.clock.stop)
            if stopped or move.event.category in CLOSED:  # there is nothing left to wait for
                dropped = not stopped and move.event.category == Category.DROPPED
                run.end(move.event.time, move.commit, withdrawn=dropped)
            group = self._open if run.ended is None else self._ended
            group.setdefault(move.key, []).append(run)

    def _passed(self, move: _Move, workflow: Workflow | None) -> tuple[str, ...]:
        """Return the states that a change of status passed over."""
        if workflow is None or move.before is None:
            return ()
        key = (workflow.id, move.before.values["status"], move.status)
        if key not in self._paths:
            path = find_path(workflow, key[1], key[2]) or ()
            self._paths[key] = tuple(transition.to for transition in path[:-1])
        return self._paths[key]

    def _start(self, move: _Move, workflow: Workflow) -> None:
        running = {run.clock.name for run in self._open.get(move.key, ())}
        state = workflow.state(move.status)
        team = (state.team if state else "") or move.standing.values.get("team", "")
        for clock in workflow.clocks:
            if move.status not in clock.start or move.status in clock.stop:
                continue
            if clock.name not in running:
                run = _Run(move.standing.id, workflow, clock, team or workflow.team, [])
                run.phases.append(self._phase(move, run))
                self.runs.append(run)
                self._open.setdefault(move.key, []).append(run)

    def _phase(self, move: _Move, run: _Run) -> Phase:
        """Return what holds of a run since a move."""
        time = move.event.time
        judged = Judged(move.standing, run.definition, time, self._works, self._workflows)
        within = self._find_target(run.clock, judged)
        return Phase(time, move.commit, move.status in run.clock.pause, within)


class _Move(msgspec.Struct, frozen=True):
    """What an event did to work that is there; ``before`` None: it is new, or there again."""

    event: Event
    before: Standing | None
    standing: Standing
    commit: str

    @property
    def key(self) -> str:
        return self.event.work.lower()

    @property
    def status(self) -> str:
        status: str = self.standing.values["status"]
        return status

    @property
    def changed_workflow(self) -> bool:
        return self.before is not None and "workflow" in self.event.changes

    @property
    def changed_state(self) -> bool:
        return self.before is None or not _PLACE.isdisjoint(self.event.changes)


_WORD = re.compile(r"[a-z][a-z0-9_-]*")
_PLACE = frozenset({"status", "workflow"})


def _find_words(clock: Clock) -> tuple[str, ...]:
    text = " ".join(target.when for target in clock.targets)
    return tuple(dict.fromkeys(_WORD.findall(text))) if text.strip() else ()


def _migrate(clock: Clock, workflow: Workflow) -> Clock:
    """Return a clock with the names that a workflow gives to states which it has not got any more.

    Without this a clock would never stop whose last state has got another name.
    """
    known = {state.name for state in workflow.states}

    def rename(states: Iterable[str]) -> tuple[str, ...]:
        return tuple(name if name in known else workflow.migrate.get(name, name) for name in states)

    return msgspec.structs.replace(
        clock, start=rename(clock.start), stop=rename(clock.stop), pause=rename(clock.pause)
    )
