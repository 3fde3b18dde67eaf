"""What commits did, as Git tells it; answers are plainwork's own values.

Paths are relative to the workspace's root, which may be a folder of the repository.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import IO

import msgspec

from plainwork.model.history import Commit
from plainwork.storage.commit_log import COMMIT_OPTIONS, LOG_OPTIONS, parse_log, split_records
from plainwork.storage.git_command import GitCommand, literal, parse_time
from plainwork.storage.parallel import count_cores

_WORTH_A_PROCESS = 1_000
"""Commits; fewer are read before another process would have started."""

_MOST_PROCESSES = 8

_BATCH = 500


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


class WrittenCommit(msgspec.Struct, frozen=True):
    """A commit, what it follows and who wrote it."""

    id: str
    parents: tuple[str, ...]
    author_email: str
    author: str
    subject: str


class CommitHistory:
    """The history of a workspace in a repository."""

    def __init__(self, git: GitCommand, top: Path, root: Path) -> None:
        self._git = git
        self._top = top
        relative = os.path.relpath(os.path.realpath(root), top)
        self._prefix = "" if relative == "." else Path(relative).as_posix() + "/"
        self._folder = (literal(self._prefix),) if self._prefix else ()

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
            records = split_records(output)
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
        options = ("log", "--first-parent", "-m", "--reverse", *LOG_OPTIONS)
        with ExitStack() as stack:
            outputs = [
                stack.enter_context(self._git.stream(*options, range_, "--", *self._folder))
                for range_ in self._split(until, since)
            ]
            for output in _read_ahead(outputs):
                for commit, files in parse_log(split_records(output)):
                    inside = (TreeEntry(mode, oid, self._inside(path)) for mode, oid, path in files)
                    yield LoggedCommit(commit, tuple(inside))

    def _split(self, until: str, since: str) -> list[str]:
        """Return ranges for as many processes: comparing large folders takes Git its time."""
        line = self._git.ask("rev-list", "--first-parent", f"^{since}" if since else until, until)
        commits = line.split()
        count = max(min(count_cores(), _MOST_PROCESSES, len(commits) // _WORTH_A_PROCESS), 1)
        ends = [commits[len(commits) * part // count] for part in range(count - 1, 0, -1)]
        starts = [since, *ends]
        return [
            f"{start}..{end}" if start else end
            for start, end in zip(starts, [*ends, until], strict=True)
        ]

    def merged_commits(self, merge: str, paths: Sequence[str]) -> Iterator[Commit]:
        """Yield the commits that a merge brought in and that changed one of some files."""
        options = ("--full-history", "--no-patch", *COMMIT_OPTIONS)
        given = (literal(f"{self._prefix}{path}") for path in paths)
        with self._git.stream("log", *options, f"{merge}^1..{merge}^2", "--", *given) as output:
            yield from (commit for commit, _ in parse_log(split_records(output)))

    def commits_brought_in(self, merge: str) -> Iterator[Commit]:
        """Yield the commits that a merge brought in, through all its parents, and itself."""
        options = ("--no-patch", *COMMIT_OPTIONS)
        with self._git.stream("log", *options, f"{merge}^1..{merge}", "--") as output:
            yield from (commit for commit, _ in parse_log(split_records(output)))

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
            yield from (commit for commit, _ in parse_log(split_records(output)))

    def written(self, until: str, since: str = "") -> Iterator[WrittenCommit]:
        """Yield all commits that one goes back to, through all parents: it first.

        Args:
            until: That commit.
            since: A commit to leave out, with all before it; ``""``: go back to the first.
        """
        options = ("-z", "--topo-order", "--no-mailmap", "--format=%H%x00%P%x00%ae%x00%an%x00%s")
        range_ = f"{since}..{until}" if since else until
        with self._git.stream("log", *options, range_, "--") as output:
            texts = (record.decode("utf-8", "replace") for record in split_records(output))
            for id_, parents, *words in zip(*[texts] * 5, strict=True):
                yield WrittenCommit(id_, tuple(parents.split()), *words)

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
                yield from self._read_versions(split_records(output))

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

    def _inside(self, path: bytes) -> str:
        return path.decode("utf-8", "surrogateescape").removeprefix(self._prefix)


def _read_ahead(outputs: Sequence[IO[bytes]]) -> Iterator[IO[bytes]]:
    """Yield what processes print, one after the other, though all of them are read at once."""
    first, *others = outputs
    read: dict[int, bytes] = {}

    def drain(number: int) -> None:
        read[number] = others[number].read()

    threads = [Thread(target=drain, args=(number,), daemon=True) for number in range(len(others))]
    for thread in threads:
        thread.start()
    yield first
    for number, thread in enumerate(threads):
        thread.join()
        yield BytesIO(read[number])
