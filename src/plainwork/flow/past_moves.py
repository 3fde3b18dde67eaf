"""Moves of the past, each with the work around it as it then was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from plainwork.flow.events import Standing, apply_event
from plainwork.model.history import Event, History
from plainwork.model.workflow import Workflow

Values = Mapping[str, Any]


class PastWork(msgspec.Struct, frozen=True):
    """A work as it once was; ``values`` are its fields, ``path`` and ``body``."""

    id: str
    values: Values


class PastMove(msgspec.Struct, frozen=True):
    """Work that came into a state.

    Attributes:
        before: The work as it was; None: it is new, or there again.
        after: The work as it became.
        around: What it is part of, its parts and what it depends on, as they were then.
    """

    event: Event
    before: PastWork | None
    after: PastWork
    around: tuple[PastWork, ...]


def find_past_moves(history: History, workflow: Workflow, since: float) -> Iterator[PastMove]:
    """Yield each creation and each change of status of work that follows a workflow.

    Args:
        history: What happened.
        workflow: The workflow; what its transitions ask for is what is remembered of other work.
        since: The first second that counts.
    """
    past = _Past(workflow)
    for event in history.events:
        before = past.find(event)
        past.follow(event, before)
        if event.deleted or event.time < since:
            continue
        after = past.works[event.work.lower()]
        moved = before is None or not event.changes.keys().isdisjoint({"status", "workflow"})
        if moved and str(after.values.get("workflow", "")).lower() == workflow.id.lower():
            yield PastMove(event, before, after, past.find_around(after))


class _Past:
    """All work as it was at one moment, by id in lower case."""

    def __init__(self, workflow: Workflow) -> None:
        self._standings: dict[str, Standing] = {}
        self._parts: dict[str, dict[str, None]] = {}
        self._asks_parts = any(each.children_closed for each in workflow.transitions)
        self.works: dict[str, PastWork] = {}

    def find(self, event: Event) -> PastWork | None:
        """Return the work of an event as it is before it."""
        former = event.changes.get("id", (None, None))[0] or event.work
        return self.works.get(former.lower())

    def follow(self, event: Event, before: PastWork | None) -> None:
        """Let an event happen."""
        apply_event(self._standings, event)
        if before is not None:
            del self.works[before.id.lower()]
            for above in _named_above(before):
                self._parts.get(above, {}).pop(before.id.lower(), None)
        if event.deleted:
            return
        standing = self._standings[event.work.lower()]
        work = self.works[event.work.lower()] = PastWork(standing.id, standing.values)
        for above in _named_above(work):
            self._parts.setdefault(above, {})[work.id.lower()] = None

    def find_around(self, work: PastWork) -> tuple[PastWork, ...]:
        """Return what a work is part of, what it waits for and, if that is asked, its parts."""
        found = {work.id.lower(): work}
        self._add(found, list(_named_above(work)), _named_above)
        self._add(found, list(_named_dependencies(work)), lambda _: ())
        if self._asks_parts:
            key = work.id.lower()
            parts = self._parts.get(key, {})
            self._add(found, list(parts), lambda part: self._parts.get(part.id.lower(), {}))
        del found[work.id.lower()]
        return tuple(found.values())

    def _add(
        self,
        found: dict[str, PastWork],
        waiting: list[str],
        onwards: Callable[[PastWork], Iterable[str]],
    ) -> None:
        """Add works, and from each of them those that it leads on to."""
        while waiting:
            id_ = waiting.pop()
            work = self.works.get(id_)
            if work is not None and id_ not in found:
                found[id_] = work
                waiting.extend(onwards(work))


def _named_above(work: PastWork) -> Iterator[str]:
    for name in ("parent", "project"):
        if work.values.get(name):
            yield str(work.values[name]).lower()


def _named_dependencies(work: PastWork) -> Iterator[str]:
    for entry in work.values.get("depends_on", ()):
        yield str(entry.get("on", "") if isinstance(entry, dict) else entry).lower()
