"""Bytes behind a checksum: what was kept between two runs is never trusted blindly."""

from __future__ import annotations

import zlib

_CHECKSUM = 4


class DamagedIndexError(Exception):
    """Stored bytes are not what was written; whoever sees it computes afresh."""


def seal(data: bytes) -> bytes:
    """Return data behind its checksum."""
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big") + data


def unseal(data: bytes | memoryview) -> memoryview:
    """Return sealed data.

    Raises:
        DamagedIndexError: If the checksum is wrong.
    """
    content = content_of(data)
    if len(data) < _CHECKSUM or zlib.crc32(content) != int.from_bytes(data[:_CHECKSUM], "big"):
        raise DamagedIndexError
    return content


def content_of(data: bytes | memoryview) -> memoryview:
    """Return sealed data unchecked, for comparing it with what it should be."""
    return memoryview(data)[_CHECKSUM:]
