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
from typing import IO

import msgspec

from plainwork.errors import RepositoryError, UsageError
from plainwork.model.history import Commit
from plainwork.storage.commit_log import COMMIT_OPTIONS, LOG_OPTIONS, parse_log
from plainwork.storage.git_command import GitCommand, literal, parse_time
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.git_questions import Identity
from plainwork.storage.scan import MOST_READ

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_UNKNOWN = (1, 128)
"""What `rev-parse` exits with if there is no such thing."""

_BATCH = 500
_CHUNK = 1 << 16


class TreeEntry(msgspec.Struct, frozen=True):
    """One file of a commit: its mode (``100644``), object and path."""

    mode: str
    oid: str
    path: str


class LoggedCommit(msgspec.Struct, frozen=True):
    """A commit and the files that it changed, each as it is afterwards (mode 000000: gone)."""

    commit: Commit
    files: tuple[TreeEntry, ...]


class PathChange(msgspec.Struct, frozen=True):
    """A path that a commit of the first-parent history changed, and when (seconds)."""

    path: str
    time: int


class PathVersion(msgspec.Struct, frozen=True):
    """What a commit of the first-parent history made of a path.

    Attributes:
        time: When, in seconds.
        oid: Its object from then on; ``""``: it was removed.
        added: Whether it was not there before.
    """

    path: str
    time: int
    oid: str
    added: bool


class Repository:
    """The repository around a workspace."""

    def __init__(self, git: GitCommand, top: Path, root: Path) -> None:
        self._git = git
        self._top = top
        relative = os.path.relpath(os.path.realpath(root), top)
        self._prefix = "" if relative == "." else Path(relative).as_posix() + "/"
        self._folder = (literal(self._prefix),) if self._prefix else ()

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
            for record in _records(output):
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

    # History

    def commit_time(self, commit: str) -> int:
        """Return when a commit was made, in seconds."""
        return parse_time(self._git.ask("log", "--max-count=1", "--format=%ct", commit))

    def latest_changes(self, until: str, since: str = "") -> Iterator[PathChange]:
        """Yield what each commit of the first-parent history changed, newest first.

        Args:
            until: The newest commit.
            since: A commit to leave out, with all before it; ``""``: go back to the first.
        """
        range_ = f"{since}..{until}" if since else until
        options = ("--first-parent", "-m", "--raw", "-z", "--no-renames", "--format=%ct")
        with self._git.stream("log", *options, range_, "--", *self._folder) as output:
            seconds = 0
            records = _records(output)
            for record in records:
                if record.startswith((b":", b"\n:")):
                    yield PathChange(self._inside(next(records)), seconds)
                else:
                    seconds = parse_time(record.decode())

    def log(self, until: str, since: str = "") -> Iterator[LoggedCommit]:
        """Yield the commits of the first-parent history and what they changed, oldest first.

        Args:
            until: The newest commit.
            since: A commit to leave out, with all before it; ``""``: go back to the first.
        """
        range_ = f"{since}..{until}" if since else until
        options = ("--first-parent", "-m", "--reverse", *LOG_OPTIONS)
        with self._git.stream("log", *options, range_, "--", *self._folder) as output:
            for commit, files in parse_log(_records(output)):
                entries = (TreeEntry(mode, oid, self._inside(path)) for mode, oid, path in files)
                yield LoggedCommit(commit, tuple(entries))

    def merged_commits(self, merge: str, paths: Sequence[str]) -> Iterator[Commit]:
        """Yield the commits that a merge brought in and that changed one of some files."""
        options = ("--full-history", "--no-patch", *COMMIT_OPTIONS)
        given = (literal(f"{self._prefix}{path}") for path in paths)
        with self._git.stream("log", *options, f"{merge}^1..{merge}^2", "--", *given) as output:
            yield from (commit for commit, _ in parse_log(_records(output)))

    def last_commits(self, until: str, count: int) -> list[Commit]:
        """Return the last commits of a first-parent history that are no merges, oldest first."""
        options = ("--first-parent", "--no-merges", f"--max-count={count}", *COMMIT_OPTIONS)
        records = iter(self._git.run("log", *options, until, "--").split(b"\0")[:-1])
        return [commit for commit, _ in parse_log(records)][::-1]

    def is_shallow(self) -> bool:
        """Whether the history here has been cut off, as by `git clone --depth`."""
        return self._git.ask("rev-parse", "--is-shallow-repository") == "true"

    def commits(self, until: str, since: str = "") -> Iterator[Commit]:
        """Yield the commits of the first-parent history, oldest first, as :meth:`log` does."""
        range_ = f"{since}..{until}" if since else until
        options = ("--first-parent", "--reverse", "--no-patch", *COMMIT_OPTIONS)
        with self._git.stream("log", *options, range_, "--") as output:
            yield from (commit for commit, _ in parse_log(_records(output)))

    def first_parents(self, until: str) -> list[str]:
        """Return the commits of the first-parent history, newest first."""
        return self._git.ask("rev-list", "--first-parent", until, "--").split()

    def is_on_a_branch(self, commit: str) -> bool:
        """Whether a commit belongs to the history of any reference."""
        options = ("--count=1", "--format=%(refname)", f"--contains={commit}")
        return bool(self._git.ask("for-each-ref", *options, allow=(128, 129)))

    def path_versions(self, until: str, paths: Iterable[str]) -> Iterator[PathVersion]:
        """Yield what the commits of the first-parent history made of paths, newest first."""
        options = ("--first-parent", "-m", "--raw", "-z", "--no-renames", "--no-abbrev")
        rest = iter(paths)
        while batch := [literal(f"{self._prefix}{path}") for path in islice(rest, _BATCH)]:
            with self._git.stream("log", *options, "--format=%ct", until, "--", *batch) as output:
                yield from self._read_versions(_records(output))

    def _read_versions(self, records: Iterator[bytes]) -> Iterator[PathVersion]:
        seconds = 0
        for record in records:
            if not record.startswith((b":", b"\n:")):
                seconds = parse_time(record.decode())
                continue
            _, mode, old, oid, _ = record.decode().split(" ")
            path = self._inside(next(records))
            yield PathVersion(path, seconds, oid if int(mode, 8) else "", not old.strip("0"))

    def continues(self, older: str, newer: str) -> bool:
        """Whether the first-parent history of one commit goes back to another."""
        if older == newer:
            return True
        options = ("--first-parent", "--format=%P", f"{older}..{newer}", "--")
        lines = self._git.ask("rev-list", *options, allow=(128,)).splitlines()
        return bool(lines) and lines[-1].split(" ")[0] == older

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
            records = _records(output)
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

    def _inside(self, path: bytes) -> str:
        return path.decode("utf-8", "surrogateescape").removeprefix(self._prefix)


def initialise_repository(directory: Path) -> None:
    """Start a repository with the branch ``main`` in a folder.

    Raises:
        RepositoryError: If Git is missing or refuses.
    """
    GitCommand(directory).run("init", "--quiet", "--initial-branch=main")


def _records(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield what stands in front of each NUL."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _join(names: Iterable[str]) -> bytes:
    return b"".join(os.fsencode(name) + b"\0" for name in names)
