"""Undoing a plan that was not finished."""

import os
from contextlib import suppress
from pathlib import Path

from plainwork.errors import RefusedError
from plainwork.storage.journal import (
    Change,
    Journal,
    clear_journal,
    compute_digest,
    load_journal,
)
from plainwork.storage.rooted_files import RootedFiles


def roll_back(files: RootedFiles, journal: Journal) -> tuple[str, ...]:
    """Put back what a plan changed and remove what it left; doing so twice does no harm.

    Returns:
        The paths that were left alone, because somebody else has changed them since.

    Raises:
        OSError: If the file system refuses; the rest is still to be done.
    """
    kept = []
    for change in reversed(journal.changes):
        if journal.undo and not _restore(files, change):
            kept.append(change.path)
        with suppress(RefusedError, OSError):  # hidden, it does no harm if it has to stay
            files.remove(change.temporary)
    for folder in reversed(journal.folders):
        with suppress(RefusedError, OSError):  # somebody has put something into it
            files.remove_folder(folder)
    if journal.undo:
        files.sync_names(change.path for change in journal.changes)
    return tuple(kept)


def apply_rollback(base: Path, file: Path) -> tuple[str, ...]:
    """Undo the plan in the middle of which an earlier writer ended, if there is one.

    Args:
        base: What the journal's root is relative to.
        file: The journal; empty afterwards.

    Returns:
        What the person should know: one line each.

    Raises:
        OSError: If the file system refuses; the next writer tries again.
        StorageError: If the journal cannot be read or emptied.
    """
    journal = load_journal(file)
    if journal is None:
        return ()
    kept = tuple(change.path for change in journal.changes)
    with suppress(FileNotFoundError), RootedFiles(base / os.fsdecode(journal.root)) as files:
        kept = roll_back(files, journal)
    clear_journal(file, journal)
    if not journal.undo:
        return ()
    count = len(journal.changes) - len(kept)
    return (
        f"an earlier command was stopped while it wrote; undone in {count} of "
        f"{len(journal.changes)} files",
        *(f"{path}: edited since then, so it was left as it is" for path in kept),
    )


def _restore(files: RootedFiles, change: Change) -> bool:
    """Put one file back; tell whether it is as it was."""
    try:
        stored = files.read(change.path)
        now = stored.data if stored else None
        if now == change.before:
            return True
        if compute_digest(now) != change.after:
            return False
        if change.before is None:
            files.remove(change.path)
        else:
            files.write_new(change.temporary, change.before, change.mode, sync=True)
            files.replace(change.temporary, change.path)
    except (RefusedError, FileNotFoundError, NotADirectoryError):
        return False  # where the file was, something else has been put
    return True
