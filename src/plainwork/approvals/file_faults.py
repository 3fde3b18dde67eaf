"""Files that no approval makes right: links, hidden content, names that mislead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from unicodedata import normalize

import msgspec

from plainwork.approvals.path_form import explain_path
from plainwork.model.change import Fault

_REGULAR = ("100644", "100755")
_EXECUTABLE = "100755"
_POINTER = b"version https://git-lfs.github.com/spec/"


class JudgedFile(msgspec.Struct, frozen=True):
    """A file of the result that rules speak of, or that lies among documents.

    Attributes:
        path: From the workspace's root; bytes that are not UTF-8 as surrogates.
        place: The same from the repository's top.
        mode: Git's.
        start: Its first bytes.
        document: Whether it is a document, or the settings.
        added: Whether nothing was at its path.
    """

    path: str
    place: str
    mode: str
    start: bytes
    document: bool
    added: bool


def find_file_faults(files: Iterable[JudgedFile]) -> Iterator[Fault]:
    """Yield what is wrong with files by themselves."""
    for file in files:
        shown = file.path.encode("utf-8", "backslashreplace").decode()
        if file.mode not in _REGULAR:
            message = "a link or another repository, not a file"
            yield Fault("not-a-regular-file", message, "put the file itself here", shown)
        elif file.document and file.mode == _EXECUTABLE:
            message = "a document that can be executed"
            yield Fault("executable-document", message, "`git update-index --chmod=-x`", shown)
        elif file.start.startswith(_POINTER):
            message = "its content is kept elsewhere (Git LFS), so nobody can review it"
            yield Fault("lfs-pointer", message, "commit the file itself", shown)
        why = explain_path(file.place) if file.added else ""
        if why:
            yield Fault("invalid-path", why, "rename the file", shown)


def find_collisions(added: Iterable[str], there: Iterable[str]) -> Iterator[Fault]:
    """Yield the new paths that some systems take for another one, or for one of its folders.

    Args:
        added: New paths.
        there: Paths of every document and of the settings in the result.
    """
    spelled: dict[str, str] = {}
    new = frozenset(added)
    for path in sorted(there, key=lambda path: path in new):  # what was there first is right
        for part in _prefixes(path):
            spelled.setdefault(_fold(part), part)
    for path in sorted(new):
        known = next((k for part in _prefixes(path) if (k := _other(part, spelled))), "")
        if known:
            message = f"some systems take it for `{known}`"
            yield Fault("name-collision", message, "give it another name", path)


def _other(path: str, spelled: Mapping[str, str]) -> str:
    known = spelled.get(_fold(path), path)
    return known if known != path else ""


def _prefixes(path: str) -> list[str]:
    """Return a path and every folder above it, outer before inner."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _fold(path: str) -> str:
    if path.isascii():
        return path.lower()
    return normalize("NFC", normalize("NFD", path).casefold())
