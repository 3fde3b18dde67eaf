"""What each work's page depends on, computed column by column.

A row is a digest of what lists say of a work; a line of everything that is said of it anywhere
but on its own page, which alone shows its text. That page shows its line, what it names and what
names it, what it waits for, and where it inherits from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import chain, islice

from plainwork.analysis.blocking import blocker_levels, is_blocked
from plainwork.analysis.handoffs import find_rejections
from plainwork.analysis.references import WORK_KINDS
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.site.digest import digest, encode
from plainwork.views.changes import Changes
from plainwork.views.statements import records_by_work
from plainwork.views.wip import find_full_places

MOST_BLOCKERS = 20
"""How much of what a work waits for its page shows."""

LISTED = (
    *("path", "id", "title", "kind", "workflow", "status", "category", "priority", "blocked"),
    *("owner", "accountable", "team", "assignees", "consulted", "informed"),
    *("project", "parent", "milestone", "start", "due", "estimate", "labels"),
)
"""What lists, boards, feeds and data say of items, by column: the text is in none of them."""


class WorkLines:
    """The digests of all work, by row.

    Args:
        snapshot: The workspace without what is left out.
        changes: The commits of each document.
        findings: What is wrong with it.
        today: The day on which the site is made.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        changes: Changes,
        findings: Iterable[Diagnostic],
        today: date,
    ) -> None:
        self._snapshot = snapshot
        self._works = snapshot.works
        self._changes = changes
        self._findings = findings
        self._today = today

    @cached_property
    def rows(self) -> list[bytes]:
        """Of each work what lists say of it, except how many days it is late.

        Of all but items that may be anything: when they recur, and how they stand. Of work whose
        id another one has, where that is: for its name leads there.
        """
        columns, blocked, identify = self._works.columns, self._blocked, self._changes.identify
        listed = zip(*(columns[name] for name in LISTED), strict=True)
        places = zip(columns["path"], columns["due"], columns["kind"], strict=True)
        front, today, ids = columns["front-matter"], self._today, columns["id"]
        first = dict(zip(reversed(ids), range(len(ids) - 1, -1, -1), strict=True))
        return [
            digest(
                encode(
                    (
                        values,
                        row in blocked,
                        due is not None and due < today,
                        identify(path),
                        columns["path"][first[ids[row]]] if first[ids[row]] != row else None,
                        front[row] if kind != "item" else None,
                    )
                )
            )
            for row, (values, (path, due, kind)) in enumerate(zip(listed, places, strict=True))
        ]

    @cached_property
    def lines(self) -> list[bytes]:
        """Of each work all but its text, and how many days it is late."""
        faults, records = self._faults, self._records
        columns = self._works.columns
        names = ("id", "front-matter", "path", "visibility")
        parts = zip(self.rows, *(columns[name] for name in names), strict=True)
        return [
            digest(encode((shown, front, visibility, faults.get(path), records.get(id_.lower()))))
            for shown, id_, front, path, visibility in parts
        ]

    @cached_property
    def _contents(self) -> Sequence[bytes | None]:
        """Digests of the documents, with their texts."""
        digests = dict(self._snapshot.digests)  # which looks into several tables for each
        return list(map(digests.get, self._works.columns["path"]))

    def around(self, row: int) -> Iterator[bytes]:
        """Yield what the page of a work depends on."""
        lines = self.lines
        yield lines[row]
        yield self._contents[row] or b""
        for other in self._related.get(row, ()):
            yield lines[other]
        for other in self._awaited.get(row, ()):
            yield lines[other]
        if self._sources is not None:
            yield self._sources[row]
        full = self._full_places
        if full:
            yield full.get(self._works.columns["workflow"][row].lower(), b"")

    @cached_property
    def _related(self) -> Mapping[int, Sequence[int]]:
        """Of each row the works that it names, and those that name it.

        Of works with one id all are meant: the page of each shows what names it.
        """
        rows = {id_: work.row for id_, work in self._works.by_id.items()}
        twins = self._twins
        found: dict[int, dict[int, None]] = {}
        kinds = tuple(f"{kind} " for kind in WORK_KINDS)
        columns = zip(self._works.columns["targets"], self._works.columns["project"], strict=True)
        for row, (targets, project) in enumerate(columns):
            named = (target.partition(" ")[2] for target in targets if target.startswith(kinds))
            for id_ in (project, *named):
                first = rows.get(id_.lower()) if id_ else None
                for other in () if first is None else twins.get(first, (first,)):
                    if other != row:
                        found.setdefault(row, {})[other] = None
                        found.setdefault(other, {})[row] = None
        return {row: sorted(others) for row, others in found.items()}

    @cached_property
    def _twins(self) -> Mapping[int, Sequence[int]]:
        """Of each row that an id leads to which several works have, the rows of all of them."""
        ids = list(map(str.lower, self._works.columns["id"]))
        if len(set(ids)) == len(ids):
            return {}
        found: dict[str, list[int]] = {}
        for row, id_ in enumerate(ids):
            found.setdefault(id_, []).append(row)
        return {self._works.by_id[id_].row: rows for id_, rows in found.items() if len(rows) > 1}

    @cached_property
    def _blocked(self) -> frozenset[int]:
        columns, snapshot = self._works.columns, self._snapshot
        rejected = {work.row for work in map(snapshot.work, find_rejections(snapshot)) if work}
        return frozenset(
            row
            for row, (reason, waits) in enumerate(
                zip(columns["blocked"], columns["depends_on"], strict=True)
            )
            if (reason or waits or row in rejected) and is_blocked(self._works[row], snapshot)
        )

    @cached_property
    def _awaited(self) -> Mapping[int, Sequence[int]]:
        """Of each blocked work what it waits for, as far as its page shows that."""

        def waits_for(work: Work) -> Iterator[Work]:
            return chain.from_iterable(blocker_levels(work, self._snapshot))

        return {
            row: [work.row for work in islice(waits_for(self._works[row]), MOST_BLOCKERS)]
            for row in self._blocked
            if self._works.columns["depends_on"][row]
        }

    @cached_property
    def _sources(self) -> Sequence[bytes] | None:
        """Where visibility comes from: of each work a digest of what all above it say.

        None if no work says anything, as in most workspaces.
        """
        columns = self._works.columns
        if not any(columns["written_visibility"]):
            return None
        rows = {id_: work.row for id_, work in self._works.by_id.items()}
        names = ("id", "kind", "path", "title", "workflow", "written_visibility")
        said = list(map(encode, zip(*(columns[name] for name in names), strict=True)))
        above = [
            [rows[id_.lower()] for id_ in ids if id_.lower() in rows]
            for ids in zip(columns["parent"], columns["project"], strict=True)
        ]
        try:
            order = list(TopologicalSorter(dict(enumerate(above))).static_order())
        except CycleError:  # somewhere work is its own parent: where things come from is anywhere
            return [digest(*said)] * len(said)
        found = list(said)
        for row in order:
            found[row] = digest(said[row], *(found[upper] for upper in above[row]))
        return found

    @cached_property
    def _full_places(self) -> Mapping[str, bytes]:
        """Of each workflow the states that take no more work, and how much stands there."""
        found: dict[str, list[object]] = {}
        for place, count in find_full_places(self._snapshot):
            found.setdefault(place[0], []).append((place, count))
        return {workflow: digest(encode(places)) for workflow, places in found.items()}

    @cached_property
    def _faults(self) -> Mapping[str, bytes]:
        found: dict[str, list[Diagnostic]] = {}
        for each in self._findings:
            found.setdefault(each.location.path, []).append(each)
        return {path: encode(each) for path, each in found.items()}

    @cached_property
    def _records(self) -> Mapping[str, bytes]:
        """What was said of work, by its id in lower case: two may have one, and both show it."""
        found = records_by_work(self._snapshot)
        return {id_: encode(records) for id_, records in found.items()}
