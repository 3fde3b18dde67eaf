"""The columns of the work table, each decoded or computed when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from plainwork.analysis.work_columns import (
    EFFECTIVE_COLUMNS,
    EFFECTIVE_INPUTS,
    compute_effective_columns,
)
from plainwork.model.document import Document
from plainwork.model.party import Party
from plainwork.model.workflow import Workflow
from plainwork.storage.columns import TAKEN_COLUMNS
from plainwork.storage.sealed import DamagedIndexError
from plainwork.storage.sequences import AttributeColumn
from plainwork.storage.table_change import NO_CHANGE, TableChange

LoadColumn = Callable[[str], list[Any]]


class KnownColumns(msgspec.Struct, frozen=True):
    """What is known of the work table before a document is looked at.

    Attributes:
        written: Columns that are there already.
        load: Returns a column as it was stored, or raises DamagedIndexError.
        change: What has happened since it was.
        settled: Whether parties are those of the time when it was.
    """

    written: Mapping[str, Sequence[Any]] = {}
    load: LoadColumn | None = None
    change: TableChange = NO_CHANGE
    settled: bool = True


class WorkColumns(dict[str, Sequence[Any]]):
    """The columns of the work table, each made when it is first asked for by its name.

    A dictionary, because a column is looked up for every field of every work: what is there
    already costs no call of a function.

    Args:
        known: What need not be computed.
        documents: Every work document, one a row; decoded row by row.
        bodies: Every work's body, one a row; read row by row.
        definitions: Returns workflows and parties, for the effective columns.
    """

    def __init__(
        self,
        known: KnownColumns,
        documents: Sequence[Document],
        bodies: Sequence[str],
        definitions: Callable[[], tuple[Mapping[str, Workflow], Mapping[str, Party]]],
    ) -> None:
        super().__init__(
            fields=AttributeColumn(documents, "fields"),
            references=AttributeColumn(documents, "references"),
            body=bodies,
            **known.written,
        )
        self._known = known
        self._documents = documents
        self._definitions = definitions

    def __missing__(self, name: str) -> Sequence[Any]:
        if name in EFFECTIVE_COLUMNS:
            self._make_effective(name)
        else:
            self[name] = self._make_written(name)
        return self[name]

    def _make_written(self, name: str) -> list[Any]:
        take = TAKEN_COLUMNS[name]
        stored = self._load_stored(name)
        if stored is None:
            return [take(document) for document in self._documents]
        return self._known.change.apply(stored, take)

    def _make_effective(self, name: str) -> None:
        # What the changed documents say may lead to the same effective values as before.
        stored = self._load_stored(name) if self._is_local() else None
        if stored is not None:
            self[name] = stored
            return
        workflows, parties = self._definitions()
        self.update(compute_effective_columns(self, workflows, parties))

    def _load_stored(self, name: str) -> list[Any] | None:
        try:
            return None if self._known.load is None else self._known.load(name)
        except DamagedIndexError:  # the documents say the same
            return None

    def _is_local(self) -> bool:
        """Whether no changed document changes what is inherited, by itself or by others."""
        change = self._known.change
        if not self._known.settled or change.removed or change.inserted:
            return False
        return not change.replaced or all(map(self._is_same, EFFECTIVE_INPUTS))

    def _is_same(self, name: str) -> bool:
        take, stored = TAKEN_COLUMNS[name], self._load_stored(name)
        if stored is None:
            return False
        replaced = self._known.change.replaced.items()
        return all(stored[row] == take(document) for row, document in replaced)
