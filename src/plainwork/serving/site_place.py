"""Where a site must not be written: among documents, around them, and inside of Git."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from plainwork.errors import UsageError
from plainwork.storage.document_names import is_hidden

_GIT = ".git"
_BARE = ("HEAD", "objects", "refs")
"""What a repository without a worktree has in its folder."""


def refuse_place(output: Path, root: Path, folders: Iterable[str]) -> None:
    """Refuse a folder whose files are not those of a site, before anything is made in it.

    Args:
        output: The folder that was named; it need not be there.
        root: The workspace's root.
        folders: Those that documents are sought in, from the root.

    Raises:
        UsageError: If a site there would mix with documents, or with what Git keeps.
    """
    reason = _find_reason(Path(os.path.realpath(output)), Path(os.path.realpath(root)), folders)
    if reason:
        message = f"{output}: {reason}; choose another --output"
        raise UsageError(message)


def _find_reason(place: Path, root: Path, folders: Iterable[str]) -> str:
    """Return why a folder is no place for a site, or ``""``; paths have no links in them."""
    if root.is_relative_to(place):
        return "it is the workspace" if place == root else "the workspace is in it"
    below = place.relative_to(root) if place.is_relative_to(root) else place
    if _GIT in below.parts or all((place / name).exists() for name in _BARE):
        return "Git keeps its own files there"
    for folder in folders:
        if below.is_relative_to(folder) and not _is_hidden(below.relative_to(folder)):
            return f"documents are kept in {folder}/"
    return ""


def _is_hidden(path: Path) -> bool:
    """Whether no documents are sought in it."""
    return any(map(is_hidden, path.parts))
