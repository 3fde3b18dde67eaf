"""Which documents there are, and whether anything has changed since the index was written.

`os.scandir` decides, not Git: untracked files, skip-worktree and fsmonitor would hide changes.
"""

from __future__ import annotations

import os
import stat
from array import array
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import msgspec

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.settings import Settings
from plainwork.storage.document_names import (
    inner_repository,
    is_hidden,
    is_plain,
    link,
    misnamed_folder,
    names_document,
    odd_name,
    special_file,
    unreadable,
    way_to,
)

MARKER = "plainwork.toml"
"""What marks the root of a workspace, and holds its settings."""

MOST_READ = 1024 * 1024 + 1
"""One byte more than a document may have, so that it is seen to be too large."""

STAMPS = 4
"""Numbers kept for each file: mtime and ctime in nanoseconds, size in bytes, inode."""


class ScannedFolder(msgspec.Struct):
    """The documents directly in one folder.

    Attributes:
        path: From the workspace's root, with ``/``.
        kind: The kind of document that it holds.
        names: File names; ``stamps`` has :data:`STAMPS` numbers for each.
        newest: The latest of all stamps of time, in nanoseconds.
    """

    path: str
    kind: str
    names: list[str]
    stamps: array[int]
    newest: int


class Scan(msgspec.Struct):
    """Every folder of documents, and what stands there that is no document."""

    folders: list[ScannedFolder]
    diagnostics: list[Diagnostic]


def scan_workspace(root: Path, settings: Settings) -> Scan:
    """Walk the folders of documents; nothing is opened and no link is followed."""
    kinds = settings.folder_kinds
    scan = Scan([], [])
    links: dict[str, None] = {}
    for folder in sorted(kinds):
        if not any(folder.startswith(f"{other}/") for other in kinds):
            linked = _find_link(str(root), folder)
            if linked:
                links[linked] = None
            else:
                _scan_tree(str(root), folder, kinds, scan)
    scan.diagnostics.extend(map(link, links))
    return scan


def _find_link(root: str, folder: str) -> str:
    """Return the first folder on the way to one that is a link, or ``""``."""
    ways = way_to(folder)
    return next((way for way in ways if os.path.islink(f"{root}/{way}")), "")  # noqa: PTH114


class _Folder:
    """One folder, while its entries are looked at."""

    def __init__(self, path: str, scan: Scan) -> None:
        self._path = path
        self._scan = scan
        self._names: list[str] = []
        self._numbers: list[int] = []
        self.subfolders: list[str] = []
        self.is_repository = False

    def look_at(self, entries: Iterable[os.DirEntry[str]]) -> None:
        """Collect the stamps of documents, and look closer at everything else."""
        names, numbers = self._names, self._numbers
        for entry in entries:
            name = entry.name
            # The names of documents, written out once more: this is most of a command's time.
            if (
                name.endswith(".md")
                and name[0] not in "._"
                and name.isprintable()
                and name != "README.md"
                and entry.is_file(follow_symlinks=False)
            ):
                try:
                    stamp = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # removed while we look: the others are still there
                    continue
                names.append(name)
                numbers += (stamp.st_mtime_ns, stamp.st_ctime_ns, stamp.st_size, stamp.st_ino)
            else:
                self._look_closer(entry)

    def finish(self, kind: str) -> None:
        """Add what was collected, if there is anything, to the scan."""
        if not self._names:
            return
        try:
            stamps = array("Q", self._numbers)
        except OverflowError:  # times before 1970
            stamps = array("Q", [number & 0xFFFFFFFFFFFFFFFF for number in self._numbers])
        newest = max(chain(stamps[0::STAMPS], stamps[1::STAMPS]))
        self._scan.folders.append(ScannedFolder(self._path, kind, self._names, stamps, newest))

    def _look_closer(self, entry: os.DirEntry[str]) -> None:
        name = entry.name
        if is_hidden(name):
            self.is_repository |= name == ".git"
        elif names_document(name) or (entry.is_symlink() and entry.is_dir()):
            self._scan.diagnostics.append(_irregular(f"{self._path}/{name}", entry))
        elif entry.is_dir(follow_symlinks=False):
            if is_plain(name):
                self.subfolders.append(name)
            else:
                self._scan.diagnostics.append(odd_name(f"{self._path}/{name}"))


def _scan_tree(root: str, top: str, kinds: dict[str, str], scan: Scan) -> None:
    waiting = [top]
    kind_of = {top: kinds[top]}
    while waiting:
        folder = waiting.pop()
        kind = kind_of.pop(folder)
        for name in sorted(_scan_folder(root, folder, kind, scan), reverse=True):
            path = f"{folder}/{name}"
            kind_of[path] = kinds.get(path, kind)
            waiting.append(path)


def _scan_folder(root: str, folder: str, kind: str, scan: Scan) -> list[str]:
    """Scan one folder and return the names of those in it."""
    found = _Folder(folder, scan)
    try:
        # From an open folder, the system finds each file in it without the way from its root.
        opened = os.open(f"{root}/{folder}", _FOLDER)
        try:
            with os.scandir(opened) as entries:
                found.look_at(entries)
        finally:
            os.close(opened)
    except FileNotFoundError:
        return []
    except OSError as error:
        scan.diagnostics.append(unreadable(folder, error))
        return []
    if found.is_repository:
        scan.diagnostics.append(inner_repository(folder))
        return []
    found.finish(kind)
    return found.subfolders


def _irregular(path: str, entry: os.DirEntry[str]) -> Diagnostic:
    if entry.is_symlink():
        return link(path)
    if entry.is_dir(follow_symlinks=False):
        return misnamed_folder(path)
    return special_file(path) if is_plain(entry.name) else odd_name(path)


def read_document_file(root: Path, path: str) -> bytes | Diagnostic | None:
    """Read a file that was scanned; of a large one :data:`MOST_READ` bytes.

    Returns:
        Its bytes, a diagnostic if it cannot be read, or None if it is gone by now.
    """
    try:
        # A file may have become a link or a pipe since the scan: neither is followed.
        handle = os.open(f"{root}/{path}", _READ_ONLY)
    except FileNotFoundError:
        return None
    except OSError as error:
        return unreadable(path, error)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return special_file(path)
        return _read(handle)
    except OSError as error:
        return unreadable(path, error)
    finally:
        os.close(handle)


_READ_ONLY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_CHUNK = 1 << 16


def _read(handle: int) -> bytes:
    data = os.read(handle, _CHUNK)
    if len(data) < _CHUNK:
        return data
    parts = [data]
    size = len(data)
    while size < MOST_READ and (data := os.read(handle, _CHUNK)):
        parts.append(data)
        size += len(data)
    return b"".join(parts)
