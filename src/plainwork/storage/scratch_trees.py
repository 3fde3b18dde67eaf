"""The files of commits that are judged: whole trees, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from plainwork.errors import RepositoryError
from plainwork.storage.repository import TreeEntry
from plainwork.storage.scratch import Scratch, check_hash

_NOTHING = "000000"

Tree = dict[str, TreeEntry]
"""Files by path, from the repository's top; undecodable bytes as surrogates."""


class FileChange(msgspec.Struct, frozen=True):
    """One path whose entry differs; None: there is none on that side."""

    path: str
    before: TreeEntry | None
    after: TreeEntry | None


@lru_cache(maxsize=2)  # a decision asks for the base's again for each commit that was reviewed
def load_tree(scratch: Scratch, tree: str) -> Tree:
    """Return every file of a commit or tree."""
    found: Tree = {}
    for record in _records(scratch.run("ls-tree", "-r", "-z", "--full-tree", check_hash(tree))):
        meta, _, path = record.partition("\t")
        mode, _, oid = meta.split(" ")
        found[path] = TreeEntry(mode, oid, path)
    return found


def load_tree_and_parents(scratch: Scratch, commit: str) -> list[str]:
    """Return the tree of a commit, then its parents."""
    header = scratch.read_commit(commit).partition(b"\n\n")[0].decode("utf-8", "replace")
    lines = (line.split(" ") for line in header.split("\n"))
    return [words[1] for words in lines if words[0] in ("tree", "parent")]


@lru_cache(maxsize=2)  # of what is counted first and judged then
def load_differences(scratch: Scratch, before: str, after: str) -> tuple[FileChange, ...]:
    """Return what differs between two commits or trees, by path; a rename is two changes."""
    options = ("-r", "-z", "--raw", "--no-renames", "--abbrev=40")
    records = _records(scratch.run("diff-tree", *options, check_hash(before), check_hash(after)))
    return tuple(_change(meta, path) for meta, path in zip(records, records, strict=True))


def apply_differences(tree: Tree, changes: tuple[FileChange, ...]) -> Tree:
    """Return a tree with some files as they are after a change."""
    found = dict(tree)
    for change in changes:
        if change.after is None:
            found.pop(change.path, None)
        else:
            found[change.path] = change.after
    return found


def _change(meta: str, path: str) -> FileChange:
    old_mode, new_mode, old, new, _ = meta.removeprefix(":").split(" ")
    return FileChange(
        path,
        TreeEntry(old_mode, old, path) if old_mode != _NOTHING else None,
        TreeEntry(new_mode, new, path) if new_mode != _NOTHING else None,
    )


def _records(output: bytes) -> Iterator[str]:
    """Yield what stands in front of each NUL."""
    text = output.decode("utf-8", "surrogateescape")
    if text and not text.endswith("\0"):
        message = "git: an answer that is cut off"
        raise RepositoryError(message)
    return iter(text.split("\0")[:-1])
