"""What belongs to each work, found once for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property

from plainwork.analysis.references import WORK_KINDS
from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.project_overview import (
    ProjectOverview,
    compute_overview,
    items_by_project,
)
from plainwork.views.statements import records_by_work


class WorkIndex:
    """Looked up by a work, or its id in lower case; each part is made when it is first asked for.

    Attributes:
        snapshot: The workspace.
        overview: Returns how a project stands on a day.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.overview = cache(self._overview)

    @cached_property
    def records(self) -> Mapping[str, tuple[Record, ...]]:
        """The records about a work, the latest first."""
        return records_by_work(self.snapshot) if len(self.snapshot.records) else {}

    @cached_property
    def items(self) -> Mapping[str, Sequence[Work]]:
        """The items of a project."""
        return items_by_project(self.snapshot)

    def _overview(self, project: Work, today: date) -> ProjectOverview:
        """Return how a project stands."""
        items = self.items.get(project.id.lower(), ())
        return compute_overview(
            project, self.snapshot, items=items, records=self.records, today=today
        )

    @cached_property
    def mentions(self) -> Mapping[Work, Sequence[tuple[Work, str]]]:
        """The work that names one in a field, with that field; what it depends on left out.

        Parents and projects are left out too: their items are lists of their own. Of works that
        share an id, the first is the one that is named.
        """
        works = self.snapshot.works
        kinds = tuple(f"{kind} " for kind in WORK_KINDS)
        found: dict[Work, list[tuple[Work, str]]] = {}
        columns = (works.columns[name] for name in ("targets", "parent", "project", "depends_on"))
        for row, (targets, parent, project, depends_on) in enumerate(zip(*columns, strict=True)):
            named = {each.partition(" ")[2].lower() for each in targets if each.startswith(kinds)}
            named -= {parent.lower(), project.lower(), *(entry.on.lower() for entry in depends_on)}
            # Only what names any other work is decoded.
            for use in works[row].references if named else ():
                other = works.by_id.get(use.target.lower())
                if use.to in WORK_KINDS and other is not None and use.target.lower() in named:
                    names = [part for part in use.field if isinstance(part, str)]
                    found.setdefault(other, []).append((works[row], names[-1]))
        return found

    @cached_property
    def dependents(self) -> Mapping[Work, Sequence[Work]]:
        """The work that depends on one, whether or not it still waits."""
        works = self.snapshot.works
        found: dict[Work, dict[Work, None]] = {}
        for row, dependencies in enumerate(works.columns["depends_on"]):
            for entry in dependencies:
                other = works.by_id.get(entry.on.lower())
                if other is not None:
                    found.setdefault(other, {})[works[row]] = None
        return {work: tuple(each) for work, each in found.items()}
