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
    place, base = Path(os.path.realpath(output)), Path(os.path.realpath(root))
    if base.is_relative_to(place):
        found = "the workspace is in it" if place != base else "it is the workspace"
        raise UsageError(f"{output}: {found}; a site needs a folder of its own")
    below = place.relative_to(base) if place.is_relative_to(base) else place
    if _GIT in below.parts or all((place / name).exists() for name in _BARE):
        raise UsageError(f"{output}: Git keeps its own files there; choose another --output")
    for folder in folders:
        inside = base / folder
        if place.is_relative_to(inside) and not any(
            map(is_hidden, place.relative_to(inside).parts)
        ):
            message = f"{output}: documents are kept in {folder}/; choose another --output"
            raise UsageError(message)
