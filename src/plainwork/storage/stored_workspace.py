"""What the index says of a workspace: its settings, files, documents and columns."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.storage.columns import STORED_COLUMNS, decode_column, encode_column
from plainwork.storage.document_groups import GROUPS, Groups
from plainwork.storage.index import FORMAT_VERSION, Index
from plainwork.storage.reading import decode_document
from plainwork.storage.sealed import DamagedIndexError, seal

_encode = msgspec.msgpack.Encoder().encode


class Header(msgspec.Struct, frozen=True):
    """What the index was made from.

    Attributes:
        version: Of the index, and of those who read files.
        written: When the reading began, in nanoseconds.
        complete: Whether every file could be read.
        counts: How many documents each group has.
        settings_source: The bytes of ``plainwork.toml``.
        settings: What they say.
        settings_diagnostics: What is wrong with them.
    """

    version: str
    written: int
    complete: bool
    counts: dict[str, int]
    settings_source: bytes
    settings: Settings
    settings_diagnostics: tuple[Diagnostic, ...]


_decode_header = msgspec.msgpack.Decoder(Header).decode


class StoredWorkspace:
    """An index that holds for the present settings.

    Raises:
        DamagedIndexError: By whatever is asked of it, if it is not there or not what was written.
    """

    def __init__(self, index: Index, header: Header) -> None:
        self._index = index
        self.header = header
        self._ends: dict[str, array[int]] = {}

    @cached_property
    def paths(self) -> Mapping[str, list[str]]:
        """The paths of each group, sorted."""
        return {group: decode_column("path", self._index.read(f"{group}.path")) for group in GROUPS}

    def has_listing(self, listing: bytes) -> bool:
        """Whether there were exactly these files, with these stamps."""
        return self.header.complete and self._index.holds("listing", listing)

    def load_listing(self) -> tuple[memoryview, memoryview]:
        """Return which files there were, and the digests of their contents."""
        return self._index.read("listing"), self._index.read("digests")

    def load_document(self, group: str, row: int) -> Document:
        """Return one document."""
        ends = self._ends.get(group) or self._load_ends(group)
        start = ends[row - 1] if row else 0
        document = decode_document(self._index.read_piece(f"{group}.documents", start, ends[row]))
        if document is None:
            raise DamagedIndexError
        return document

    def load_column(self, name: str) -> list[Any]:
        """Return a column of the work table."""
        values = decode_column(name, self._index.read(f"work.{name}"))
        if len(values) != self.header.counts["work"]:
            raise DamagedIndexError
        return values

    def _load_ends(self, group: str) -> array[int]:
        ends = array("Q")
        try:
            ends.frombytes(self._index.read(f"{group}.ends"))
        except ValueError as error:
            raise DamagedIndexError from error
        if len(ends) != self.header.counts[group]:
            raise DamagedIndexError
        self._ends[group] = ends
        return ends


def load_header(index: Index) -> Header | None:
    """Return the header of an index, or None if there is none of this version."""
    try:
        header = _decode_header(index.read("header"))
    except (DamagedIndexError, msgspec.MsgspecError):
        return None
    return header if header.version == FORMAT_VERSION else None


def encode_workspace(
    header: Header,
    listing: bytes,
    digests: bytes,
    groups: Groups,
    columns: Mapping[str, Sequence[Any]],
) -> dict[str, Sequence[bytes]]:
    """Return the parts of an index.

    Args:
        header: What it is made from.
        listing: Which files there are.
        digests: Of their contents, one behind the other.
        groups: Every document.
        columns: Of the work table.
    """
    parts: dict[str, Sequence[bytes]] = {
        "header": [seal(_encode(header))],
        "listing": [seal(listing)],
        "digests": [seal(digests)],
    }
    for group in GROUPS:
        documents = [seal(data) for data in groups.items[group]]
        parts[f"{group}.path"] = [encode_column("path", groups.paths[group])]
        parts[f"{group}.ends"] = [seal(_ends_of(documents))]
        parts[f"{group}.documents"] = documents
    for name in STORED_COLUMNS:
        parts[f"work.{name}"] = [encode_column(name, columns[name])]
    return parts


def _ends_of(pieces: Sequence[bytes]) -> bytes:
    ends = array("Q")
    end = 0
    for piece in pieces:
        end += len(piece)
        ends.append(end)
    return ends.tobytes()
