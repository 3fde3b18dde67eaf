"""The journal: how to undo a plan that was not finished.

It is written before anything else is touched and emptied when everything is done, so whoever
finds it full finds a plan that somebody was killed in the middle of. A journal that is itself
unfinished fails its checksum; then nothing had been touched yet.
"""

import os
import zlib
from contextlib import suppress
from pathlib import Path

import msgspec

from plainwork.errors import StorageError
from plainwork.storage.rooted_files import write_all

_HEADER = b"plainwork journal 1 "
_CHECKSUM_WIDTH = 8


class Change(msgspec.Struct, frozen=True):
    """One file of a plan.

    Attributes:
        path: Relative to the workspace's root.
        temporary: Where its new bytes are written first, in the same folder.
        before: Its bytes before; None: there was none.
        mode: Its permission bits before; None: there was none.
        after: The digest of its bytes after; None: there is none.
    """

    path: str
    temporary: str
    before: bytes | None
    mode: int | None
    after: bytes | None


class Journal(msgspec.Struct, frozen=True):
    """A plan under way.

    Attributes:
        root: The workspace's root, relative to the base of the state folder; in bytes,
            because a folder above the workspace may have a name that is not UTF-8.
        changes: Every file, in the order in which they are written.
        folders: The folders that are made for it, outer before inner.
        undo: Whether files have to be put back. Not for a single one: it is put in place in one
            step, so it is old or new, and only what was written beside it has to go.
    """

    root: bytes
    changes: tuple[Change, ...]
    folders: tuple[str, ...]
    undo: bool


def compute_digest(data: bytes | None) -> bytes | None:
    """Return what tells a file's bytes from all others; None for no file."""
    if data is None:
        return None
    from hashlib import blake2b  # costs start-up time, and plans of one file do without

    return blake2b(data, digest_size=16).digest()


def load_journal(file: Path) -> Journal | None:
    """Read a journal; None if it is empty or itself unfinished, so that nothing is to be undone.

    Raises:
        StorageError: If it cannot be read, or comes from another version of plainwork.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _failure(file, error) from error
    start = len(_HEADER) + _CHECKSUM_WIDTH + 1
    header, content = data[:start], data[start:]
    if not content or header[len(_HEADER) : -1] != _checksum(content):
        return None
    with suppress(msgspec.DecodeError):
        if header.startswith(_HEADER):
            return msgspec.msgpack.decode(content, type=Journal)
    message = (
        f"{file}: another version of plainwork was stopped while it wrote here; "
        "let that version write once, or remove the file and look through `git diff`"
    )
    raise StorageError(message)


def write_journal(file: Path, journal: Journal) -> None:
    """Write a journal, and if files will have to be put back, wait until the disk has it.

    Raises:
        StorageError: If it cannot be written.
    """
    content = msgspec.msgpack.encode(journal)
    _overwrite(file, _HEADER + _checksum(content) + b"\n" + content, sync=journal.undo)


def clear_journal(file: Path, journal: Journal) -> None:
    """Empty the journal: from now on nothing is to be undone.

    Raises:
        StorageError: If it cannot be emptied.
    """
    _overwrite(file, b"", sync=journal.undo)


def _overwrite(file: Path, data: bytes, *, sync: bool) -> None:
    # The file stays, so that no folder has to be synced for it after the first time.
    try:
        known = file.exists()
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        try:
            os.ftruncate(descriptor, 0)
            write_all(descriptor, data)
            if sync:
                os.fsync(descriptor)
        except OSError:
            with suppress(OSError):  # half a journal says nothing, and a full disk needs the room
                os.ftruncate(descriptor, 0)
            raise
        finally:
            os.close(descriptor)
        if sync and not known:
            _sync_folder(file.parent)
    except OSError as error:
        raise _failure(file, error) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # not every file system can
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _checksum(content: bytes) -> bytes:
    return f"{zlib.crc32(content):0{_CHECKSUM_WIDTH}x}".encode()


def _failure(file: Path, error: OSError) -> StorageError:
    return StorageError(f"{file}: {error.strerror}; nothing was written")
