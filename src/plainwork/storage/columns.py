"""Columns as bytes, and a table whose columns are decoded when they are asked for.

Most columns repeat few values (owners, states, dates), so a column is stored as its distinct
values and one code a row: decoding 100,000 rows then makes a handful of objects.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from plainwork.analysis.work_columns import (
    EFFECTIVE_COLUMNS,
    EFFECTIVE_INPUTS,
    WRITTEN_COLUMNS,
    compute_effective_columns,
)
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.party import Party
from plainwork.model.work import Dependency
from plainwork.model.workflow import Category, Workflow

UNIQUE = frozenset({"id", "path", "title"})
STORED_COLUMNS = (*WRITTEN_COLUMNS, *EFFECTIVE_COLUMNS)

_Coded = msgspec.msgpack.Decoder[Any]


def _coded(type_: Any) -> _Coded:
    return msgspec.msgpack.Decoder(tuple[list[type_], bytes])


_encode = msgspec.msgpack.Encoder().encode
_DECODE_TEXTS = _coded(str)
_TEXT_TUPLES = _coded(tuple[str, ...])
_DATES = _coded(date | None)
_DECODERS: dict[str, _Coded] = {
    "assignees": _TEXT_TUPLES,
    "consulted": _TEXT_TUPLES,
    "informed": _TEXT_TUPLES,
    "labels": _TEXT_TUPLES,
    "aliases": _TEXT_TUPLES,
    "targets": _TEXT_TUPLES,
    "depends_on": _coded(tuple[Dependency, ...]),
    "start": _DATES,
    "due": _DATES,
    "category": _coded(Category | None),
    "diagnostics": _coded(tuple[Diagnostic, ...]),
}


_CHECKSUM = 4


class DamagedIndexError(Exception):
    """Stored bytes are not what was written; whoever sees it computes afresh."""


def seal(data: bytes) -> bytes:
    """Return data behind its checksum: an index is never trusted blindly."""
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big") + data


def unseal(data: bytes) -> memoryview:
    """Return sealed data.

    Raises:
        DamagedIndexError: If the checksum is wrong.
    """
    view = memoryview(data)
    content = view[_CHECKSUM:]
    if len(data) < _CHECKSUM or zlib.crc32(content) != int.from_bytes(view[:_CHECKSUM], "big"):
        raise DamagedIndexError
    return content


def encode_column(name: str, values: Sequence[Any]) -> bytes:
    """Return a column as sealed bytes."""
    if name in UNIQUE:
        return seal(_encode(values))
    codes: dict[Any, int] = {}
    coded = array("I", [codes.setdefault(value, len(codes)) for value in values])
    return seal(_encode((list(codes), _little_endian(coded))))


def decode_column(name: str, data: bytes) -> list[Any]:
    """Return the values of a column, one a row.

    Raises:
        DamagedIndexError: If the bytes are not what :func:`encode_column` made.
    """
    view = unseal(data)
    try:
        if name in UNIQUE:
            return msgspec.msgpack.decode(view, type=list[str])
        decode = _DECODERS.get(name, _DECODE_TEXTS).decode
        values, coded = decode(view)
        codes = array("I")
        codes.frombytes(coded)
        return list(map(values.__getitem__, _little_endian_array(codes)))
    except (msgspec.MsgspecError, ValueError, IndexError) as error:
        raise DamagedIndexError from error


def _little_endian(codes: array[int]) -> bytes:
    return _little_endian_array(codes).tobytes()


def _little_endian_array(codes: array[int]) -> array[int]:
    if sys.byteorder == "big":
        codes = codes[:]
        codes.byteswap()
    return codes


class Change:
    """How a table differs from the stored one: rows by position, documents read anew.

    Attributes:
        replaced: Row of the stored table to the document that is there now.
        removed: Rows that are gone.
        inserted: Documents with their rows in the new table, ascending.
    """

    def __init__(
        self,
        replaced: Mapping[int, Document],
        removed: Iterable[int],
        inserted: Sequence[tuple[int, Document]],
    ) -> None:
        self.replaced = replaced
        self.removed = sorted(removed, reverse=True)
        self.inserted = inserted

    def __len__(self) -> int:
        return len(self.replaced) + len(self.removed) + len(self.inserted)

    def apply(self, values: list[Any], take: Callable[[Document], Any]) -> None:
        """Bring a stored column up to date, in place."""
        for row, document in self.replaced.items():
            values[row] = take(document)
        for row in self.removed:
            del values[row]
        for row, document in self.inserted:
            values.insert(row, take(document))


NO_CHANGE = Change({}, (), ())

Load = Callable[[str], bytes]


class WorkColumns(dict[str, Sequence[Any]]):
    """The columns of the work table, each made when it is first asked for by its name.

    A dictionary, because a column is looked up for every field of every work: what is there
    already costs no call of a function.

    Args:
        load: Returns the stored bytes of a column.
        change: What has happened since they were stored.
        documents: Every work document, one a row; decoded row by row.
        bodies: Every work's body, one a row; read row by row.
        definitions: Returns workflows and parties, for the effective columns.
        written: Columns that are known already.
    """

    def __init__(
        self,
        *,
        load: Load | None,
        change: Change,
        documents: Sequence[Document],
        bodies: Sequence[str],
        definitions: Callable[[], tuple[Mapping[str, Workflow], Mapping[str, Party]]],
        written: Mapping[str, Sequence[Any]] | None = None,
    ) -> None:
        super().__init__(
            fields=_Attribute(documents, "fields"),
            references=_Attribute(documents, "references"),
            body=bodies,
            **(written or {}),
        )
        self._load = load
        self._change = change
        self._documents = documents
        self._definitions = definitions

    def __missing__(self, name: str) -> Sequence[Any]:
        if name in EFFECTIVE_COLUMNS:
            self._make_effective(name)
        else:
            self[name] = self._make_written(name)
        return self[name]

    def _make_written(self, name: str) -> list[Any]:
        take = WRITTEN_COLUMNS[name]
        if self._load is None:
            return [take(document) for document in self._documents]
        values = decode_column(name, self._load(name))
        self._change.apply(values, take)
        return values

    def _make_effective(self, name: str) -> None:
        if self._load is not None and self._is_local():
            # What the changed documents say leads to the same effective values as before.
            self[name] = decode_column(name, self._load(name))
            return
        workflows, parties = self._definitions()
        self.update(compute_effective_columns(self, workflows, parties))

    def _is_local(self) -> bool:
        """Whether no changed document changes what is inherited, by itself or by others."""
        change = self._change
        if change.removed or change.inserted:
            return False
        if not change.replaced:
            return True
        assert self._load is not None  # noqa: S101 - asked only then
        for name in EFFECTIVE_INPUTS:
            take = WRITTEN_COLUMNS[name]
            stored = decode_column(name, self._load(name))
            if any(stored[row] != take(document) for row, document in change.replaced.items()):
                return False
        return True


class _Attribute(Sequence[Any]):
    """One attribute of documents that are decoded one by one."""

    def __init__(self, documents: Sequence[Document], name: str) -> None:
        self._documents = documents
        self._name = name

    def __len__(self) -> int:
        return len(self._documents)

    def __getitem__(self, row: Any) -> Any:
        return getattr(self._documents[row], self._name)
