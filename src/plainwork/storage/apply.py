"""Applying plans: all of their edits or none, whatever happens meanwhile.

A command that writes holds the lock from before it reads until it has written, so of twenty at
once each sees what the ones before it did. People's editors take no lock; what they save
meanwhile is noticed by its bytes, looked at once before anything is written and again before
each file is put in place, and wins.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plainwork.errors import PlainworkError, RefusedError, StorageError
from plainwork.model.plan import FileEdit, Plan
from plainwork.storage.file_names import NameTable, check_path
from plainwork.storage.journal import (
    Change,
    Journal,
    clear_journal,
    compute_digest,
    write_journal,
)
from plainwork.storage.lock import PATIENCE, locked
from plainwork.storage.rollback import apply_rollback, roll_back
from plainwork.storage.rooted_files import RootedFiles, StoredFile
from plainwork.storage.state_folder import make_state_folder

_MOST_SYNCED = 64
"""For more files than this, waiting once for the whole disk is quicker than for each of them."""


class Writer:
    """The right to write to one workspace, which one process at a time has.

    Attributes:
        notes: What the person should know about a command that was stopped earlier.
    """

    def __init__(
        self, files: RootedFiles, root: bytes, journal: Path, notes: tuple[str, ...]
    ) -> None:
        self._files = files
        self._root = root
        self._journal = journal
        self.notes = notes

    def apply(self, plan: Plan) -> None:
        """Apply a plan, all or nothing.

        Raises:
            RefusedError: If a file is not what the plan was made from, or must not be written:
                a link, outside of the workspace, a name that clashes with another.
            StorageError: If the file system refuses.
        """
        edits = [edit for edit in plan.edits if edit.before != edit.after]
        for edit in edits:
            with _naming(edit.path):
                check_path(edit.path)
        stored = [self._check(edit) for edit in edits]
        names = NameTable(self._files.names)
        for edit in edits:
            if edit.before is None:
                with _naming(edit.path):
                    names.add(edit.path)
        if edits:
            self._write(edits, _make_journal(self._root, edits, stored, names.new_folders))

    def _write(self, edits: list[FileEdit], journal: Journal) -> None:
        write_journal(self._journal, journal)
        try:
            self._prepare(edits, journal)
            self._put_in_place(edits, journal)
        except BaseException as error:
            self._undo(journal, error)
            raise
        clear_journal(self._journal, journal)

    def _prepare(self, edits: list[FileEdit], journal: Journal) -> None:
        for folder in journal.folders:
            with _naming(folder):
                self._files.make_folder(folder)
        each = len(edits) <= _MOST_SYNCED
        for edit, change in zip(edits, journal.changes, strict=True):
            if edit.after is not None:
                with _naming(edit.path):
                    self._files.write_new(change.temporary, edit.after, change.mode, sync=each)
        if not each:
            os.sync()

    def _put_in_place(self, edits: list[FileEdit], journal: Journal) -> None:
        for edit, change in zip(edits, journal.changes, strict=True):
            self._check(edit)
            with _naming(edit.path):
                if edit.after is None:
                    self._files.remove(edit.path)
                else:
                    self._files.replace(change.temporary, edit.path)
        self._files.sync_names([*journal.folders, *(edit.path for edit in edits)])

    def _check(self, edit: FileEdit) -> StoredFile | None:
        """Return the file as it is, if that is what the plan was made from."""
        with _naming(edit.path):
            stored = self._files.read(edit.path)
        if (stored.data if stored else None) != edit.before:
            raise RefusedError(_format_refusal(edit.path, "changed since it was read"))
        return stored

    def _undo(self, journal: Journal, reason: BaseException) -> None:
        try:
            roll_back(self._files, journal)
            clear_journal(self._journal, journal)
        except (OSError, PlainworkError) as error:
            message = (
                f"{reason or 'interrupted'}; undoing what was written failed too ({error}); "
                "the next command that writes will try again"
            )
            raise StorageError(message) from reason


@contextmanager
def writing(root: Path, patience: float = PATIENCE) -> Iterator[Writer]:
    """Take the lock of a workspace; inside, load, plan and apply.

    What a writer that was killed left behind is undone first, so that what is loaded inside is
    never half of a plan.

    Args:
        root: The workspace's root.
        patience: For how many seconds to wait while others write.

    Raises:
        RefusedError: If another process still writes after that time.
        StorageError: If the file system refuses.
    """
    state = make_state_folder(root)
    journal = state.path / "journal"
    physical = os.path.realpath(root)
    with locked(state.path / "lock", patience):
        with _naming(str(root)):
            notes = apply_rollback(state.base, journal)
            files = RootedFiles(physical)
        with files:
            relative = os.fsencode(os.path.relpath(physical, state.base))
            yield Writer(files, relative, journal, notes)


def apply_plan(root: Path, plan: Plan) -> None:
    """Apply a plan that was made without holding the lock.

    Raises:
        RefusedError: If a file is not what the plan was made from, or must not be written.
        StorageError: If the file system refuses.
    """
    with writing(root) as writer:
        writer.apply(plan)


@contextmanager
def _naming(what: str) -> Iterator[None]:
    """Turn what the system says, or what stands in the way, into a line that names the file."""
    try:
        yield
    except RefusedError as error:
        raise RefusedError(_format_refusal(what, str(error))) from error
    except OSError as error:
        raise StorageError(_format_refusal(what, error.strerror or str(error))) from error


def _format_refusal(what: str, reason: str) -> str:
    shown = what.encode(errors="backslashreplace").decode()  # any bytes may stand in a name
    return f"{shown}: {reason}; nothing was written"


def _make_journal(
    root: bytes, edits: list[FileEdit], stored: list[StoredFile | None], folders: list[str]
) -> Journal:
    undo = len(edits) > 1
    changes = []
    for number, (edit, file) in enumerate(zip(edits, stored, strict=True)):
        folder, slash, _ = edit.path.rpartition("/")
        changes.append(
            Change(
                path=edit.path,
                temporary=f"{folder}{slash}.plainwork-{number}.tmp",
                before=edit.before if undo else None,
                mode=file.mode if file else None,
                after=compute_digest(edit.after) if undo else None,
            )
        )
    return Journal(root, tuple(changes), tuple(folders), undo)
