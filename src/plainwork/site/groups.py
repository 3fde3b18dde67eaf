"""Work in groups: of a project, a team, an owner or a workflow; where each group is listed.

A number on a page leads to the place in such a list where what it counts begins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import CLOSED, Category
from plainwork.site.address import document_address, part_address
from plainwork.site.page_breaks import find_page_breaks

PAGE_SIZE = 100
UNKNOWN = "unknown"
"""The heading of work whose state its workflow does not have."""

OVERDUE = "overdue"
NO_PROJECT = ""
"""The key of the items that belong to no project, if others do."""

_CATEGORIES = (*(category.value for category in Category), UNKNOWN)


class Group(msgspec.Struct, frozen=True):
    """The work of a group.

    Attributes:
        address: Where the first page of its list is.
        ids: Of its works.
        rows: In the order of the headings; below each the usual one.
        headings: Under which each of them stands: its category, or the state of a workflow.
        overdue: Those that are overdue, as a list of their own, or None.
    """

    address: str
    ids: Sequence[str]
    rows: Sequence[int]
    headings: Sequence[str]
    overdue: Group | None = None

    def find(self, heading: str) -> str:
        """Return where the work under a heading begins, or ``""`` if there is none.

        What is overdue stands in a list of its own.
        """
        if heading == OVERDUE and self.overdue is not None:
            return self.overdue.address
        if heading not in self.headings:
            return ""
        starts = find_page_breaks(self.ids, PAGE_SIZE)
        page = bisect_right(starts, self.headings.index(heading))
        return f"{part_address(self.address, page)}#{heading}"


class Groups:
    """The groups of a workspace, by the id of what they belong to in lower case.

    Args:
        snapshot: The workspace.
        today: The day of the question.
        order: The rows of all work in the usual order.
    """

    def __init__(self, snapshot: Snapshot, today: date, order: Sequence[int]) -> None:
        self._snapshot = snapshot
        self._today = today
        self._order = order

    @cached_property
    def projects(self) -> Mapping[str, Group]:
        """The items of each project, and those of none."""
        found = dict(self._by("project"))
        kinds = self._snapshot.works.columns["kind"]
        projects = self._snapshot.works.columns["project"]
        rows = [row for row in self._order if kinds[row] == "item" and not projects[row]]
        if found and rows:
            found[NO_PROJECT] = self._group("project", NO_PROJECT, rows, self._categories)
        return found

    @cached_property
    def teams(self) -> Mapping[str, Group]:
        """The work for which each team is responsible."""
        return self._by("team")

    @cached_property
    def owners(self) -> Mapping[str, Group]:
        """The work for which each person is accountable."""
        return self._by("accountable", kind="person")

    @cached_property
    def workflows(self) -> Mapping[str, Group]:
        """The work that follows each workflow, by its states."""
        return {
            id_: self._group("workflow", id_, rows, self._snapshot.works.columns["status"])
            for id_, rows in self._collect("workflow").items()
        }

    def _by(self, column: str, kind: str = "") -> Mapping[str, Group]:
        found = self._collect(column)
        return {
            id_: self._group(kind or column, id_, rows, self._categories)
            for id_, rows in found.items()
        }

    def _group(self, kind: str, id_: str, rows: Sequence[int], words: Sequence[str]) -> Group:
        order = self._places(id_) if kind == "workflow" else _CATEGORIES
        places = {name: place for place, name in enumerate(order)}
        last = len(places)
        ordered = sorted(rows, key=lambda row: places.get(words[row], last))
        headings = [words[row] if words[row] in places else UNKNOWN for row in ordered]
        address = document_address(f"{kind}-work", id_)
        return Group(address, self._ids(ordered), ordered, headings, self._late(kind, id_, rows))

    def _late(self, kind: str, id_: str, rows: Sequence[int]) -> Group | None:
        late = [row for row in rows if row in self._overdue]
        if not late:
            return None
        address = document_address(f"{kind}-{OVERDUE}", id_)
        return Group(address, self._ids(late), late, [OVERDUE] * len(late))

    def _ids(self, rows: Sequence[int]) -> Sequence[str]:
        return list(map(self._snapshot.works.columns["id"].__getitem__, rows))

    def _places(self, workflow: str) -> Sequence[str]:
        found = self._snapshot.workflows.get(workflow)
        return [state.name for state in found.states] if found else ()

    def _collect(self, column: str) -> Mapping[str, Sequence[int]]:
        names = self._snapshot.works.columns[column]
        found: dict[str, list[int]] = {}
        for row in self._order:
            if names[row]:
                found.setdefault(names[row].lower(), []).append(row)
        return found

    @cached_property
    def _overdue(self) -> frozenset[int]:
        columns = self._snapshot.works.columns
        rows = enumerate(zip(columns["due"], columns["category"], strict=True))
        return frozenset(
            row
            for row, (due, category) in rows
            if due is not None and due < self._today and category not in CLOSED
        )

    @cached_property
    def _categories(self) -> Sequence[str]:
        categories = self._snapshot.works.columns["category"]
        return [category.value if category else UNKNOWN for category in categories]
