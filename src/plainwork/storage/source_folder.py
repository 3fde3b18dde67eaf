"""The files of a folder that another tool wrote."""

from __future__ import annotations

import os
from pathlib import Path

from plainwork.errors import RefusedError, UsageError
from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.storage.rooted_files import RootedFiles

MAX_BYTES = 64 * 1024 * 1024
"""What one file may hold; images and recordings are among them."""


def list_source_files(folder: Path) -> list[str]:
    """Return every file at any depth, from the folder, with ``/``, sorted; none of Git's own.

    Links are listed and not followed.

    Raises:
        UsageError: If it is no folder that can be read.
    """
    found: list[str] = []

    def refuse(error: OSError) -> None:
        message = f"{error.filename}: {error.strerror}"
        raise UsageError(message)

    for place, folders, names in os.walk(folder, onerror=refuse):
        if ".git" in folders:
            folders.remove(".git")
        base = os.path.relpath(place, folder)
        prefix = "" if base == "." else f"{base}/"
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]  # noqa: PTH114, PTH118
        found += (f"{prefix}{name}" for name in (*names, *links) if name != ".git")
    return sorted(found)


def read_source_file(folder: Path, path: str) -> bytes | Diagnostic:
    """Return the bytes of a file, or why they are not read."""
    if not path.isprintable():  # nor what stands for bytes that are no UTF-8
        return _problem(path, "invalid-path", "a file name with characters that cannot be shown")
    try:
        if (folder / path).lstat().st_size > MAX_BYTES:
            return _problem(path, "file-too-large", f"more than {MAX_BYTES:,} bytes")
        with RootedFiles(folder) as files:
            stored = files.read(path)
    except RefusedError as error:
        return _problem(path, "not-a-regular-file", str(error))
    except OSError as error:
        return _problem(path, "unreadable-file", f"cannot be read: {error.strerror}")
    return stored.data if stored else _problem(path, "unreadable-file", "gone meanwhile")


def _problem(path: str, rule: str, message: str) -> Diagnostic:
    return Diagnostic(Location(path), rule, Severity.ERROR, message)
