"""Which documents there are, and whether anything has changed since the index was written.

`os.scandir` decides, not Git: untracked files, skip-worktree and fsmonitor would hide changes.
"""

from __future__ import annotations

import os
import stat
from array import array
from pathlib import Path

import msgspec

from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.model.settings import FOLDER_KINDS, Settings

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
    kinds = {
        folder: FOLDER_KINDS[name]
        for name, folders in settings.folders.items()
        for folder in folders
    }
    scan = Scan([], [])
    links: dict[str, None] = {}
    for folder in sorted(kinds):
        if not any(folder.startswith(f"{other}/") for other in kinds):
            link = _find_link(str(root), folder)
            if link:
                links[link] = None
            else:
                _scan_folder(str(root), folder, kinds[folder], kinds, scan)
    for link in links:
        hint = "put the folder itself here"
        scan.diagnostics.append(_error(link, "not-a-regular-file", "a symbolic link", hint))
    return scan


def _find_link(root: str, folder: str) -> str:
    """Return the first folder on the way to one that is a link, or ``""``."""
    steps = folder.split("/")
    ways = ("/".join(steps[:count]) for count in range(1, len(steps) + 1))
    return next((way for way in ways if os.path.islink(f"{root}/{way}")), "")  # noqa: PTH114


class _Collected:
    """The entries of one folder, as far as they have been looked at."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.numbers: list[int] = []
        self.subfolders: list[str] = []
        self.newest = 0
        self.is_repository = False

    def add_file(self, name: str, stamp: os.stat_result) -> None:
        modified, changed = stamp.st_mtime_ns, stamp.st_ctime_ns
        self.names.append(name)
        self.numbers += (modified, changed, stamp.st_size, stamp.st_ino)
        if changed > self.newest or modified > self.newest:
            self.newest = max(modified, changed, self.newest)


def _scan_folder(root: str, folder: str, kind: str, kinds: dict[str, str], scan: Scan) -> None:
    found = _Collected()
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                _look_at(entry, folder, found, scan)
    except FileNotFoundError:
        return
    except OSError as error:
        scan.diagnostics.append(_unreadable(folder, error))
        return
    if found.is_repository:
        message = "a submodule or another repository inside a folder of documents"
        hint = "keep it outside the workspace"
        scan.diagnostics.append(_error(folder, "not-a-regular-file", message, hint))
        return
    if found.names:
        # Inodes of some file systems exceed a signed number of 64 bits.
        stamps = array("Q", [number & 0xFFFFFFFFFFFFFFFF for number in found.numbers])
        scan.folders.append(ScannedFolder(folder, kind, found.names, stamps, found.newest))
    for name in sorted(found.subfolders):
        path = f"{folder}/{name}"
        _scan_folder(root, path, kinds.get(path, kind), kinds, scan)


def _look_at(entry: os.DirEntry[str], folder: str, found: _Collected, scan: Scan) -> None:
    name = entry.name
    if name[0] in "._":
        found.is_repository |= name == ".git"
        return
    is_document = name.endswith(".md") and name != "README.md"
    if is_document and entry.is_file(follow_symlinks=False) and _is_plain(name):
        found.add_file(name, entry.stat(follow_symlinks=False))
    elif is_document or (entry.is_symlink() and entry.is_dir()):
        scan.diagnostics.append(_irregular(f"{folder}/{name}", entry))
    elif entry.is_dir(follow_symlinks=False):
        if _is_plain(name):
            found.subfolders.append(name)
        else:
            scan.diagnostics.append(_odd_name(f"{folder}/{name}"))


def _is_plain(name: str) -> bool:
    return (name.isascii() and name.isprintable()) or (name.isprintable() and _is_utf8(name))


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _irregular(path: str, entry: os.DirEntry[str]) -> Diagnostic:
    if not _is_plain(entry.name):
        return _odd_name(path)
    if entry.is_symlink():
        message, hint = "a symbolic link", "put the file itself here"
    elif entry.is_dir(follow_symlinks=False):
        message, hint = "a folder whose name ends in `.md`", "rename the folder"
    else:
        message, hint = "neither a file nor a folder", "remove it"
    return _error(path, "not-a-regular-file", message, hint)


def _odd_name(path: str) -> Diagnostic:
    shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
    message = "a file name with characters that cannot be shown"
    return _error(shown, "invalid-path", message, "rename the file")


def _unreadable(path: str, error: OSError) -> Diagnostic:
    message = f"cannot be read: {error.strerror or error}"
    return _error(path, "unreadable-file", message, "check its permissions")


def _error(path: str, rule: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Location(path), rule, Severity.ERROR, message, hint)


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
        return _unreadable(path, error)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return _error(path, "not-a-regular-file", "no longer a regular file", "put it back")
        return _read(handle)
    except OSError as error:
        return _unreadable(path, error)
    finally:
        os.close(handle)


_READ_ONLY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
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
