"""The rule ``creation-cycle``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.cycles import find_cycles
from plainwork.model.diagnostic import FieldPath
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope

_Way = tuple[str, str]


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    ways = dict(_creations(snapshot))
    graph: dict[str, list[str]] = {id_: [] for id_ in snapshot.workflows}
    for creator, created in ways:
        if creator in graph:
            graph[creator].append(created)
    for ring in find_cycles(graph):
        names = " → ".join((*ring, ring[0]))
        message = f"work that is created creates further work without end: {names}"
        path, field = ways[ring[0], ring[1 % len(ring)]]
        yield Found(path, message, "remove `creates` in one of these workflows", field)


def _creations(snapshot: Snapshot) -> Iterator[tuple[_Way, tuple[str, FieldPath]]]:
    """Yield which workflow's work creates which workflow's, and where that is said."""
    for id_, workflow in snapshot.workflows.items():
        parts = (("states", workflow.states), ("clocks", workflow.clocks))
        for part, entries in parts:
            for entry in entries:
                for position, creation in enumerate(entry.creates):
                    field = (part, entry.name, "creates", position)
                    yield (id_, creation.workflow.lower()), (workflow.path, field)
    kinds = snapshot.works.columns["kind"]
    for row, kind in enumerate(kinds):
        if kind == "routine":
            routine = snapshot.works[row]
            created = (routine.fields.get("creates") or {}).get("workflow", "").lower()
            yield (routine.workflow.lower(), created), (routine.path, ("creates",))


RULE = Rule(
    name="creation-cycle",
    summary="Creation ends: no work makes, through others, work of its own workflow.",
    remedy=(
        "Each piece of such work would bring forth the next one. Let one of the workflows of the "
        "ring create nothing, or something else."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
