"""What the last build made, so that the next one makes only what has changed."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Made(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file that a build has written.

    Attributes:
        key: A digest of everything that it was made of; ``b""``: it has to be made anew.
        size: In bytes.
        changed: When the file was written, in nanoseconds: a file with another size or time has
            been written by somebody else.
        mentions: As in :class:`~plainwork.site.page.Page`.
        model: A digest of the page before it was rendered, and of all that it is rendered with;
            ``b""``: there is none.
    """

    key: bytes
    size: int = 0
    changed: int = 0
    mentions: dict[str, str] = {}
    model: bytes = b""


Manifest = Mapping[str, Made]
"""The files of a site, by address."""

_decode = msgspec.msgpack.Decoder(dict[str, Made]).decode


def encode_manifest(manifest: Manifest) -> bytes:
    """Return a manifest as bytes."""
    return msgspec.msgpack.encode(dict(manifest))


def decode_manifest(data: bytes) -> Manifest:
    """Return what :func:`encode_manifest` made bytes of; of anything else, nothing."""
    try:
        return _decode(data)
    except msgspec.MsgspecError:
        return {}
