"""Documents by the hash of their content, in SQLite, safe to delete at any moment.

``documents.sqlite`` lies in Git's common folder, so that switching branches, another worktree or
``--at`` parse nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork.storage.sealed import DamagedIndexError, seal, unseal

if TYPE_CHECKING:
    import sqlite3

_BUSY_SECONDS = 2.0
_MOST_VARIABLES = 500
_SPARE = 8
_SMALL = 1 << 24


class DocumentStore:
    """Encoded documents by key, shared by all worktrees of a repository."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "documents.sqlite"

    def load(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """Return what is known of each key, in order."""
        found: dict[bytes, bytes] = {}

        def read(database: sqlite3.Connection) -> None:
            for start in range(0, len(keys), _MOST_VARIABLES):
                part = keys[start : start + _MOST_VARIABLES]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, data FROM document WHERE key IN ({marks})"  # noqa: S608
                found.update(database.execute(query, part))

        if keys and self._file.exists():
            self._attempt(read)
        return [_unsealed(found.get(key)) for key in keys]

    def save(self, documents: Mapping[bytes, bytes]) -> None:
        """Add documents; what cannot be written is parsed again next time."""

        def write(database: sqlite3.Connection) -> None:
            database.execute("PRAGMA synchronous = OFF")  # what a crash damages is made anew
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

        if documents:
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
            self._attempt(write)

    def limit(self, size: int) -> None:
        """Begin anew if most of what is kept is of the past.

        Args:
            size: How many bytes the documents of one moment have.
        """
        with suppress(OSError):
            if self._file.stat().st_size > _SPARE * size + _SMALL:
                self._discard()

    def _attempt(self, action: Callable[[sqlite3.Connection], None]) -> None:
        """Do something with the database; nothing that is wrong with it may stop a command."""
        import sqlite3  # costs start-up time; most runs have nothing to parse

        database = None
        try:
            database = sqlite3.connect(self._file, timeout=_BUSY_SECONDS, isolation_level=None)
            action(database)
        except sqlite3.OperationalError:
            pass  # locked, read-only, full, no table yet: the command goes on without
        except sqlite3.Error:
            self._discard()  # it is no database; the next write begins anew
        finally:
            if database is not None:
                database.close()

    def _discard(self) -> None:
        with suppress(OSError):
            self._file.with_name(f"{self._file.name}-journal").unlink(missing_ok=True)
            self._file.unlink(missing_ok=True)


class MemoryStore(DocumentStore):
    """Documents that are remembered as long as a process needs them, and kept nowhere."""

    def __init__(self) -> None:
        self._known: dict[bytes, bytes] = {}

    def load(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """Return what is known of each key, in order."""
        return [self._known.get(key) for key in keys]

    def save(self, documents: Mapping[bytes, bytes]) -> None:
        """Add documents."""
        self._known.update(documents)


def _unsealed(data: object) -> bytes | None:
    try:
        return bytes(unseal(data)) if isinstance(data, bytes) else None
    except DamagedIndexError:
        return None
