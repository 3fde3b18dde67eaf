"""How the documents of a group differ from those of the index."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from plainwork.model.document import Document


class TableChange(msgspec.Struct, frozen=True):
    """A few rows that are new, different or gone.

    Attributes:
        replaced: Row of the stored table to the document that is there now.
        removed: Rows of the stored table that are gone.
        inserted: Documents with their rows in the new table, ascending.
    """

    replaced: Mapping[int, Document] = {}
    removed: Collection[int] = frozenset()
    inserted: Sequence[tuple[int, Document]] = ()

    def __bool__(self) -> bool:
        return bool(self.replaced or self.removed or self.inserted)

    def apply(self, values: list[Any], take: Callable[[Document], Any]) -> list[Any]:
        """Return a stored column as it is now."""
        for row, document in self.replaced.items():
            values[row] = take(document)
        if self.removed:
            values = [value for row, value in enumerate(values) if row not in self.removed]
        found: list[Any] = []
        taken = 0
        for row, document in self.inserted:
            before = row - len(found)
            found += values[taken : taken + before]
            found.append(take(document))
            taken += before
        return [*found, *values[taken:]] if found else values


NO_CHANGE = TableChange()


def find_row(paths: Sequence[str], path: str) -> int | None:
    """Return the row of a path among sorted ones, or None."""
    row = bisect_left(paths, path)
    return row if row < len(paths) and paths[row] == path else None


def compare_tables(
    paths: Sequence[str], documents: Mapping[str, Document], lost: Iterable[str]
) -> TableChange:
    """Compare a stored table with what has changed since.

    Args:
        paths: Of the stored table, sorted.
        documents: What has changed and belongs to this table, by path.
        lost: Paths that no longer do.
    """
    replaced: dict[int, Document] = {}
    new: list[str] = []
    for path, document in documents.items():
        row = find_row(paths, path)
        if row is None:
            new.append(path)
        else:
            replaced[row] = document
    removed = {row for path in lost if (row := find_row(paths, path)) is not None}
    gone = sorted(removed)
    inserted = [
        (bisect_left(paths, path) - bisect_left(gone, bisect_left(paths, path)) + number, path)
        for number, path in enumerate(sorted(new))
    ]
    return TableChange(replaced, removed, [(row, documents[path]) for row, path in inserted])
