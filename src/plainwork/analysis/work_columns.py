"""The columns of the work table: what files say, and what follows from it.

*Written* columns need one document; *effective* ones need the workspace: inheritance of owner,
team, project and visibility (``FORMAT.md``, common fields), and the category of the state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from sys import intern
from typing import Any

from plainwork.model.document import Document
from plainwork.model.party import Person, Team
from plainwork.model.work import VISIBILITIES, Columns, Dependency
from plainwork.model.workflow import Category, Workflow
from plainwork.parsing.quantities import parse_date

_DEFAULT_VISIBILITY = "internal"


def _text(name: str) -> Callable[[Document], Any]:
    return lambda document: document.fields.get(name, "")


def _texts(name: str) -> Callable[[Document], Any]:
    return lambda document: tuple(document.fields.get(name, ()))


def _date(name: str) -> Callable[[Document], Any]:
    return lambda document: parse_date(document.fields.get(name, ""))


def _title(document: Document) -> str:
    title: str = document.fields.get("title") or document.id
    return title


def _depends_on(document: Document) -> tuple[Dependency, ...]:
    return tuple(
        Dependency(on=entry)
        if isinstance(entry, str)
        else Dependency(
            on=entry.get("on", ""), type=entry.get("type", "FS"), lag=entry.get("lag", "")
        )
        for entry in document.fields.get("depends_on", ())
    )


def _targets(document: Document) -> tuple[str, ...]:
    """Return what a document refers to, as ``kind id``: rules ask for them of all documents.

    Few people and projects are named by many documents, so each text is kept once.
    """
    return tuple({intern(f"{use.to} {use.target}"): None for use in document.references})


WRITTEN_COLUMNS: Mapping[str, Callable[[Document], Any]] = {
    "id": lambda document: document.id,
    "path": lambda document: document.path,
    "title": _title,
    "workflow": _text("workflow"),
    "status": _text("status"),
    "reason": _text("reason"),
    "written_owner": _text("owner"),
    "requester": _text("requester"),
    "assignees": _texts("assignees"),
    "written_team": _text("team"),
    "consulted": _texts("consulted"),
    "informed": _texts("informed"),
    "parent": _text("parent"),
    "written_project": _text("project"),
    "milestone": _text("milestone"),
    "depends_on": _depends_on,
    "priority": _text("priority"),
    "labels": _texts("labels"),
    "start": _date("start"),
    "due": _date("due"),
    "estimate": _text("estimate"),
    "blocked": _text("blocked"),
    "made_by": _text("made_by"),
    "aliases": _texts("aliases"),
    "targets": _targets,
    "written_visibility": _text("visibility"),
    "diagnostics": lambda document: document.diagnostics,
}
"""What each column takes from one document."""

EFFECTIVE_COLUMNS = (
    "kind",
    "category",
    "owner",
    "accountable",
    "team",
    "project",
    "visibility",
)

EFFECTIVE_INPUTS = (
    "id",
    "aliases",
    "workflow",
    "status",
    "parent",
    "written_owner",
    "written_project",
    "written_team",
    "written_visibility",
)
"""The written columns that effective ones follow from."""


def compute_effective_columns(
    written: Columns,
    workflows: Mapping[str, Workflow],
    parties: Mapping[str, Person | Team | Any],
) -> dict[str, Sequence[Any]]:
    """Compute the effective columns of a whole table.

    Args:
        written: At least :data:`EFFECTIVE_INPUTS`.
        workflows: By id in lower case.
        parties: By id in lower case.
    """
    return _Inheritance(written, workflows, parties).compute()


class _Inheritance:
    """Follows parents and projects upwards, each work once, rings cut where they close."""

    def __init__(
        self,
        written: Columns,
        workflows: Mapping[str, Workflow],
        parties: Mapping[str, Any],
    ) -> None:
        self._written = written
        self._workflows = workflows
        self._parties = parties
        ids: Sequence[str] = written["id"]
        rows: dict[str, int] = {}
        for row, id_ in enumerate(ids):
            rows.setdefault(id_.lower(), row)
        for row, aliases in enumerate(written["aliases"]):
            for alias in aliases:
                rows.setdefault(alias.lower(), row)
        self._ids = ids
        self._rows = rows

    def compute(self) -> dict[str, Sequence[Any]]:
        written = self._written
        count = len(self._ids)
        by_workflow: dict[str, Workflow | None] = {}
        for name in written["workflow"]:
            if name not in by_workflow:
                by_workflow[name] = self._workflows.get(name.lower())
        workflows = [by_workflow[name] for name in written["workflow"]]
        kinds = [workflow.kind if workflow else "item" for workflow in workflows]
        categories, teams = self._states(workflows)
        parents = self._find_rows("parent")
        projects = self._projects(parents, kinds, _uppers_first(parents))
        project_rows = [
            self._rows.get(project.lower(), -1) if project else -1 for project in projects
        ]
        order = _uppers_first(parents, project_rows)
        owners = self._owners(workflows, parents, project_rows, order)
        visibilities = self._visibilities(workflows, parents, project_rows, order)
        humans: dict[str, str] = {owner: self._human(owner) for owner in set(owners)}
        assert len(owners) == count  # noqa: S101 - every work has been visited
        return {
            "kind": kinds,
            "category": categories,
            "owner": owners,
            "accountable": [humans[owner] for owner in owners],
            "team": teams,
            "project": projects,
            "visibility": visibilities,
        }

    def _states(
        self, workflows: Sequence[Workflow | None]
    ) -> tuple[list[Category | None], list[str]]:
        known: dict[tuple[str, str], tuple[Category | None, str]] = {}
        categories: list[Category | None] = []
        teams: list[str] = []
        columns = (
            self._written["workflow"],
            self._written["status"],
            self._written["written_team"],
        )
        for workflow, name, status, team in zip(workflows, *columns, strict=True):
            key = (name, status)
            found = known.get(key)
            if found is None:
                state = workflow.state(status) if workflow else None
                found = (state.category, state.team) if state else (None, "")
                known[key] = found
            categories.append(found[0])
            teams.append(found[1] or team or (workflow.team if workflow else ""))
        return categories, teams

    def _find_rows(self, column: str) -> list[int]:
        rows = self._rows
        return [rows.get(id_.lower(), -1) if id_ else -1 for id_ in self._written[column]]

    def _projects(self, parents: list[int], kinds: list[str], order: list[int]) -> list[str]:
        projects = [
            self._ids[row] if (row := self._rows.get(written.lower(), -1)) >= 0 else written
            for written in self._written["written_project"]
        ]
        for row in order:
            parent = parents[row]
            if not projects[row] and parent >= 0:
                is_project = kinds[parent] == "project"
                projects[row] = self._ids[parent] if is_project else projects[parent]
        return projects

    def _owners(
        self,
        workflows: Sequence[Workflow | None],
        parents: list[int],
        project_rows: list[int],
        order: list[int],
    ) -> list[str]:
        owners: list[str] = list(self._written["written_owner"])
        for row in order:
            if owners[row]:
                continue
            parent, project, workflow = parents[row], project_rows[row], workflows[row]
            inherited = owners[parent] if parent >= 0 else ""
            if not inherited and project >= 0:
                inherited = owners[project]
            owners[row] = inherited or (workflow.owner if workflow else "")
        return owners

    def _visibilities(
        self,
        workflows: Sequence[Workflow | None],
        parents: list[int],
        project_rows: list[int],
        order: list[int],
    ) -> list[str]:
        rank = {name: n for n, name in enumerate(VISIBILITIES, start=1)}
        own = [
            rank.get(written, 0) or rank.get(workflow.visibility if workflow else "", 0)
            for written, workflow in zip(
                self._written["written_visibility"], workflows, strict=True
            )
        ]
        strictest = list(own)
        for row in order:
            parent, project = parents[row], project_rows[row]
            if parent >= 0:
                strictest[row] = max(strictest[row], strictest[parent])
            if project >= 0:
                strictest[row] = max(strictest[row], strictest[project])
        default = rank[_DEFAULT_VISIBILITY]
        names = ("", *VISIBILITIES)
        return [names[level or default] for level in strictest]

    def _human(self, owner: str) -> str:
        party = self._parties.get(owner.lower()) if owner else None
        if isinstance(party, Person):
            return party.id
        if isinstance(party, Team) and party.lead:
            lead = self._parties.get(party.lead.lower())
            return lead.id if isinstance(lead, Person) else ""
        return ""


def _uppers_first(*uppers: list[int]) -> list[int]:
    """Return all rows, each after those that it inherits from; a ring is cut where it closes.

    Args:
        uppers: Per row the row above it, or -1; one list for parents, one for projects.
    """
    unseen, opened, closed = 0, 1, 2
    state = bytearray(len(uppers[0]))
    order: list[int] = []
    for start in range(len(state)):
        stack = [start]
        while stack:
            row = stack[-1]
            if state[row] == unseen:
                state[row] = opened
                above = [column[row] for column in uppers]
                stack.extend(upper for upper in above if upper >= 0 and state[upper] == unseen)
            else:
                stack.pop()
                if state[row] == opened:
                    state[row] = closed
                    order.append(row)
    return order
