"""Digests of parts, and values as bytes: the same in every process for the same values."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import msgspec

_SIZE = 16
_encoder = msgspec.msgpack.Encoder()


def digest(*parts: bytes | str) -> bytes:
    """Return the digest of some parts; each counts by itself."""
    if len(parts) == 1 and isinstance(parts[0], bytes):
        return blake2b(parts[0], digest_size=_SIZE).digest()
    framed: list[bytes] = []  # filled by a loop, for there are tens of thousands of them in a build
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        framed += (b"%d:" % len(data), data)
    return blake2b(b"".join(framed), digest_size=_SIZE).digest()


def encode(value: Any) -> bytes:
    """Return a value as bytes.

    Raises:
        TypeError: If there is something in it of which bytes would not say everything.
    """
    return _encoder.encode(value)
