"""Lists of work that are kept as registers: risks, decisions and routines, in their orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork.model.work import Work
from plainwork.model.workflow import CLOSED
from plainwork.site.sources import Sources
from plainwork.views.risks import find_risks


def list_risks(sources: Sources) -> Sequence[Work]:
    """Return the open risks, the greatest first."""
    works = [work for work in _of_workflow("risk", sources) if work.open]
    scores = [risk.score for risk in find_risks(works, sources.snapshot)]
    ranked = sorted(zip(scores, works, strict=True), key=lambda pair: -pair[0])
    return [work for _, work in ranked]


def list_decisions(sources: Sources) -> Sequence[Work]:
    """Return the decisions: open ones first, then what was changed last."""
    changed = sources.changes.last_changed
    works = list(_of_workflow("decision", sources))
    works.sort(key=lambda work: str(changed(work) or ""), reverse=True)
    works.sort(key=lambda work: work.category in CLOSED)
    return works


def list_routines(sources: Sources) -> Sequence[Work]:
    """Return the routines: open ones first, by their titles."""
    works = sources.snapshot.works
    found = [works[row] for row, kind in enumerate(works.columns["kind"]) if kind == "routine"]
    return sorted(found, key=lambda work: (not work.open, work.title.casefold(), work.row))


def _of_workflow(name: str, sources: Sources) -> Iterator[Work]:
    works = sources.snapshot.works
    for row, workflow in enumerate(works.columns["workflow"]):
        if workflow.lower() == name:
            yield works[row]
