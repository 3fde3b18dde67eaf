"""Work as it would be: the effective values of one document in a workspace it is not yet in."""

from collections.abc import Sequence
from typing import Any

from plainwork.analysis.work_columns import (
    EFFECTIVE_INPUTS,
    WRITTEN_COLUMNS,
    compute_effective_columns,
)
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work


def preview_work(document: Document, body: str, snapshot: Snapshot) -> Work:
    """Return a document as work, with what it would inherit.

    Args:
        document: The work, new or changed.
        body: The text after its front matter.
        snapshot: The workspace around it; where the document's id is taken, the new one counts.
    """
    # Inheritance needs the works above it only, so a table of these is enough.
    columns: dict[str, list[Any]] = {
        name: [take(document)] for name, take in WRITTEN_COLUMNS.items()
    }
    seen = {document.id.lower()}
    above = [columns["parent"][0], columns["written_project"][0]]
    while above:
        work = snapshot.work(above.pop())
        if work is None or work.id.lower() in seen:
            continue
        seen.add(work.id.lower())
        for name in EFFECTIVE_INPUTS:
            columns[name].append(work.columns[name][work.row])
        above += [columns["parent"][-1], columns["written_project"][-1]]
    effective = compute_effective_columns(columns, snapshot.workflows, snapshot.parties)
    own: dict[str, list[Any]] = {
        "fields": [document.fields],
        "references": [document.references],
        "body": [body],
    }
    return Work({**columns, **effective, **own}, 0)


def preview_status(work: Work, status: str, snapshot: Snapshot) -> Work:
    """Return a work as it would be in another state and otherwise as it is.

    Nothing that it inherits depends on its state, but its category and team may.

    Args:
        work: The work as it is.
        status: The other state.
        snapshot: The workspace around it.
    """
    workflow = snapshot.workflow(work)
    state = workflow.state(status) if workflow else None
    team = (state.team if state else "") or work.fields.get("team", "")
    return Work(
        _OneRow(
            work,
            {
                "status": [status],
                "category": [state.category if state else None],
                "team": [team or (workflow.team if workflow else "")],
                "fields": [{**work.fields, "status": status}],
            },
        ),
        0,
    )


class _OneRow(dict[str, Sequence[Any]]):
    """The columns of one work of a table, some of them changed; looked up when asked for."""

    def __init__(self, work: Work, changed: dict[str, list[Any]]) -> None:
        super().__init__(changed)
        self._work = work

    def __missing__(self, name: str) -> Sequence[Any]:
        self[name] = found = [self._work.columns[name][self._work.row]]
        return found
