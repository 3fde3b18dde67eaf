"""What Git knows, asked by name; answers are plainwork's own values.

Paths are relative to the workspace's root, which may be a folder of the repository.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from itertools import islice
from pathlib import Path

from plainwork.errors import RepositoryError, UsageError
from plainwork.storage.commit_history import CommitHistory, PathVersion, TreeEntry
from plainwork.storage.commit_log import split_records
from plainwork.storage.git_command import GitCommand, literal, parse_time
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.git_questions import Identity
from plainwork.storage.scan import MOST_READ

__all__ = ["PathVersion", "Repository", "TreeEntry", "initialise_repository"]

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_UNKNOWN = (1, 128)
"""What `rev-parse` exits with if there is no such thing."""

_BATCH = 500
_CHUNK = 1 << 16


class Repository(CommitHistory):
    """The repository around a workspace."""

    @classmethod
    @contextmanager
    def open(cls, root: Path) -> Iterator[Repository]:
        """Open the repository around a workspace.

        Raises:
            RepositoryError: If there is none, or Git is missing or refuses.
        """
        folder = find_git_folder(root)
        if folder is None:
            message = f"{root}: not inside a Git work tree; `git init` starts a repository"
            raise RepositoryError(message)
        git = GitCommand(folder.worktree)
        git.run("rev-parse", "--git-dir")  # refuses if it trusts neither folder nor format
        yield cls(git, folder.worktree, root)

    @classmethod
    @contextmanager
    def open_at(cls, source: Path, workspace: str = "") -> Iterator[Repository]:
        """Open a repository to read commits of a workspace that need not be checked out.

        Args:
            source: A folder of its working tree, or a bare repository.
            workspace: The workspace's folder in it, or ``""`` for its top.

        Raises:
            RepositoryError: If there is none, or Git is missing or refuses.
        """
        folder = find_git_folder(source)
        top = folder.worktree if folder else Path(os.path.realpath(source))
        git = GitCommand(top)
        git.run("rev-parse", "--git-dir")
        yield cls(git, top, top / workspace)

    # Revisions

    def head(self) -> str | None:
        """Return the commit that is checked out, or None before the first."""
        return self._find("HEAD^{commit}") or None

    def find_reference(self, name: str) -> str:
        """Return the commit of a reference such as ``refs/heads/main``, or ``""``."""
        return self._find(f"{name}^{{commit}}")

    def resolve(self, revision: str) -> str:
        """Return the full hash of a revision such as ``main`` or ``HEAD~2``.

        Raises:
            UsageError: If Git knows no commit by that name.
        """
        if revision.strip() and "\0" not in revision:
            found = self._find(revision)
            commit = self._find(f"{found}^{{commit}}") if _HASH.fullmatch(found) else ""
            if commit:
                return commit
        message = f"{revision}: no such revision; give a date (YYYY-MM-DD), a branch, tag or commit"
        raise UsageError(message)

    def resolve_day(self, day: date, zone: tzinfo) -> str:
        """Return the last first-parent commit of HEAD that was made by the end of a day.

        Raises:
            UsageError: If history begins later.
        """
        first = "nothing is committed yet"
        log = ("log", "--first-parent", "--format=%H %ct", "HEAD")
        for line in self._git.ask(*log, allow=(128,)).splitlines():
            commit, _, seconds = line.partition(" ")
            made = datetime.fromtimestamp(parse_time(seconds), zone).date()
            if made <= day:
                return commit
            first = f"the first is of {made}"
        message = f"{day}: there is no commit of that day or before; {first}"
        raise UsageError(message)

    def _find(self, name: str) -> str:
        """Return the object of a name, or ``""``."""
        options = ("--verify", "--quiet", "--end-of-options")
        return self._git.ask("rev-parse", *options, name, allow=_UNKNOWN)

    # Files of commits

    def list_tree(self, commit: str) -> Iterator[TreeEntry]:
        """Yield every file of the workspace at a commit."""
        listing = ("ls-tree", "-r", "-z", "--full-tree", commit, "--", *self._folder)
        with self._git.stream(*listing) as output:
            for record in split_records(output):
                meta, _, path = record.partition(b"\t")
                mode, _, oid = meta.decode().split(" ")
                yield TreeEntry(mode, oid, self._inside(path))

    def read_blobs(self, oids: Iterable[str]) -> Iterator[bytes]:
        """Yield the bytes of blobs, in order; of large ones as many as are read of files.

        Raises:
            RepositoryError: If one is missing.
        """
        rest = iter(oids)
        while batch := list(islice(rest, _BATCH)):
            # Git is done before anyone sees an answer: who parses them may start processes.
            yield from list(self._read_batch(batch))

    def _read_batch(self, oids: Sequence[str]) -> Iterator[bytes]:
        wanted = "".join(f"{oid}\n" for oid in oids).encode()
        with self._git.stream("cat-file", "--batch", data=wanted) as output:
            while header := output.readline():
                oid, kind, *size = header.decode().split()
                if kind != "blob":
                    message = f"object {oid} is missing; `git fsck` says what is wrong"
                    raise RepositoryError(message)
                rest = int(size[0])
                data = output.read(min(rest, MOST_READ))
                yield data
                rest += 1 - len(data)  # a line feed ends it
                while rest and (part := output.read(min(rest, _CHUNK))):
                    rest -= len(part)

    def read_file(self, commit: str, path: str) -> bytes | None:
        """Return the bytes of a file of the workspace at a commit, or None."""
        oid = self._find(f"{commit}:{self._prefix}{path}")
        return next(self.read_blobs([oid])) if oid else None

    def read_files(self, places: Iterable[tuple[str, str]]) -> Iterator[bytes]:
        """Yield the bytes of files of the workspace, given commit and path of each.

        Raises:
            RepositoryError: If one was not there.
        """
        return self.read_blobs(f"{commit}:{self._prefix}{path}" for commit, path in places)

    # Branches

    def unmerged_branches(self) -> list[tuple[str, str]]:
        """Return (name, commit) of each local branch that has commits which HEAD has not."""
        form = "--format=%(objectname) %(refname:short)"
        output = self._git.ask("for-each-ref", "--no-merged=HEAD", form, "refs/heads")
        lines = (line.partition(" ") for line in output.splitlines())
        return [(name, commit) for commit, _, name in lines]

    def added_on(self, commit: str) -> Iterator[TreeEntry]:
        """Yield the files that a branch has added, not moved, since it left HEAD's history."""
        base = self._git.ask("merge-base", "HEAD", commit, allow=_UNKNOWN)
        if not base:
            return
        options = ("--raw", "-r", "-z", "--find-renames", "--diff-filter=A", "--abbrev=64")
        diff = ("diff-tree", *options, base, commit, "--", *self._folder)
        with self._git.stream(*diff) as output:
            records = split_records(output)
            for record in records:
                _, mode, _, oid, _ = record.decode().split(" ")
                yield TreeEntry(mode, oid, self._inside(next(records)))

    def added_at(self, commit: str, path: str) -> int | None:
        """Return when a path was last added in the history of a commit, in seconds, or None."""
        options = ("--max-count=1", "--diff-filter=A", "--no-renames", "--format=%h %ct")
        found = self._git.ask("log", *options, commit, "--", literal(f"{self._prefix}{path}"))
        return parse_time(found.partition(" ")[2]) if found else None

    # Writing

    def commit_paths(self, paths: Sequence[str], message: str) -> str:
        """Commit exactly these paths, whatever else is staged; return the commit.

        Raises:
            RepositoryError: If Git refuses: no identity, a hook, a merge under way.
        """
        names = {f"{self._prefix}{path}" for path in paths}
        known = names & self._list_index()
        new = {name for name in names - known if os.path.lexists(self._top / name)}
        if not known | new:
            message = "git commit: it knows none of these paths"
            raise RepositoryError(message)
        given = ("--pathspec-from-file=-", "--pathspec-file-nul")
        commit = ("commit", "--quiet", "--only", f"--message={message}", *given)
        try:
            if new:
                self._git.run("add", "--intent-to-add", *given, data=_join(map(literal, new)))
            self._git.run(*commit, data=_join(map(literal, known | new)))
        except BaseException:
            forget = ("update-index", "--force-remove", "-z", "--stdin")
            self._git.run(*forget, allow=_UNKNOWN, data=_join(new))
            raise
        return self.resolve("HEAD")

    def _list_index(self) -> set[str]:
        output = self._git.run("ls-files", "-z", "--", *self._folder)
        return {os.fsdecode(name) for name in output.split(b"\0")}

    def set_identity(self, identity: Identity) -> None:
        """Say who works in this repository, whoever works in others."""
        self._git.run("config", "user.name", identity.name)
        self._git.run("config", "user.email", identity.email)

    def fast_import(self, stream: Iterable[bytes]) -> None:
        """Write commits from a `git fast-import` stream, then check out ``main``."""
        self._git.run("fast-import", "--quiet", "--date-format=raw", data=b"".join(stream))
        self._git.run("reset", "--quiet", "--hard", "main")


def initialise_repository(directory: Path) -> None:
    """Start a repository with the branch ``main`` in a folder.

    Raises:
        RepositoryError: If Git is missing or refuses.
    """
    GitCommand(directory).run("init", "--quiet", "--initial-branch=main")


def _join(names: Iterable[str]) -> bytes:
    return b"".join(os.fsencode(name) + b"\0" for name in names)
