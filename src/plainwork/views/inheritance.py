"""Where the effective values of a work come from (``FORMAT.md``, common fields)."""

from __future__ import annotations

from functools import lru_cache

from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work


def find_source(work: Work, name: str, snapshot: Snapshot) -> str:
    """Return where a work has a field from: ``parent w-1``, ``project p``, ``state review``.

    Returns:
        ``""`` if the document says it itself, or if nothing does.
    """
    match name:
        case "owner":
            return "" if work.fields.get("owner") else _owner_source(work, snapshot)
        case "team":
            return _team_source(work, snapshot)
        case "project":
            return "" if work.fields.get("project") else f"parent {work.parent}"
        case "visibility":
            return _visibility_source(work, snapshot)
        case _:
            return ""


def _owner_source(work: Work, snapshot: Snapshot) -> str:
    parent = snapshot.work(work.parent) if work.parent else None
    if parent is not None and parent.owner:
        return f"parent {parent.id}"
    project = snapshot.work(work.project) if work.project else None
    if project is not None and project.owner:
        return f"project {project.id}"
    return f"workflow {work.workflow}" if work.owner else ""


def _team_source(work: Work, snapshot: Snapshot) -> str:
    state = snapshot.state(work)
    if state is not None and state.team:
        return f"state {state.name}"
    return "" if work.fields.get("team") else f"workflow {work.workflow}"


def _visibility_source(work: Work, snapshot: Snapshot) -> str:
    """Return the nearest place that says the strictest visibility; it may be any work above."""
    if work.fields.get("visibility") == work.visibility:
        return ""
    if not _is_said(snapshot):
        return "default"
    workflow = snapshot.workflow(work)
    if workflow is not None and workflow.visibility == work.visibility:
        return f"workflow {work.workflow}"
    seen = {work.id}
    above = [("parent", work.parent), ("project", work.project)]
    for kind, id_ in above:
        other = snapshot.work(id_) if id_ else None
        if other is None or other.id in seen:
            continue
        seen.add(other.id)
        if _says(other, snapshot) == work.visibility:
            return f"{kind} {other.id}"
        above += [("parent", other.parent), ("project", other.project)]
    return "default"


@lru_cache(maxsize=1)  # a site asks of every work
def _is_said(snapshot: Snapshot) -> bool:
    """Return whether anything in a workspace says a visibility; in most nothing does."""
    return any(snapshot.works.columns["written_visibility"]) or any(
        workflow.visibility for workflow in snapshot.workflows.values()
    )


def _says(work: Work, snapshot: Snapshot) -> str:
    workflow = snapshot.workflow(work)
    said: str = work.columns["written_visibility"][work.row]  # no document need be decoded
    return said or (workflow.visibility if workflow else "")
