"""What pages say that took long to find, kept between two builds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from plainwork.storage.cache_file import cache_folder, write_cache
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.resources import identify_program
from plainwork.storage.sealed import DamagedIndexError, seal, unseal


def find_kept(root: Path) -> Path | None:
    """Return where builds keep what makes the next one quicker; outside of Git nowhere."""
    git = find_git_folder(root)
    return cache_folder(git, root) / "site" if git else None


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    key: bytes
    value: bytes


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Kept).decode


class KeptValues:
    """Values by name, each with the key under which it was made last; losing one costs time.

    Args:
        folder: Where they are kept, or None: nowhere.
        audience: Who may know them: those of others lie beside them.
    """

    def __init__(self, folder: Path | None, audience: str) -> None:
        self._folder = folder
        self._audience = audience

    def recall(self, name: str, key: bytes, make: Callable[[], bytes]) -> bytes:
        """Return the value that was made last if its key is the same, else make and keep it."""
        if self._folder is None:
            return make()
        file = self._folder / f"{name}-{self._audience}"
        kept = _load(file)
        if kept is not None and kept.key == identify_program() + key:
            return kept.value
        value = make()
        write_cache(file, [seal(_encode(_Kept(identify_program() + key, value)))])
        return value


def _load(file: Path) -> _Kept | None:
    try:
        return _decode(unseal(file.read_bytes()))
    except (OSError, DamagedIndexError, msgspec.MsgspecError):
        return None
