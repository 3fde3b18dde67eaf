"""Files as digests see them: where they are, their mode, and a hash of all their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from plainwork.model.change import FileState
from plainwork.storage.repository import TreeEntry
from plainwork.storage.scratch import Scratch

_REPOSITORY = "160000"


def load_file_states(
    scratch: Scratch, files: Mapping[str, TreeEntry], paths: Iterable[str]
) -> dict[str, FileState]:
    """Return those of some files that are there, by path.

    Args:
        scratch: Where the objects are.
        files: Every file, by path from the workspace's root.
        paths: The files.
    """
    entries = {path: files[path] for path in sorted(paths) if path in files}
    oids = sorted({each.oid for each in entries.values() if each.mode != _REPOSITORY})
    hashes = dict(zip(oids, scratch.hash_blobs(oids), strict=True))
    return {
        path: FileState(path, entry.mode, hashes.get(entry.oid) or _hash_name(entry.oid))
        for path, entry in entries.items()
    }


def _hash_name(oid: str) -> str:
    """Return what stands for another repository, whose content is not here."""
    return sha256(oid.encode()).hexdigest()
