"""The workspace of the working tree: where it is, and what stands in it."""

from __future__ import annotations

import os
from pathlib import Path

from plainwork.errors import NotAWorkspaceError, StorageError
from plainwork.model.snapshot import Snapshot
from plainwork.storage.document_groups import Tell
from plainwork.storage.loading import Loader
from plainwork.storage.scan import MARKER, MOST_READ


def find_workspace(directory: Path) -> Path:
    """Return the root of the workspace around a folder, looking upwards like Git.

    Raises:
        NotAWorkspaceError: If there is none.
        StorageError: If a folder on the way cannot be looked into.
    """
    try:
        start = Path(os.path.abspath(directory))  # noqa: PTH100 - links stay as they were typed
        for folder in (start, *start.parents):
            if (folder / MARKER).is_file():
                return folder
    except OSError as error:
        message = f"{directory}: {error.strerror}"
        raise StorageError(message) from error
    raise NotAWorkspaceError(str(directory))


def load_snapshot(root: Path, tell: Tell = lambda _done, _total: None) -> Snapshot:
    """Read the working tree of the workspace at a root.

    Args:
        root: The workspace's root.
        tell: Is told how many of how many files have been read, if that takes long.

    Raises:
        StorageError: If ``plainwork.toml`` cannot be read.
    """
    file = root / MARKER
    try:
        with file.open("rb") as source:
            settings_source = source.read(MOST_READ)
    except OSError as error:
        message = f"{file}: {error.strerror}"
        raise StorageError(message) from error
    return Loader(root, settings_source, tell).load()
