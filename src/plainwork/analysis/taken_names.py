"""Which ids and paths are in use, so that nothing is created twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property

from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_date

_DATE_LENGTH = len("2026-05-31")


class TakenNames:
    """The ids and paths of a workspace; ids of work are also its aliases, so what was renamed.

    Args:
        snapshot: The workspace, or of its works those that matter.
        others: Ids and aliases, in lower case, of works and records that are not in it.
    """

    def __init__(self, snapshot: Snapshot, others: Collection[str] = ()) -> None:
        self._snapshot = snapshot
        self._others = others

    def has_id(self, id_: str) -> bool:
        """Whether a document has an id, or would have it if it could be read."""
        wanted = id_.lower()
        return (
            wanted in self._snapshot.works.by_id
            or wanted in self._others
            or wanted in self._unreadable
            or wanted in self._records
        )

    def has_path(self, path: str) -> bool:
        """Whether work lies at a path."""
        return path in self._paths

    @cached_property
    def occurrences(self) -> Mapping[str, list[date]]:
        """The days in ids such as ``close.2026-05-31``, in order, by what stands before them."""
        return find_occurrences({*self._snapshot.works.by_id, *self._others, *self._unreadable})

    @cached_property
    def _unreadable(self) -> frozenset[str]:
        names = (path.rpartition("/")[2] for path in self._snapshot.unreadable)
        return frozenset(name.removesuffix(".md").lower() for name in names)

    @cached_property
    def _records(self) -> frozenset[str]:
        return frozenset(document.id.lower() for document in self._snapshot.record_documents)

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset((*self._snapshot.works.columns["path"], *self._snapshot.unreadable))


def find_occurrences(ids: Iterable[str]) -> Mapping[str, list[date]]:
    """Return the days in ids such as ``close.2026-05-31``, in order, by what stands before them.

    Args:
        ids: Each once, in lower case.
    """
    found: dict[str, list[date]] = {}
    for id_ in ids:
        if id_[-_DATE_LENGTH - 1 : -_DATE_LENGTH] == ".":
            day = parse_date(id_[-_DATE_LENGTH:])
            if day is not None:
                found.setdefault(id_[: -_DATE_LENGTH - 1], []).append(day)
    return {id_: sorted(days) for id_, days in found.items()}
