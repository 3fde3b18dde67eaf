"""What belongs to each work, found once for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.project_overview import items_by_project
from plainwork.views.statements import records_by_work


class WorkIndex:
    """Looked up by a work's id in lower case; each part is made when it is first asked for.

    Attributes:
        snapshot: The workspace.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @cached_property
    def records(self) -> Mapping[str, tuple[Record, ...]]:
        """The records about a work, the latest first."""
        return records_by_work(self.snapshot) if len(self.snapshot.records) else {}

    @cached_property
    def items(self) -> Mapping[str, Sequence[Work]]:
        """The items of a project."""
        return items_by_project(self.snapshot)

    @cached_property
    def dependents(self) -> Mapping[str, Sequence[Work]]:
        """The work that depends on one, whether or not it still waits."""
        works = self.snapshot.works
        found: dict[str, dict[Work, None]] = {}
        for row, dependencies in enumerate(works.columns["depends_on"]):
            for entry in dependencies:
                other = works.by_id.get(entry.on.lower())
                if other is not None:
                    found.setdefault(other.id.lower(), {})[works[row]] = None
        return {id_: tuple(each) for id_, each in found.items()}
