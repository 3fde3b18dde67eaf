"""Proofs beside commits: lines in Git notes of ``refs/notes/plainwork``.

A note is a set of lines, sorted. Who writes one while others do the same begins again from what
they wrote; two histories of notes are joined by ``git notes merge --strategy=cat_sort_uniq``. So
no line is ever lost.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from pathlib import Path

from plainwork.errors import RepositoryError
from plainwork.storage.git_command import GitCommand
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.repository import Repository
from plainwork.storage.scan import MOST_READ

NOTES = "refs/notes/plainwork"

MOST_LINES = 50
"""Lines of one note that are looked at: a decision is seldom made twice, a flood is no proof."""

_ATTEMPTS = 50
"""Others who write at the same time are done in milliseconds; so many of them there are not."""

_NOBODY = "0" * 40
_WRITER = ("-c", "user.name=plainwork", "-c", "user.email=plainwork@localhost")
_UNKNOWN = (1, 128)


def load_notes(root: Path, commits: Collection[str]) -> Mapping[str, tuple[bytes, ...]]:
    """Return the lines that the notes of some commits hold; without a note there are none.

    Raises:
        RepositoryError: Outside of Git.
    """
    with Repository.open_at(root) as repository:
        noted = _list_notes(repository)
        found = [commit for commit in commits if commit in noted]
        blobs = repository.read_blobs(noted[commit] for commit in found)
        return {commit: _lines(data) for commit, data in zip(found, blobs, strict=True)}


def list_notes(root: Path) -> Mapping[str, str]:
    """Return the commits that have notes, each with the object of its note.

    Raises:
        RepositoryError: Outside of Git.
    """
    with Repository.open_at(root) as repository:
        return _list_notes(repository)


def write_note(root: Path, commit: str, line: bytes) -> None:
    """Add a line to the note of a commit, if it is not there yet.

    Raises:
        RepositoryError: Outside of Git, or if notes cannot be written.
    """
    folder = find_git_folder(root)
    git = GitCommand(folder.worktree if folder else root)
    draft = f"{NOTES}-{secrets.token_hex(8)}"
    try:
        for _ in range(_ATTEMPTS):
            if line in load_notes(root, [commit]).get(commit, ()):
                return
            _write(git, draft, commit, line)
    finally:
        git.run("update-ref", "-d", draft, allow=_UNKNOWN)
    message = f"{NOTES}: others write at the same time; try again"
    raise RepositoryError(message)


def _list_notes(repository: Repository) -> dict[str, str]:
    """Return the blob of each commit's note."""
    tip = repository.find_reference(NOTES)
    if not tip:
        return {}
    return {entry.path.replace("/", ""): entry.oid for entry in repository.list_tree(tip)}


def _write(git: GitCommand, draft: str, commit: str, line: bytes) -> None:
    """Add a line on a draft of all notes, and put that in place if nobody else was faster."""
    before = git.ask("rev-parse", "--verify", "--quiet", NOTES, allow=_UNKNOWN)
    git.run("update-ref", *([draft, before] if before else ["-d", draft]))
    known = git.run("notes", f"--ref={draft}", "show", commit, allow=_UNKNOWN)
    lines = sorted({*known.splitlines(), line} - {b""})
    blob = git.run("hash-object", "-w", "--stdin", data=b"".join(each + b"\n" for each in lines))
    options = ("add", "--force", f"--reuse-message={blob.decode().strip()}", commit)
    git.run(*_WRITER, "notes", f"--ref={draft}", *options)
    after = git.ask("rev-parse", "--verify", draft)
    # Refused if somebody else was faster; then the next attempt begins from what they wrote.
    git.run("update-ref", NOTES, after, before or _NOBODY, allow=_UNKNOWN)


def _lines(data: bytes) -> tuple[bytes, ...]:
    if len(data) >= MOST_READ:
        return ()
    return tuple(line for line in data.split(b"\n") if line)[:MOST_LINES]
