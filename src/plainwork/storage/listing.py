"""Which files there were when the index was written, and which differ now.

The usual answer, none, comes from comparing bytes: nothing is decoded. Only where stamps differ,
or are too recent to be trusted, is a file read and its content compared.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from plainwork.storage.scan import STAMPS, ScannedFolder
from plainwork.storage.sealed import DamagedIndexError

DIGEST_SIZE = 16
RACY_NS = 2_000_000_000
"""A file stamped this close to the writing of the index may have changed within one tick."""

_Rows = list[tuple[str, str, list[str], bytes]]
_decode = msgspec.msgpack.Decoder(_Rows).decode


_UNREAD = bytes(DIGEST_SIZE)


class Changes(msgspec.Struct):
    """How the files differ from those of the index.

    Attributes:
        changed: (path, kind) of files that are new or have changed.
        gone: Paths that are there no more.
        compared: How many files had to be read because their stamps said too little.
    """

    changed: list[tuple[str, str]]
    gone: set[str]
    compared: int


def encode_listing(folders: Sequence[ScannedFolder]) -> bytes:
    """Return the paths, kinds, names and stamps of folders as bytes: equal if nothing changed."""
    rows = [(folder.path, folder.kind, folder.names, folder.stamps.tobytes()) for folder in folders]
    return msgspec.msgpack.encode(rows)


def iterate_paths(folders: Sequence[ScannedFolder]) -> Iterator[tuple[str, str]]:
    """Yield (path, kind) of every file, in the order in which digests are kept."""
    for folder in folders:
        for name in folder.names:
            yield f"{folder.path}/{name}", folder.kind


def encode_digests(folders: Sequence[ScannedFolder], digests: Mapping[str, bytes]) -> bytes:
    """Return the digest of each file's content; those that could not be read have zeros."""
    return b"".join(digests.get(path, _UNREAD) for path, _ in iterate_paths(folders))


def decode_digests(stored: memoryview, digests: memoryview) -> dict[str, bytes]:
    """Return path to the digest of each file's content.

    Args:
        stored: What :func:`encode_listing` returned.
        digests: What :func:`encode_digests` returned.

    Raises:
        DamagedIndexError: If the bytes are no listing.
    """
    try:
        paths = [f"{path}/{name}" for path, _, names, _ in _decode(stored) for name in names]
    except msgspec.MsgspecError as error:
        raise DamagedIndexError from error
    data = bytes(digests)
    starts = range(0, len(data), DIGEST_SIZE)
    if len(starts) != len(paths):
        raise DamagedIndexError
    return dict(zip(paths, (data[start : start + DIGEST_SIZE] for start in starts), strict=True))


def find_changes(
    stored: memoryview,
    digests: memoryview,
    folders: Sequence[ScannedFolder],
    *,
    written: int,
    read_digest: Callable[[str], bytes | None],
) -> Changes:
    """Compare the files that were scanned with those of the index.

    Args:
        stored: What :func:`encode_listing` returned then.
        digests: The digest of each file's content then, one behind the other.
        folders: What was scanned now.
        written: When the reading that led to the index began, in nanoseconds.
        read_digest: Returns the digest of a file's content now, or None if it cannot be read.

    Raises:
        DamagedIndexError: If the stored bytes are no listing.
    """
    known = _Known(stored, digests, written, read_digest)
    changed = [
        (f"{folder.path}/{name}", folder.kind)
        for folder in folders
        for name, stamps in _iterate_stamps(folder)
        if known.has_changed(folder, name, stamps)
    ]
    return Changes(changed, known.left, known.compared)


def is_settled(folders: Sequence[ScannedFolder], written: int) -> bool:
    """Whether equal stamps prove equal content: every file is old enough."""
    return all(folder.newest < written - RACY_NS for folder in folders)


def _iterate_stamps(folder: ScannedFolder) -> Iterator[tuple[str, array[int]]]:
    for position, name in enumerate(folder.names):
        yield name, folder.stamps[position * STAMPS : (position + 1) * STAMPS]


class _Known:
    """The files of the index, by path; asking for one takes it out of those that are left."""

    def __init__(
        self,
        stored: memoryview,
        digests: memoryview,
        written: int,
        read_digest: Callable[[str], bytes | None],
    ) -> None:
        self._racy_from = written - RACY_NS
        self._read_digest = read_digest
        self.compared = 0
        self._files: dict[str, tuple[str, array[int], bytes]] = {}
        number = 0
        try:
            for path, kind, names, packed in _decode(stored):
                stamps = array("Q")
                stamps.frombytes(packed)
                for position, name in enumerate(names):
                    digest = bytes(digests[number * DIGEST_SIZE : (number + 1) * DIGEST_SIZE])
                    stamp = stamps[position * STAMPS : (position + 1) * STAMPS]
                    self._files[f"{path}/{name}"] = kind, stamp, digest
                    number += 1
        except (msgspec.MsgspecError, ValueError) as error:
            raise DamagedIndexError from error
        if number * DIGEST_SIZE != len(digests):
            raise DamagedIndexError

    @property
    def left(self) -> set[str]:
        """The paths that nobody asked for."""
        return set(self._files)

    def has_changed(self, folder: ScannedFolder, name: str, stamps: array[int]) -> bool:
        path = f"{folder.path}/{name}"
        kind, stamps_then, digest = self._files.pop(path, ("", stamps, b""))
        if kind != folder.kind or digest == _UNREAD:
            return True
        if stamps == stamps_then and max(stamps[:2]) < self._racy_from:
            return False
        self.compared += 1
        return self._read_digest(path) != digest
