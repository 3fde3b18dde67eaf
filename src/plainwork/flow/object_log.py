"""An object-centric event log (OCEL 2.0): what happened, and all that it happened to.

The structures are those of the standard's JSON format, with its names
(https://www.ocel-standard.org/specification/formats/json/). Works have their ids; parties and
authors have theirs behind their kind, so that no two objects share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from plainwork.flow.cases import Case, Reached
from plainwork.flow.commit_authors import Author
from plainwork.flow.events import Standing, compute_standings, find_all_ids
from plainwork.model.history import History
from plainwork.model.party import kind_of_party
from plainwork.model.snapshot import Snapshot


class DeclaredAttribute(msgspec.Struct, frozen=True):
    """An attribute that objects or events of a type may have."""

    name: str
    type: str = "string"


class DeclaredType(msgspec.Struct, frozen=True):
    """A type of objects or events."""

    name: str
    attributes: tuple[DeclaredAttribute, ...]


class Relationship(msgspec.Struct, frozen=True, rename="camel"):
    """What an object or event has to do with an object."""

    object_id: str
    qualifier: str


class EventAttribute(msgspec.Struct, frozen=True):
    """A value of an event."""

    name: str
    value: str


class ObjectAttribute(msgspec.Struct, frozen=True):
    """A value of an object from a moment on."""

    name: str
    time: datetime
    value: str


class LoggedEvent(msgspec.Struct, frozen=True):
    """A work reached a state, which is the event's type."""

    id: str
    type: str
    time: datetime
    attributes: tuple[EventAttribute, ...]
    relationships: tuple[Relationship, ...]


class LoggedObject(msgspec.Struct, frozen=True):
    """A work, a party, or an author who is none."""

    id: str
    type: str
    attributes: tuple[ObjectAttribute, ...]
    relationships: tuple[Relationship, ...]


_OF_WORK = ("title", "workflow", "status", "priority", "due", "estimate")
_WORKS = ("parent", "project", "milestone", "depends_on")
_PARTIES = ("owner", "requester", "assignees", "team")
_OF_EVENTS = ("from", "category", "commit")


class ObjectLog:
    """The log of a history. Its events are to be taken before its objects, which they name.

    Args:
        cases: All work.
        history: What happened to it.
        snapshot: The workspace: its parties.
        zone: Of the times.
    """

    def __init__(
        self, cases: Sequence[Case], history: History, snapshot: Snapshot, zone: tzinfo
    ) -> None:
        self._cases = cases
        self._history = history
        self._snapshot = snapshot
        self._zone = zone
        self._parties: dict[str, LoggedObject] = {}
        works = [case.timeline.work for case in cases]
        self._names = {work.lower(): work for work in works}
        self._ids = find_all_ids(history.events, works)

    def event_types(self) -> tuple[DeclaredType, ...]:
        """Return the states that works reached, each a type of events."""
        states = dict.fromkeys(each.state for case in self._cases for each in case.reached)
        attributes = tuple(map(DeclaredAttribute, _OF_EVENTS))
        return tuple(DeclaredType(state, attributes) for state in states)

    def object_types(self) -> tuple[DeclaredType, ...]:
        """Return the kinds of works and parties, each a type of objects."""
        works = tuple(map(DeclaredAttribute, _OF_WORK))
        return (
            *(DeclaredType(kind, works) for kind in ("item", "project", "routine")),
            *(DeclaredType(kind, ()) for kind in ("person", "team", "agent", "party", "author")),
        )

    def iterate_events(self) -> Iterator[LoggedEvent]:
        """Yield each state that each work reached."""
        for case in self._cases:
            work, project = case.timeline.work, case.timeline.project
            around = [Relationship(work, "work"), *self._relate_works("project", project)]
            for number, each in enumerate(case.reached, start=1):
                related = [*around, Relationship(self._find_author(each.by), "by")]
                if each.team:
                    related.append(Relationship(self._find_party(each.team), "team"))
                yield LoggedEvent(
                    id=f"{work}/{number}",
                    type=each.state,
                    time=each.time,
                    attributes=_describe(each),
                    relationships=tuple(related),
                )

    def iterate_objects(self) -> Iterator[LoggedObject]:
        """Yield all works, then every party and author that they or events name."""
        values = self._read_values()
        standings = compute_standings(self._history.events)
        for case in self._cases:
            key = case.timeline.work.lower()
            standing = standings.get(key)
            yield LoggedObject(
                id=case.timeline.work,
                type=case.timeline.kind,
                attributes=tuple(values.get(key, ())),
                relationships=tuple(self._relate(standing)) if standing else (),
            )
        yield from self._parties.values()

    def _read_values(self) -> dict[str, list[ObjectAttribute]]:
        """Return what works said at which times, by their id in lower case."""
        found: dict[str, list[ObjectAttribute]] = {}
        for event in self._history.events:
            key = self._ids.get(event.work.lower(), event.work.lower())
            time = datetime.fromtimestamp(event.time, self._zone)
            for name in _OF_WORK:
                if name in event.changes:
                    value = event.changes[name][1]
                    text = "" if value is None else str(value)
                    found.setdefault(key, []).append(ObjectAttribute(name, time, text))
        return found

    def _relate(self, standing: Standing) -> Iterator[Relationship]:
        """Yield what a work has to do with other works and with parties."""
        for field in _WORKS:
            yield from self._relate_works(field, standing.values.get(field))
        for field in _PARTIES:
            for text in _read_names(standing.values.get(field)):
                yield Relationship(self._find_party(text), field)

    def _relate_works(self, qualifier: str, value: Any) -> Iterator[Relationship]:
        for text in _read_names(value):
            name = self._names.get(self._ids.get(text.lower(), ""))
            if name is not None:  # what is named and is nowhere cannot be related to
                yield Relationship(name, qualifier)

    def _find_party(self, text: str) -> str:
        party = self._snapshot.parties.get(text.lower())
        return self._add(kind_of_party(party), party.id) if party else self._add("party", text)

    def _find_author(self, author: Author) -> str:
        return self._find_party(author.name) if author.known else self._add("author", author.name)

    def _add(self, kind: str, name: str) -> str:
        id_ = f"{kind}/{name}"
        if id_ not in self._parties:
            self._parties[id_] = LoggedObject(id_, kind, (), ())
        return id_


def _describe(reached: Reached) -> tuple[EventAttribute, ...]:
    values = (reached.before, reached.category, reached.commit)
    return tuple(map(EventAttribute, _OF_EVENTS, values))


def _read_names(value: Any) -> Iterator[str]:
    """Yield the ids in a value: a text, a list, or a list of maps that say ``on``."""
    entries: Iterable[Any] = value if isinstance(value, list | tuple) else [value]
    for entry in entries:
        name = entry.get("on") if isinstance(entry, dict) else entry
        if name and isinstance(name, str):
            yield name
