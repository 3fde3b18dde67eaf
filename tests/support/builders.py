"""Snapshots built from plain values, for tests of what is computed from them.

Nothing is parsed and nothing inherited: what a test does not say has the default, so that a
test of a view or a query depends on neither the reader nor the rules of inheritance.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from plainwork.model.party import Party, Person, Team
from plainwork.model.policy import Policy
from plainwork.model.record import Record
from plainwork.model.settings import Settings
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Dependency, WorkTable
from plainwork.model.workflow import (
    Category,
    CustomField,
    ServiceLevel,
    State,
    Transition,
    Workflow,
)

_EMPTY: dict[str, Any] = {
    **dict.fromkeys(("reason", "requester", "parent", "milestone", "priority"), ""),
    **dict.fromkeys(("estimate", "blocked", "made_by", "owner", "project", "body"), ""),
    **dict.fromkeys(("assignees", "consulted", "informed", "depends_on", "labels"), ()),
    **dict.fromkeys(("aliases", "references", "targets"), ()),
    **dict.fromkeys(("start", "due"), None),
    "visibility": "internal",
}


def make_workflow(
    id_: str = "task",
    states: Mapping[str, Category | str] | None = None,
    *,
    fields: Sequence[CustomField] = (),
    transitions: Sequence[Transition] = (),
    within: str = "",
    **more: Any,
) -> Workflow:
    """Build a workflow; ``states`` maps names to categories, ``within`` is its service level."""
    states = states or {
        "todo": Category.READY,
        "doing": Category.ACTIVE,
        "waiting": Category.WAITING,
        "done": Category.DONE,
        "dropped": Category.DROPPED,
    }
    return Workflow(
        id=id_,
        path=f"workflows/{id_}.md",
        title=id_.capitalize(),
        states=tuple(State(name, Category(category)) for name, category in states.items()),
        fields=tuple(fields),
        transitions=tuple(transitions),
        service_level=ServiceLevel(85, within) if within else None,
        **more,
    )


def make_person(id_: str, **more: Any) -> Person:
    """Build a person whose name is the id, capitalised."""
    values = {"name": id_.capitalize(), "emails": (f"{id_}@example.org",), **more}
    return Person(id=id_, path=f"people/{id_}.md", **values)


def make_team(id_: str, **more: Any) -> Team:
    """Build a team whose name is the id, capitalised."""
    return Team(id=id_, path=f"teams/{id_}.md", **{"name": id_.capitalize(), **more})


def make_snapshot(
    works: Iterable[Mapping[str, Any]] = (),
    *,
    workflows: Iterable[Workflow] | None = None,
    parties: Iterable[Party] = (),
    policies: Iterable[Policy] = (),
    records: Sequence[Record] = (),
    settings: Settings | None = None,
) -> Snapshot:
    """Build a snapshot.

    Args:
        works: One map a work: attributes of :class:`~plainwork.model.work.Work` (``due`` may be
            text, ``depends_on`` ids) and custom fields, which go into ``fields`` only. Left out,
            the id is ``w1``, ``w2``, …, the workflow ``task``, the status its first state; kind,
            category and team follow workflow and state, ``accountable`` follows ``owner``.
        workflows: Default: ``task`` alone, as :func:`make_workflow` builds it.
    """
    kept_workflows = {
        workflow.id.lower(): workflow
        for workflow in (workflows if workflows is not None else [make_workflow()])
    }
    kept_parties = {party.id.lower(): party for party in parties}
    rows = [
        _make_row(number, given, kept_workflows, kept_parties)
        for number, given in enumerate(works, start=1)
    ]
    names = (
        *("id", "path", "title", "workflow", "status", "fields"),
        *("kind", "category", "accountable", "team", *_EMPTY),
        *("written_owner", "written_team", "written_project", "written_visibility"),
    )
    return Snapshot(
        settings=settings or Settings(),
        works=WorkTable({name: [row[name] for row in rows] for name in names}),
        workflows=kept_workflows,
        parties=kept_parties,
        policies={policy.id.lower(): policy for policy in policies},
        records=records,
    )


def _make_row(
    number: int,
    given: Mapping[str, Any],
    workflows: Mapping[str, Workflow],
    parties: Mapping[str, Party],
) -> dict[str, Any]:
    id_ = given.get("id", f"w{number}")
    row = {"id": id_, "path": f"work/{id_}.md", "title": f"Work {number}", "workflow": "task"}
    row = {**_EMPTY, **row, **given}
    workflow = workflows.get(row["workflow"].lower())
    row.setdefault("status", workflow.states[0].name if workflow else "todo")
    state = workflow.state(row["status"]) if workflow else None
    for name in ("owner", "team", "project", "visibility"):
        row[f"written_{name}"] = given.get(name, "")
    row.setdefault("kind", workflow.kind if workflow else "item")
    row.setdefault("category", state.category if state else None)
    row["team"] = (state and state.team) or given.get("team") or (workflow and workflow.team) or ""
    owner = parties.get(row["owner"].lower())
    row.setdefault("accountable", owner.lead if isinstance(owner, Team) else row["owner"])
    row.setdefault(
        "fields",
        _written(
            {"title": row["title"], "workflow": row["workflow"], "status": row["status"], **given}
        ),
    )
    row["depends_on"] = tuple(
        Dependency(entry) if isinstance(entry, str) else entry for entry in row["depends_on"]
    )
    for name in ("start", "due"):
        if isinstance(row[name], str):
            row[name] = date.fromisoformat(row[name])
    return row


def _written(given: Mapping[str, Any]) -> dict[str, Any]:
    computed = {"id", "path", "kind", "category", "accountable", "references", "body"}
    return {name: _json(value) for name, value in given.items() if name not in computed}


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Dependency):
        return {"on": value.on, "type": value.type, **({"lag": value.lag} if value.lag else {})}
    if isinstance(value, tuple | list):
        return [_json(entry) for entry in value]
    return value
