"""Workflows: how one type of work flows."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec


class Category(StrEnum):
    """What every state is, whatever a team calls it; in the order in which work passes them."""

    PROPOSED = "proposed"
    READY = "ready"
    ACTIVE = "active"
    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def open(self) -> bool:
        """Whether work in such a state is still to be done."""
        return self not in CLOSED


CLOSED = frozenset({Category.DONE, Category.DROPPED})
"""The categories in which nothing is left to be done; their names, as texts, are in it too."""

IN_PROGRESS = frozenset({Category.ACTIVE, Category.WAITING})
"""The categories that count as work in progress."""


ALL_OF_THEM = 0
"""The ``count`` of an approval that asks everyone."""


class Approval(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who must consent: ``count`` of ``by``, or one of ``any``.

    ``count`` may be :data:`ALL_OF_THEM`. ``exclude`` None stands for the default: author,
    contributors and requester.
    """

    by: tuple[str, ...] = ()
    count: int = 1
    when: str = ""
    exclude: tuple[str, ...] | None = None
    author: bool = False
    max_age: str = ""
    consent: str = "review"
    veto: bool = False
    any: tuple["Approval", ...] = ()


class CustomField(msgspec.Struct, frozen=True, omit_defaults=True):
    """A field that a workflow declares, or a common field that it says more about.

    Attributes:
        type: A word of ``FORMAT.md``'s field types, ``""`` for a common field.
        many: Whether it holds a list of that type.
    """

    name: str
    type: str = ""
    many: bool = False
    options: tuple[str, ...] = ()
    help: str = ""
    approvals: tuple[Approval, ...] = ()
    visibility: str = ""


class Creation(msgspec.Struct, frozen=True, omit_defaults=True):
    """Work that a routine, a state or a missed target makes."""

    workflow: str
    title: str
    key: str = ""
    team: str = ""
    assignees: tuple[str, ...] = ()
    rotation: tuple[str, ...] = ()
    due: str = ""
    depends_on: tuple[str, ...] = ()
    set: dict[str, Any] = {}


class State(msgspec.Struct, frozen=True, omit_defaults=True):
    """One place where work can stand."""

    name: str
    category: Category
    title: str = ""
    help: str = ""
    team: str = ""
    wip_limit: int | None = None
    creates: tuple[Creation, ...] = ()

    @property
    def label(self) -> str:
        """What people read: the title, or the name in words."""
        return self.title or self.name.replace("-", " ").replace("_", " ").capitalize()


class Transition(msgspec.Struct, frozen=True, omit_defaults=True):
    """A declared way from states to a state, with its guards.

    Attributes:
        sources: The states it leaves; empty: it says who may create work in ``to``.
    """

    name: str
    to: str
    sources: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    checklist: tuple[str, ...] = ()
    children_closed: bool = False
    depends_on_closed: bool = False
    when: str = ""
    accept_within: str = ""
    help: str = ""


class Target(msgspec.Struct, frozen=True, omit_defaults=True):
    """A promise of a clock: the first whose condition holds counts."""

    within: str
    when: str = ""


class Clock(msgspec.Struct, frozen=True, omit_defaults=True):
    """A promise about time between states."""

    name: str
    start: tuple[str, ...]
    stop: tuple[str, ...]
    pause: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    creates: tuple[Creation, ...] = ()


class ServiceLevel(msgspec.Struct, frozen=True):
    """``percent`` of the work is finished ``within`` a duration."""

    percent: float
    within: str


class Workflow(msgspec.Struct, frozen=True, omit_defaults=True, dict=True):
    """A type of work: its fields, states in board order, transitions and promises."""

    id: str
    path: str
    title: str = ""
    kind: str = "item"
    owner: str = ""
    team: str = ""
    visibility: str = ""
    fields: tuple[CustomField, ...] = ()
    states: tuple[State, ...] = ()
    transitions: tuple[Transition, ...] = ()
    service_level: ServiceLevel | None = None
    clocks: tuple[Clock, ...] = ()
    migrate: dict[str, str] = {}
    body: str = ""

    def state(self, name: str) -> State | None:
        """Return the state of that name, or None."""
        return self._states.get(name)

    def field(self, name: str) -> CustomField | None:
        """Return what the workflow says of a field, or None."""
        return next((field for field in self.fields if field.name == name), None)

    def transition(self, name: str) -> Transition | None:
        """Return the transition of that name, or None."""
        return next((entry for entry in self.transitions if entry.name == name), None)

    @cached_property
    def _states(self) -> Mapping[str, State]:
        return {state.name: state for state in reversed(self.states)}  # the first of a name counts
