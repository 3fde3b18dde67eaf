"""Columns as bytes.

Most columns repeat few values (owners, states, dates), so a column is stored as its distinct
values and one code a row: decoding 100,000 rows then makes a handful of objects.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from plainwork.analysis.work_columns import EFFECTIVE_COLUMNS, WRITTEN_COLUMNS
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.work import Dependency
from plainwork.model.workflow import Category
from plainwork.storage.sealed import DamagedIndexError, seal

UNIQUE = frozenset({"id", "path", "title"})

_encode = msgspec.msgpack.Encoder().encode


def _digest_front_matter(document: Document) -> bytes:
    from hashlib import blake2b  # loads OpenSSL; most runs have nothing to compare

    return blake2b(_encode(document), digest_size=16).digest()


TAKEN_COLUMNS: Mapping[str, Callable[[Document], Any]] = {
    **WRITTEN_COLUMNS,
    "front-matter": _digest_front_matter,
}
"""What each column takes from one document; of all that it says but its text also a digest."""

STORED_COLUMNS = (*TAKEN_COLUMNS, *EFFECTIVE_COLUMNS)

_Coded = msgspec.msgpack.Decoder[Any]


def _coded(type_: Any) -> _Coded:
    return msgspec.msgpack.Decoder(tuple[list[type_], bytes])


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
    "front-matter": _coded(bytes),
    "diagnostics": _coded(tuple[Diagnostic, ...]),
}


def encode_column(name: str, values: Sequence[Any]) -> bytes:
    """Return a column as sealed bytes."""
    if name in UNIQUE:
        return seal(_encode(values))
    codes: dict[Any, int] = {}
    coded = array("I", [codes.setdefault(value, len(codes)) for value in values])
    return seal(_encode((list(codes), coded.tobytes())))


def decode_column(name: str, data: memoryview) -> list[Any]:
    """Return the values of a column, one a row.

    Args:
        name: Its name.
        data: Its bytes, no longer sealed.

    Raises:
        DamagedIndexError: If the bytes are not what :func:`encode_column` made.
    """
    try:
        if name in UNIQUE:
            return msgspec.msgpack.decode(data, type=list[str])
        decode = _DECODERS.get(name, _DECODE_TEXTS).decode
        values, coded = decode(data)
        codes = array("I")
        codes.frombytes(coded)
        return list(map(values.__getitem__, codes))
    except (msgspec.MsgspecError, ValueError, IndexError) as error:
        raise DamagedIndexError from error
