"""Names by which other programs know a thing again, whatever becomes of it."""

from __future__ import annotations

from hashlib import sha1

_OURS = bytes.fromhex("6d1b7c529a3e5f0d8a553f1d2c9b7e40")


def lasting_id(*parts: str) -> str:
    """Return a UUID (RFC 9562, version 5) of some parts: the same for the same parts."""
    from uuid import UUID  # costs start-up time

    # What `uuid.uuid5` does, which reads the namespace anew each time.
    text = "\n".join(parts).encode("utf-8", "backslashreplace")
    found = sha1(_OURS + text, usedforsecurity=False).digest()
    return str(UUID(bytes=found[:16], version=5))
