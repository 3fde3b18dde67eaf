"""What a document is called and which words it holds, without reading its YAML.

A change leaves nearly all documents as they are; of those only ids and references matter, and
reading all of their YAML takes ten times as long. Where YAML could say something else than meets
the eye there is no outline, and the document has to be read.
"""

from __future__ import annotations

import re

import msgspec

_FENCE = b"---\n"
_WORD_CHARACTERS = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789._-")
# Capitals become small, and what no id is made of becomes a blank.
_TO_WORDS = bytes(
    small if (small := byte + 32 * (65 <= byte <= 90)) in _WORD_CHARACTERS else 32  # noqa: PLR2004
    for byte in range(256)
)
# In the first line, where nothing can precede it that would make it part of another value, and
# without a line below that would continue it.
_ID_LINE = re.compile(rb"id:[ \t]+([a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?)[ \t]*\n(?!\s)")


class Outline(msgspec.Struct, frozen=True):
    """What is known of a document that has not been read.

    Attributes:
        id: As written, or ``""``: then the file's name is the id.
        front: The bytes between its fences.
    """

    id: str
    front: bytes

    def mentions(self, names: frozenset[bytes]) -> frozenset[str]:
        """Return which of some names, in lower case, stand in it: all that it refers to do."""
        found = names.intersection(self.front.translate(_TO_WORDS).split())
        return frozenset(name.decode() for name in found)


def parse_outline(data: bytes) -> Outline | None:
    """Return the outline of a document, or None if only reading it tells.

    There is one if it is written as plainwork writes: LF, a plain ``id`` in the first line or
    none at all, no aliases, and no escapes, in which an id could hide.
    """
    end = data.find(b"\n---", len(_FENCE) - 1)
    if not data.startswith(_FENCE) or end < 0 or data[end + 4 : end + 5] not in (b"\n", b""):
        return None
    front = data[len(_FENCE) : end + 1]
    if b"\\" in front or b"\r" in front:
        return None
    written = _ID_LINE.match(front)
    words = front.translate(_TO_WORDS).split()
    # The word anywhere else may be the key, however it is quoted or nested.
    if words.count(b"id") != (written is not None) or b"aliases" in words:
        return None
    return Outline(written[1].decode() if written else "", front)
