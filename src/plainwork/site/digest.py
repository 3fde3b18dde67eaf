"""Digests of parts, and values as bytes: the same in every process for the same values."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import msgspec

_SIZE = 16
_encoder = msgspec.msgpack.Encoder(enc_hook=str)


def digest(*parts: bytes | str) -> bytes:
    """Return the digest of some parts; each counts by itself."""
    found = blake2b(digest_size=_SIZE)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.digest()


def encode(value: Any) -> bytes:
    """Return a value as bytes."""
    return _encoder.encode(value)
