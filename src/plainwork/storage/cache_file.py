"""Files that make the next run quicker, and that may be deleted at any moment."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from plainwork.storage.git_folder import GitFolder


def cache_folder(git: GitFolder, root: Path) -> Path:
    """Return where what is known of a workspace is kept: each in a worktree has its own."""
    return _folder_of(git.path, git, root)


def common_cache_folder(git: GitFolder, root: Path) -> Path:
    """Return where what all worktrees share is kept: what commits say of a workspace."""
    return _folder_of(git.common, git, root)


def _folder_of(above: Path, git: GitFolder, root: Path) -> Path:
    place = os.path.relpath(os.path.realpath(root), git.worktree)
    folder = above / "plainwork"
    return folder if place == "." else folder / "workspaces" / place


def write_cache(file: Path, parts: Iterable[bytes]) -> None:
    """Put a file in place in one step; whoever has the old one open keeps reading that.

    Whatever is in the way, a full disk or another process that does the same, the command goes on:
    what is not kept is computed again.
    """
    draft = file.with_name(f"{file.name}.new")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("ab") as output:
            # One draft for all processes, so that those that are killed do not leave many.
            fcntl.flock(output, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(output.fileno()), draft.stat()):
                _fill(output.fileno(), parts)
                draft.replace(file)


def _fill(descriptor: int, parts: Iterable[bytes]) -> None:
    os.ftruncate(descriptor, 0)
    try:
        with os.fdopen(descriptor, "ab", closefd=False) as output:
            output.writelines(parts)
    except OSError:
        os.ftruncate(descriptor, 0)  # a full disk needs the room
        raise
