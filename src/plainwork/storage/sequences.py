"""Sequences and mappings that are decoded, computed or read when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from plainwork.model.document import Document


class DocumentTable(Sequence[Document]):
    """Documents in order of their paths; those that are kept are decoded one by one.

    The last one stays: who shows a document asks for it field by field.

    Args:
        rows: A number for each that is kept, or the document itself.
        load: Returns a document by its number.
    """

    def __init__(self, rows: Sequence[int | Document], load: Callable[[int], Document]) -> None:
        self._rows = rows
        self._load = load
        self._last: tuple[int, Document] | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: Any) -> Any:
        if self._last is not None and self._last[0] == row:
            return self._last[1]
        found = self._rows[row]
        document = self._load(found) if isinstance(found, int) else found
        self._last = row, document
        return document


class AttributeColumn(Sequence[Any]):
    """One attribute of every document."""

    def __init__(self, documents: Sequence[Document], name: str) -> None:
        self._documents = documents
        self._name = name

    def __len__(self) -> int:
        return len(self._documents)

    def __getitem__(self, row: Any) -> Any:
        return getattr(self._documents[row], self._name)


class LazySequence(Sequence[Any]):
    """A sequence that is computed when it is first looked at."""

    def __init__(self, compute: Callable[[], Sequence[Any]]) -> None:
        self._compute = compute
        self._values: Sequence[Any] | None = None

    def _get(self) -> Sequence[Any]:
        if self._values is None:
            self._values = self._compute()
        return self._values

    def __len__(self) -> int:
        return len(self._get())

    def __getitem__(self, position: Any) -> Any:
        return self._get()[position]


class LazyMapping(Mapping[str, bytes]):
    """A mapping that is computed when it is first looked at."""

    def __init__(self, compute: Callable[[], Mapping[str, bytes]]) -> None:
        self._compute = compute

    @cached_property
    def _values(self) -> Mapping[str, bytes]:
        return self._compute()

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __getitem__(self, path: str) -> bytes:
        return self._values[path]
