"""The index: what was read last time, as named parts of one file, safe to delete at any moment.

The file begins with a table of where each part stands. It is replaced and never changed, and it
stays open: a command reads one and the same index to its end, whatever others do meanwhile. It
lies in the worktree's own Git folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path

import msgspec

from plainwork import __version__
from plainwork.storage.cache_file import write_cache
from plainwork.storage.sealed import DamagedIndexError, content_of, seal, unseal

FORMAT_VERSION = f"{__version__}/8/{sys.byteorder}"
"""Changes whenever the bytes of an index, or what the reader makes of a file, change."""

_SIZE = 8
_Table = dict[str, tuple[int, int]]


class Index:
    """The parts of an index as it was when it was opened; without a file there are none."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "index"
        self._descriptor = -1
        self._length = 0
        self._start = 0
        self._table: _Table = {}
        with suppress(OSError):
            self._descriptor = os.open(self._file, os.O_RDONLY | os.O_CLOEXEC)
            self._length = os.fstat(self._descriptor).st_size
        if self._descriptor >= 0:
            try:
                self._read_table()
            except DamagedIndexError:
                self.discard()

    def __del__(self, close: Callable[[int], None] = os.close) -> None:
        # The function is kept: when Python exits, what a module holds may be gone already.
        if self._descriptor >= 0:
            close(self._descriptor)

    def read(self, name: str) -> memoryview:
        """Return a part.

        Raises:
            DamagedIndexError: If it is not there, or not what was written.
        """
        return unseal(self._read_raw(name))

    def holds(self, name: str, data: bytes) -> bool:
        """Whether a part has exactly these bytes: comparing needs no checksum."""
        return name in self._table and content_of(self._read_raw(name)) == data

    def read_piece(self, name: str, start: int, end: int) -> memoryview:
        """Return one of the sealed pieces that a part consists of.

        Raises:
            DamagedIndexError: If it is not there, or not what was written.
        """
        place, size = self._find(name)
        if not 0 <= start <= end <= size:
            raise DamagedIndexError
        return unseal(self._read_at(place + start, end - start))

    def write(self, parts: Mapping[str, Sequence[bytes]]) -> None:
        """Replace the index.

        Args:
            parts: What is sealed already: by name its pieces, which stand one behind the other.
        """
        table: _Table = {}
        end = 0
        for name, pieces in parts.items():
            size = sum(map(len, pieces))
            table[name] = end, size
            end += size
        head = seal(msgspec.msgpack.encode(table))
        write_cache(self._file, chain((len(head).to_bytes(_SIZE, "big"), head), *parts.values()))

    def discard(self) -> None:
        """Remove the index, so that the next run makes a new one."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _read_table(self) -> None:
        size = int.from_bytes(self._read_at(0, _SIZE), "big")
        self._start = _SIZE + size
        try:
            self._table = msgspec.msgpack.decode(unseal(self._read_at(_SIZE, size)), type=_Table)
        except msgspec.MsgspecError as error:
            raise DamagedIndexError from error

    def _read_raw(self, name: str) -> bytes:
        place, size = self._find(name)
        return self._read_at(place, size)

    def _find(self, name: str) -> tuple[int, int]:
        if name not in self._table:
            raise DamagedIndexError
        offset, size = self._table[name]
        return self._start + offset, size

    def _read_at(self, place: int, size: int) -> bytes:
        if size > self._length:  # a damaged number asks for any amount
            raise DamagedIndexError
        try:
            data = os.pread(self._descriptor, size, place)
        except (OSError, OverflowError) as error:
            raise DamagedIndexError from error
        if len(data) != size:
            raise DamagedIndexError
        return data
