"""Files below one folder, reached without ever following a symbolic link.

Every step of a path is opened relative to the folder before it, so that neither a link in the
workspace nor one that somebody puts there meanwhile leads a write elsewhere. Other languages call
this a traversal-resistant root.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import msgspec

from plainwork.errors import RefusedError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK  # a pipe must not keep us waiting
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_CHUNK = 1024 * 1024


class StoredFile(msgspec.Struct, frozen=True):
    """A regular file as it is: its bytes, and its permission bits."""

    data: bytes
    mode: int


class RootedFiles:
    """The files below a root; every path is relative to it, with ``/``.

    All methods raise ``OSError`` as the system does, and RefusedError where a link or anything
    else that is no regular file stands in the way.
    """

    def __init__(self, root: str | Path) -> None:
        """Open a root, itself reached as the system reaches it; leaving the context closes it."""
        self._root = os.open(root, os.O_RDONLY | os.O_DIRECTORY)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._root)

    def read(self, path: str) -> StoredFile | None:
        """Return a file, or None if there is none."""
        with suppress(FileNotFoundError), self._parent(path) as (folder, name):
            _refuse_special(name, os.lstat(name, dir_fd=folder))
            descriptor = os.open(name, _READ, dir_fd=folder)
            try:
                status = os.fstat(descriptor)
                _refuse_special(name, status)  # what was looked at may have been replaced
                return StoredFile(_read_all(descriptor), stat.S_IMODE(status.st_mode))
            finally:
                os.close(descriptor)
        return None

    def write_new(self, path: str, data: bytes, mode: int | None, *, sync: bool) -> None:
        """Write a new file.

        Args:
            path: Where; what is left there from an earlier attempt is removed.
            data: What.
            mode: Its permission bits, or None for those of any new file.
            sync: Whether to wait until the disk has it.
        """
        with self._parent(path) as (folder, name):
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=folder)
            descriptor = os.open(name, _CREATE, 0o666, dir_fd=folder)
            try:
                if mode is not None:
                    os.fchmod(descriptor, mode)
                write_all(descriptor, data)
                if sync:
                    os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def replace(self, source: str, path: str) -> None:
        """Put a file in the place of another in the same folder, in one step."""
        with self._parent(path) as (folder, name):
            os.rename(source.rpartition("/")[2], name, src_dir_fd=folder, dst_dir_fd=folder)

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        with suppress(FileNotFoundError), self._parent(path) as (folder, name):
            os.unlink(name, dir_fd=folder)

    def make_folder(self, path: str) -> None:
        """Make a folder; the one that it is in must be there."""
        with self._parent(path) as (folder, name):
            os.mkdir(name, dir_fd=folder)

    def remove_folder(self, path: str) -> None:
        """Remove an empty folder."""
        with self._parent(path) as (folder, name):
            os.rmdir(name, dir_fd=folder)

    def names(self, path: str) -> list[str]:
        """Return all names in a folder (``""``: the root); none if there is no such folder."""
        with (
            suppress(FileNotFoundError),
            self._folder(path) as folder,
            os.scandir(folder) as entries,
        ):
            return [entry.name for entry in entries]
        return []

    def sync_names(self, paths: Iterable[str]) -> None:
        """Wait until the disk knows what has these names, where its file system promises it."""
        for path in sorted({path.rpartition("/")[0] for path in paths}):
            with suppress(OSError, RefusedError), self._folder(path) as folder:
                os.fsync(folder)

    @contextmanager
    def _parent(self, path: str) -> Iterator[tuple[int, str]]:
        folder, _, name = path.rpartition("/")
        with self._folder(folder) as descriptor:
            yield descriptor, name

    @contextmanager
    def _folder(self, path: str) -> Iterator[int]:
        descriptor = os.dup(self._root)
        try:
            for name in path.split("/") if path else ():
                inner = _open_folder(name, descriptor)
                os.close(descriptor)
                descriptor = inner
            yield descriptor
        finally:
            os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all bytes at the file's position: the system may take fewer at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _open_folder(name: str, parent: int) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=parent)
    except OSError:
        # Which error a link gives differs between systems.
        with suppress(FileNotFoundError):
            _refuse_link(name, os.lstat(name, dir_fd=parent))
        raise


def _refuse_special(name: str, status: os.stat_result) -> None:
    _refuse_link(name, status)
    if not stat.S_ISREG(status.st_mode):
        message = f"`{name}` is not a regular file"
        raise RefusedError(message)


def _refuse_link(name: str, status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        message = f"`{name}` is a symbolic link"
        raise RefusedError(message)


def _read_all(descriptor: int) -> bytes:
    parts = []
    while part := os.read(descriptor, _CHUNK):
        parts.append(part)
    return b"".join(parts)
