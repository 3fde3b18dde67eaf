"""Addresses of a forge: which ones a token may be sent to, and how names stand in them."""

from __future__ import annotations

from plainwork.errors import UsageError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def read_origin(address: str) -> str:
    """Return scheme, host and port of an address.

    Raises:
        UsageError: If it is none that a token may be sent to.
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as problem:
        message = f"`{address}` is no address of a forge: {problem}"
        raise UsageError(message) from problem
    host = parts.hostname or ""
    if parts.username is not None or not host:
        message = f"`{parts.scheme}://{host}` is no address of a forge"
        raise UsageError(message)
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        message = f"`{parts.scheme}://{host}` could be read on the way; it must be https"
        raise UsageError(message)
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")


def join_path(*parts: str | int) -> str:
    """Return a path below the root; no part of it can lead to another one.

    Raises:
        UsageError: If a part is no name.
    """
    from urllib.parse import quote

    for part in parts:
        if part in ("", ".", ".."):
            message = f"`{part}` is no name on a forge"
            raise UsageError(message)
    return "".join(f"/{quote(str(part), safe='')}" for part in parts)
