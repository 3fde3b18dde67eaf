"""The folder that a site is written to, shared with whatever else lies there.

Files are first made in a folder aside and then put into their places, each in one step: a build
that fails before that leaves the old site as it was. A list says which files are the site's own;
nothing else is ever written or removed. No step of a path follows a symbolic link.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from plainwork.errors import StorageError, UsageError
from plainwork.site.address import is_address

OWN_FILES = ".plainwork-files"
"""The site's own files, an address a line."""

_ASIDE = ".plainwork-new"
_IGNORE = ".gitignore"
_OPEN = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_IN_THE_WAY = (errno.EEXIST, errno.ELOOP, errno.ENOTDIR, None)
"""There is a file or a link where a folder must be; of a link, `shutil` gives no number."""

_MARKERS = ("plainwork.toml", ".git")


class SiteFolder:
    """A folder that nobody else builds a site in meanwhile.

    Its methods raise StorageError if the system refuses.
    """

    def __init__(self, path: Path, root: int) -> None:
        self.path = path
        self._root = root
        self._is_new = not os.listdir(root)
        self._folders: dict[str, int] = {}
        self._aside: dict[str, int] = {}
        self._new: set[str] = set()

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[SiteFolder]:
        """Open a folder, which is made if there is none, and wait until it is free.

        Raises:
            UsageError: If it is no place for a site.
            StorageError: If it cannot be made or opened.
        """
        with _explained(Path()):
            path.mkdir(parents=True, exist_ok=True)
        with _explained(path):
            for name in _MARKERS:
                if os.path.lexists(path / name):
                    message = f"{path}: there is a {name} in it; a site needs a folder of its own"
                    raise UsageError(message)
            root = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            folder = cls(path, root)
            try:
                fcntl.flock(root, fcntl.LOCK_EX)
                yield folder
            finally:
                folder.finish()
                os.close(root)

    def own_files(self) -> set[str]:
        """Return the addresses of the files that builds have written here.

        The list may have come from anywhere, with a branch say: what leads out of the folder is
        none of ours.
        """
        try:
            descriptor = os.open(OWN_FILES, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=self._root)
        except FileNotFoundError:
            return set()
        with open(descriptor, encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            return set(filter(is_address, map(str.rstrip, file)))

    def stamps(self, folders: Iterable[str]) -> Mapping[str, tuple[int, int]]:
        """Return size and time of the files in some folders, by address."""
        found: dict[str, tuple[int, int]] = {}
        for folder in folders:
            prefix = f"{folder}/" if folder else ""
            try:
                descriptor = self._root if not folder else _open_folder(folder, self._root)
            except FileNotFoundError:
                continue
            with os.scandir(descriptor) as entries:
                for entry in entries:
                    status = entry.stat(follow_symlinks=False)
                    if not stat.S_ISDIR(status.st_mode):
                        found[prefix + entry.name] = status.st_size, status.st_mtime_ns
            if folder:
                os.close(descriptor)
        return found

    def begin(self, addresses: Iterable[str]) -> None:
        """Make the folders that files will be made in, and put into.

        Git is kept from looking at a folder that was made for the site, and at no other.
        """
        self._remove_aside()
        os.mkdir(_ASIDE, dir_fd=self._root)
        aside = _open_folder(_ASIDE, self._root)
        self._aside[""], self._folders[""] = aside, self._root
        if self._is_new:  # first: to the build after one that is killed it is not new
            self._write_here(_IGNORE, "*\n")
        for name in sorted({address.rpartition("/")[0] for address in addresses} - {""}):
            os.mkdir(name, dir_fd=aside)
            self._aside[name] = _open_folder(name, aside)
            with suppress(FileExistsError):
                os.mkdir(name, dir_fd=self._root)
                self._new.add(name)
            self._folders[name] = _open_folder(name, self._root)

    def make(self, address: str, data: bytes) -> tuple[int, int]:
        """Make a file aside; return its size and time."""
        folder, _, name = address.rpartition("/")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        descriptor = os.open(name, flags, 0o666, dir_fd=self._aside[folder])
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            status = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        return status.st_size, status.st_mtime_ns

    def read(self, address: str) -> bytes | None:
        """Return the bytes of a file in its place, or None if there is none."""
        folder, _, name = address.rpartition("/")
        try:
            descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=self._folders[folder])
        except OSError:
            return None
        with open(descriptor, "rb") as file:  # noqa: PTH123
            return file.read()

    def place(self, addresses: Iterable[str]) -> None:
        """Put files that were made aside into their places; new folders in one step."""
        for name in self._new:
            os.rename(name, name, src_dir_fd=self._aside[""], dst_dir_fd=self._root)
        for address in addresses:
            folder, _, name = address.rpartition("/")
            if folder not in self._new:
                places = self._aside[folder], self._folders[folder]
                os.rename(name, name, src_dir_fd=places[0], dst_dir_fd=places[1])

    def remove(self, addresses: Iterable[str]) -> None:
        """Remove files of the site, and folders that become empty by that."""
        emptied: set[str] = set()
        for address in addresses:
            folder, _, name = address.rpartition("/")
            with suppress(FileNotFoundError, NotADirectoryError):
                descriptor = _open_folder(folder, self._root) if folder else self._root
                try:
                    os.unlink(name, dir_fd=descriptor)
                finally:
                    if folder:
                        os.close(descriptor)
            emptied.add(folder)
        for folder in emptied - {""}:
            with suppress(OSError):
                os.rmdir(folder, dir_fd=self._root)

    def write_own_files(self, addresses: Iterable[str]) -> None:
        """Write down which files are the site's own."""
        text = "".join(f"{address}\n" for address in sorted(addresses))
        self._write_here(OWN_FILES, text)

    def finish(self) -> None:
        """Remove what is left aside."""
        folders = {*self._folders.values(), *self._aside.values()}
        for descriptor in folders - {self._root}:
            os.close(descriptor)
        self._folders.clear()
        self._aside.clear()
        self._remove_aside()
        for name in self._new:  # where a build failed, nothing has been put into them
            with suppress(OSError):
                os.rmdir(name, dir_fd=self._root)

    def _write_here(self, name: str, text: str) -> None:
        self.make(name, text.encode())
        os.rename(name, name, src_dir_fd=self._aside[""], dst_dir_fd=self._root)

    def _remove_aside(self) -> None:
        if os.path.lexists(self.path / _ASIDE):
            import shutil

            shutil.rmtree(_ASIDE, dir_fd=self._root)


def _open_folder(name: str, parent: int) -> int:
    return os.open(name, _OPEN, dir_fd=parent)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"{path / str(error.filename or '')}: {error.strerror or error}"
        if error.errno in _IN_THE_WAY:
            message += "; move it away, or choose another --output"
        raise StorageError(message) from error
