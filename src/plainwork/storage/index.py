"""The index: what was read last time, in SQLite, safe to delete at any moment.

Two files. ``index.sqlite`` in the worktree's own Git folder says which files there were, with
their stamps, and holds the columns of the work table. ``documents.sqlite`` in Git's common
folder holds documents by the hash of their content, so that switching branches, another
worktree or ``--at`` parse nothing twice. Both carry a version and checksums; whatever is
damaged is rebuilt.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from plainwork import __version__
from plainwork.storage.columns import DamagedIndexError, seal, unseal

FORMAT_VERSION = f"{__version__}/2/{sys.byteorder}"
"""Changes whenever the bytes of an index, or what the reader makes of a file, change."""

_BUSY_SECONDS = 2.0
_MOST_VARIABLES = 500


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

    def load(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what is known of these keys."""
        found: dict[bytes, bytes] = {}
        wanted = list(keys)
        with _quiet(self._path) as database:
            if database is None:
                return found
            for start in range(0, len(wanted), _MOST_VARIABLES):
                part = wanted[start : start + _MOST_VARIABLES]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, data FROM document WHERE key IN ({marks})"  # noqa: S608
                for key, data in database.execute(query, part):
                    try:
                        found[key] = bytes(unseal(data))
                    except DamagedIndexError:
                        continue
        return found

    def save(self, documents: Mapping[bytes, bytes]) -> None:
        """Add documents."""
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


@contextmanager
def _quiet(path: Path, *, write: bool = False) -> Iterator[sqlite3.Connection | None]:
    """Open a cache; nothing that is wrong with it may stop a command.

    A file that is no database is removed, so that the next write begins anew.
    """
    if not write and not path.exists():
        yield None
        return
    database = None
    try:
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        yield database
    except sqlite3.OperationalError:
        return  # locked, read-only, no table yet: go on without
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
    except OSError:
        return
    finally:
        if database is not None:
            database.close()
