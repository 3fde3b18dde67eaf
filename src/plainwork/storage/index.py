"""The index: what was read last time, in SQLite, safe to delete at any moment.

Two files. ``index.sqlite`` in the worktree's own Git folder says which files there were, with
their stamps, and holds the columns of the work table. ``documents.sqlite`` in Git's common
folder holds documents by the hash of their content, so that switching branches, another
worktree or ``--at`` parse nothing twice. Both carry a version and checksums; whatever is
damaged is rebuilt.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from plainwork import __version__
from plainwork.storage.columns import DamagedIndexError, seal, unseal
from plainwork.storage.git_folder import GitFolder

FORMAT_VERSION = f"{__version__}/4/{sys.byteorder}"
"""Changes whenever the bytes of an index, or what the reader makes of a file, change."""

_BUSY_SECONDS = 2.0
_MOST_VARIABLES = 500


def cache_folder(git: GitFolder, root: Path) -> Path:
    """Return where what is known of a workspace is kept: each in a worktree has its own."""
    place = os.path.relpath(os.path.realpath(root), git.worktree)
    folder = git.path / "plainwork"
    return folder if place == "." else folder / "workspaces" / place


class Index:
    """Named blobs of one worktree."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "index.sqlite"

    def load(self, *names: str) -> dict[str, bytes]:
        """Return the blobs of these names; none at all if the index is of no use."""
        marks = ",".join("?" * len(names))
        query = f"SELECT name, data FROM blob WHERE name IN ({marks})"  # noqa: S608 - only marks
        found: dict[str, bytes] = {}
        with _quiet(self._path) as database:
            if database is not None:
                found.update(database.execute(query, names))
        return found

    def save(self, blobs: Mapping[str, bytes]) -> None:
        """Replace everything; what cannot be written is computed again next time."""
        with _quiet(self._path, write=True) as database:
            if database is None:
                return
            database.execute("BEGIN IMMEDIATE")
            database.execute("CREATE TABLE IF NOT EXISTS blob (name TEXT PRIMARY KEY, data BLOB)")
            database.execute("DELETE FROM blob")
            database.executemany("INSERT INTO blob VALUES (?, ?)", blobs.items())
            database.execute("COMMIT")


class DocumentStore:
    """Encoded documents by key, shared by all worktrees of a repository."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "documents.sqlite"

    def load(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """Return what is known of each key, in order."""
        found: dict[bytes, bytes] = {}
        with _quiet(self._path) as database:
            for start in range(0, len(keys), _MOST_VARIABLES):
                if database is None:
                    break
                part = keys[start : start + _MOST_VARIABLES]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, data FROM document WHERE key IN ({marks})"  # noqa: S608
                found.update(database.execute(query, part))
        return [_unsealed(found.get(key)) for key in keys]

    def save(self, documents: Mapping[bytes, bytes]) -> None:
        """Add documents."""
        if not documents:
            return
        with _quiet(self._path, write=True) as database:
            if database is None:
                return
            database.execute("BEGIN IMMEDIATE")
            database.execute(
                "CREATE TABLE IF NOT EXISTS document"
                " (key BLOB PRIMARY KEY, data BLOB) WITHOUT ROWID"
            )
            database.executemany(
                "INSERT OR REPLACE INTO document VALUES (?, ?)",
                ((key, seal(data)) for key, data in documents.items()),
            )
            database.execute("COMMIT")


def _unsealed(data: bytes | None) -> bytes | None:
    try:
        return None if data is None else bytes(unseal(data))
    except DamagedIndexError:
        return None


@contextmanager
def _quiet(path: Path, *, write: bool = False) -> Iterator[sqlite3.Connection | None]:
    """Open a cache, or yield None; nothing that is wrong with it may stop a command.

    A file that is no database is removed, so that the next write begins anew.
    """
    database = _connect(path, write=write)
    try:
        yield database
    except sqlite3.OperationalError:
        pass  # locked, read-only, full, no table yet: the command goes on without
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
    finally:
        if database is not None:
            database.close()


def _connect(path: Path, *, write: bool) -> sqlite3.Connection | None:
    try:
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.exists():
            return None
        return sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    except (OSError, sqlite3.Error):
        return None
