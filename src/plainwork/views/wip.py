"""Work in progress against its limits, per team (``FORMAT.md``, guards)."""

from __future__ import annotations

from collections import Counter

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import State


class LimitedState(msgspec.Struct, frozen=True):
    """A state that may hold only so much work of a team, and what it holds.

    Attributes:
        label: The state's name for people.
        team: The responsible team, or ``""``.
        works: Ids of the work that stands there.
    """

    workflow: str
    state: str
    label: str
    team: str
    count: int
    limit: int
    works: tuple[str, ...]

    @property
    def over(self) -> bool:
        """Whether it holds more than it may."""
        return self.count > self.limit


def find_over_limits(snapshot: Snapshot) -> tuple[LimitedState, ...]:
    """Return the states over their limit, the furthest over first."""
    return tuple(each for each in find_limited_states(snapshot) if each.over)


def find_limited_states(snapshot: Snapshot) -> tuple[LimitedState, ...]:
    """Return the states with a limit in which any work stands, the fullest first."""
    limits = _limits(snapshot)
    if not limits:
        return ()
    columns = snapshot.works.columns
    found: dict[tuple[str, str, str], list[str]] = {}
    places = zip(columns["workflow"], columns["status"], strict=True)
    for row, place in enumerate(places):
        if place in limits:
            key = (place[0].lower(), place[1], columns["team"][row])
            found.setdefault(key, []).append(columns["id"][row])
    limited = []
    for (workflow, status, team), works in found.items():
        state = limits[workflow, status]
        limit = state.wip_limit or 0
        limited.append(
            LimitedState(workflow, status, state.label, team, len(works), limit, tuple(works))
        )
    return tuple(sorted(limited, key=lambda entry: (entry.limit - entry.count, entry.workflow)))


def find_full_places(snapshot: Snapshot) -> tuple[tuple[tuple[str, str, str], int], ...]:
    """Return the states that take no more work of a team: workflow, state, team; and how much.

    They are in order; workflows and teams are in lower case.
    """
    limits = _limits(snapshot)
    if not limits:
        return ()
    columns = snapshot.works.columns
    counts = Counter(zip(columns["workflow"], columns["status"], columns["team"], strict=True))
    places: Counter[tuple[str, str, str]] = Counter()
    most: dict[tuple[str, str, str], int] = {}
    for (workflow, status, team), count in counts.items():
        state = limits.get((workflow, status))
        if state is not None:
            place = workflow.lower(), status, team.lower()
            places[place] += count
            most[place] = state.wip_limit or 0
    full = ((place, count) for place, count in places.items() if count >= most[place])
    return tuple(sorted(full))


def _limits(snapshot: Snapshot) -> dict[tuple[str, str], State]:
    """Return the states with a limit, by their workflow, however work spells it, and name."""
    spelled: dict[str, set[str]] = {}
    for name in set(snapshot.works.columns["workflow"]):
        spelled.setdefault(name.lower(), {name.lower()}).add(name)
    return {
        (name, state.name): state
        for id_, workflow in snapshot.workflows.items()
        for state in workflow.states
        if state.wip_limit is not None
        for name in spelled.get(id_, ())
    }
