"""Where plainwork keeps what is not part of a workspace: its lock and its journal."""

import os
from pathlib import Path

import msgspec

from plainwork.errors import RefusedError, StorageError
from plainwork.storage.git_folder import find_git_folder


class StateFolder(msgspec.Struct, frozen=True):
    """A folder of plainwork's own.

    Attributes:
        path: The folder; Git never sees what is in it.
        base: The folder that stays in the same place relative to it: the worktree, or without
            Git the workspace's root. All workspaces of one worktree share a state folder.
    """

    path: Path
    base: Path


def make_state_folder(root: Path) -> StateFolder:
    """Return the state folder of the workspace at a root, and make it if need be.

    It is ``plainwork`` in the worktree's own Git folder, or without Git ``.plainwork`` at the
    root, which Git will ignore should it come later.

    Raises:
        RefusedError: If a symbolic link stands in its place.
        StorageError: If it cannot be made.
    """
    git = find_git_folder(root)
    if git is not None:
        folder = StateFolder(git.path / "plainwork", git.worktree)
    else:
        base = Path(os.path.realpath(root))
        folder = StateFolder(base / ".plainwork", base)
    if folder.path.is_symlink():
        message = f"{folder.path}: a symbolic link where plainwork keeps its lock; remove it"
        raise RefusedError(message)
    try:
        folder.path.mkdir(exist_ok=True)
        if git is None:
            _ignore_everything(folder.path)
    except OSError as error:
        message = f"{folder.path}: {error.strerror}; every command that writes needs this folder"
        raise StorageError(message) from error
    return folder


def _ignore_everything(folder: Path) -> None:
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
