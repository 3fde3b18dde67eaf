"""Git, asked by name: the only module that imports GitPython.

GitPython is used as a runner of `git`: list arguments only, revisions resolved first, literal
paths, output in streams. What it returns is plainwork's own values. Paths are relative to the
workspace's root, which may be a folder of the repository.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

import msgspec

from plainwork.errors import RepositoryError, UsageError
from plainwork.storage.git_folder import find_git_folder

if TYPE_CHECKING:
    import git

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_OPTIONS = ("--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false")
_ENVIRONMENT = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
# Set by Git for its hooks, they would point a command at another repository than its own.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")


class Identity(msgspec.Struct, frozen=True):
    """Who Git says is working here."""

    name: str
    email: str


class TreeEntry(msgspec.Struct, frozen=True):
    """One file of a commit: its mode (``100644``), object and path."""

    mode: str
    oid: str
    path: str


class PathChange(msgspec.Struct, frozen=True):
    """A path that a commit of the first-parent history changed, and when (seconds)."""

    path: str
    time: int
    commit: str


class Revision(msgspec.Struct, frozen=True):
    """A commit that changed a document.

    Attributes:
        time: When it was committed, in seconds.
        oid: The object that the document was after it, or ``""`` if it was gone.
    """

    commit: str
    time: int
    author: str
    email: str
    subject: str
    oid: str


class Repository:
    """The repository around a workspace."""

    def __init__(self, git_command: git.Git, top: Path, root: Path) -> None:
        self._git = git_command
        self.top = top
        relative = os.path.relpath(os.path.realpath(root), os.path.realpath(top))
        self.prefix = "" if relative == "." else Path(relative).as_posix() + "/"

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
        git = _import_git()
        command = git.Git(str(folder.worktree))
        command.update_environment(**_ENVIRONMENT)
        repository = cls(command, folder.worktree, root)
        repository._run("rev-parse", "--git-dir")
        yield repository

    def _run(self, *arguments: str, allow: tuple[int, ...] = (), data: bytes = b"") -> str:
        return self._run_bytes(*arguments, allow=allow, data=data).decode(
            "utf-8", "surrogateescape"
        )

    def _run_bytes(self, *arguments: str, allow: tuple[int, ...] = (), data: bytes = b"") -> bytes:
        import tempfile

        import git

        with tempfile.TemporaryFile() as given, _without(_FOREIGN):
            given.write(data)
            given.seek(0)
            try:
                status, output, error = self._git.execute(
                    ["git", *_OPTIONS, *arguments],
                    with_extended_output=True,
                    with_exceptions=False,
                    stdout_as_string=False,
                    strip_newline_in_stdout=False,
                    istream=given,
                )
            except git.GitCommandNotFound as problem:
                raise RepositoryError(_NO_GIT) from problem
        if status and status not in allow:
            raise RepositoryError(_explain(arguments[0], _text(error)))
        return output if isinstance(output, bytes) else output.encode()

    @contextmanager
    def _stream(self, *arguments: str, given: BinaryIO | None = None) -> Iterator[IO[bytes]]:
        """Run a command and read what it prints while it runs."""
        import git

        with _without(_FOREIGN):
            try:
                process: Any = self._git.execute(
                    ["git", *_OPTIONS, *arguments], as_process=True, istream=given
                )
            except git.GitCommandNotFound as problem:
                raise RepositoryError(_NO_GIT) from problem
        try:
            yield process.stdout
            try:
                process.wait()
            except git.GitCommandError as problem:
                raise RepositoryError(_explain(arguments[0], str(problem.stderr))) from problem
        finally:
            process.stdout.close()
            if process.proc is not None and process.proc.poll() is None:
                process.proc.kill()

    # Revisions

    def head(self) -> str | None:
        """Return the commit that is checked out, or None before the first."""
        found = self._run("rev-parse", "--verify", "--quiet", "HEAD^{commit}", allow=(1, 128))
        return found.strip() or None

    def resolve(self, revision: str) -> str:
        """Return the full hash of a revision such as ``main`` or ``HEAD~2``.

        Raises:
            UsageError: If Git knows no commit by that name.
        """
        if "\0" not in revision and revision.strip():
            found = self._run(
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                f"{revision}^{{commit}}",
                allow=(1, 128),
            ).strip()
            if _HASH.fullmatch(found):
                return found
        message = f"{revision}: no such revision; give a date (YYYY-MM-DD), a branch, tag or commit"
        raise UsageError(message)

    def resolve_day(self, day: date, zone: timezone | Any) -> str:
        """Return the last first-parent commit of HEAD that was made by the end of a day.

        Raises:
            UsageError: If history begins later.
        """
        end = datetime.combine(day + timedelta(days=1), time(), zone).timestamp()
        for line in self._run(
            "log", "--first-parent", "--format=%H %ct", "HEAD", allow=(128,)
        ).splitlines():
            commit, _, seconds = line.partition(" ")
            if int(seconds) < end:
                return commit
        message = f"{day}: there is no commit of that day or before"
        raise UsageError(message)

    def is_shallow(self) -> bool:
        """Whether history has been cut off by ``git clone --depth``."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == "true"

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether one commit is in the history of another."""
        if not self.has_object(older):
            return False
        arguments = ("rev-list", "--max-count=1", older, f"^{newer}", "--")
        return not self._run(*arguments).strip()

    def has_object(self, oid: str) -> bool:
        """Whether an object is here."""
        found = self._run("rev-parse", "--verify", "--quiet", f"{oid}^{{object}}", allow=(1, 128))
        return bool(found)

    # Files of commits

    def list_tree(self, commit: str) -> Iterator[TreeEntry]:
        """Yield every file of the workspace at a commit."""
        tree = f"{commit}:{self.prefix}"
        if self.prefix and not self.tree_exists(commit):
            return
        with self._stream("ls-tree", "-r", "-z", "--full-tree", tree) as output:
            for record in _records(output):
                meta, _, path = record.partition(b"\t")
                mode, _, oid = meta.decode().split(" ")
                yield TreeEntry(mode, oid, path.decode("utf-8", "surrogateescape"))

    def tree_exists(self, commit: str) -> bool:
        """Whether the workspace's folder is part of a commit."""
        return bool(
            self._run("rev-parse", "--verify", "--quiet", f"{commit}:{self.prefix}", allow=(1, 128))
        )

    def read_blobs(self, oids: Iterable[str]) -> Iterator[bytes]:
        """Yield the bytes of blobs, in order.

        Raises:
            RepositoryError: If one is missing.
        """
        import tempfile

        with tempfile.TemporaryFile() as wanted:
            wanted.writelines(f"{oid}\n".encode() for oid in oids)
            wanted.seek(0)
            with self._stream("cat-file", "--batch", given=cast("BinaryIO", wanted)) as output:
                while header := output.readline():
                    oid, kind, *size = header.decode().split()
                    if kind != "blob":
                        message = f"object {oid} is missing; `git fsck` says what is wrong"
                        raise RepositoryError(message)
                    data = output.read(int(size[0]))
                    output.read(1)
                    yield data

    def read_file(self, commit: str, path: str) -> bytes | None:
        """Return the bytes of a file of the workspace at a commit, or None."""
        place = f"{commit}:{self.prefix}{path}"
        oid = self._run("rev-parse", "--verify", "--quiet", place, allow=(1, 128)).strip()
        return next(self.read_blobs([oid])) if oid else None

    # History

    def commit_time(self, commit: str) -> int:
        """Return when a commit was made, in seconds."""
        return int(self._run("log", "--max-count=1", "--format=%ct", commit))

    def latest_changes(self, since: str | None = None, until: str = "HEAD") -> Iterator[PathChange]:
        """Yield what each commit of the first-parent history changed, newest first.

        Args:
            since: Leave out this commit and all before it.
            until: The newest commit: ``HEAD``, or a full hash.
        """
        range_ = f"{since}..{until}" if since else until
        arguments = ("--first-parent", "-m", "--raw", "-z", "--no-renames", "--format=%x01%H %ct")
        with self._stream("log", *arguments, range_, "--", self.prefix or ".") as output:
            commit, seconds = "", 0
            prefix = self.prefix.encode()
            for record in _records(output):
                record = record.lstrip(b"\n")  # noqa: PLW2901 - log puts one between commits
                if record.startswith(b"\x01"):
                    commit, _, text = record[1:].decode().partition(" ")
                    seconds = int(text)
                elif not record.startswith(b":") and record.startswith(prefix):
                    path = record[len(prefix) :].decode("utf-8", "surrogateescape")
                    yield PathChange(path, seconds, commit)

    # Branches

    def unmerged_branches(self) -> list[tuple[str, str]]:
        """Return (name, commit) of each local branch that has commits which HEAD has not."""
        form = "--format=%(refname:short) %(objectname)"
        output = self._run("for-each-ref", "--no-merged=HEAD", form, "refs/heads")
        return [
            (name, commit)
            for name, _, commit in (line.rpartition(" ") for line in output.splitlines())
        ]

    def added_on(self, commit: str) -> Iterator[TreeEntry]:
        """Yield the files that a branch has added, not moved, since it left HEAD's history."""
        base = self._run("merge-base", "HEAD", commit, allow=(1, 128)).strip()
        if not base:
            return
        arguments = ("--raw", "-r", "-z", "--find-renames", "--diff-filter=A", "--abbrev=64")
        with self._stream(
            "diff-tree", *arguments, base, commit, "--", self.prefix or "."
        ) as output:
            records = _records(output)
            for record in records:
                _, mode, _, oid, _ = record.decode().lstrip(":").split(" ")
                path = next(records).decode("utf-8", "surrogateescape")
                yield TreeEntry(mode, oid, path.removeprefix(self.prefix))

    def added_at(self, commit: str, path: str) -> int | None:
        """Return when a path was last added in the history of a commit, in seconds, or None."""
        arguments = ("--max-count=1", "--diff-filter=A", "--no-renames", "--format=%ct")
        found = self._run("log", *arguments, commit, "--", f"{self.prefix}{path}").strip()
        return int(found) if found else None

    # Writing

    def commit_paths(self, paths: Sequence[str], message: str) -> str:
        """Commit exactly these paths, whatever else is staged; return the commit.

        Raises:
            RepositoryError: If Git refuses: no identity, a hook, a merge under way.
        """
        names = [f"{self.prefix}{path}" for path in paths]
        known = [name for name in names if (self.top / name).exists()]
        if known:
            self._run("add", "--intent-to-add", "--", *known)
        self._run("commit", "--quiet", "--only", f"--message={message}", "--", *names)
        head = self.head()
        assert head is not None  # noqa: S101 - there is a commit now
        return head

    def set_identity(self, identity: Identity) -> None:
        """Say who works in this repository, whoever works in others."""
        self._run("config", "user.name", identity.name)
        self._run("config", "user.email", identity.email)

    def fast_import(self, stream: Iterable[bytes]) -> None:
        """Write commits from a `git fast-import` stream, then check out ``main``."""
        self._run("fast-import", "--quiet", "--date-format=raw", data=b"".join(stream))
        self._run("reset", "--quiet", "--hard", "main")


def load_identity(directory: Path) -> Identity | None:
    """Return whom Git would name as author in a folder, or None if nobody has told it."""
    output = _ask(directory, "config", "--null", "--get-regexp", r"^user\.(name|email)$")
    said = dict(
        entry.partition("\n")[::2] for entry in output.decode("utf-8", "replace").split("\0")
    )
    email = os.environ.get("GIT_AUTHOR_EMAIL") or said.get("user.email", "")
    name = os.environ.get("GIT_AUTHOR_NAME") or said.get("user.name", "")
    return Identity(name, email) if email else None


def load_document_history(root: Path, path: str, until: str = "HEAD") -> Iterator[Revision]:
    """Yield the commits that changed a document, newest first, through renames.

    Outside of Git, and before the first commit, there are none.

    Args:
        root: The workspace's root.
        path: The document, from there.
        until: The last commit that counts: ``HEAD``, or a full hash.
    """
    form = "--format=%x01%H%x00%ct%x00%an%x00%ae%x00%s"
    options = ("--follow", "--raw", "-z", "--abbrev=64", form, until)
    output = _ask(root, *_OPTIONS, "log", *options, "--", path).decode("utf-8", "replace")
    for part in output.split("\x01")[1:]:
        commit, seconds, author, email, subject, *changes = part.split("\0")
        raw = [text.strip("\n") for text in changes if text.strip("\n")]
        if raw:
            oid = raw[0].split(" ")[3]
            gone = set(oid) == {"0"}
            yield Revision(commit, int(seconds), author, email, subject, "" if gone else oid)


def _ask(directory: Path, *arguments: str) -> bytes:
    """Return what Git answers in a folder, or nothing if it refuses.

    The commands of every day need one answer of Git at most, so this one goes without GitPython,
    whose import would take longer than the rest of the command.
    """
    import subprocess

    environment = {**os.environ, **_ENVIRONMENT}
    for name in _FOREIGN:
        environment.pop(name, None)
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, no shell
            ["git", *arguments],  # noqa: S607 - Git is found where the user has it
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return b""
    return done.stdout


def initialise_repository(directory: Path) -> None:
    """Start a repository with the branch ``main`` in a folder.

    Raises:
        RepositoryError: If Git is missing or refuses.
    """
    git = _import_git()
    command = git.Git(str(directory))
    try:
        with _without(_FOREIGN):
            command.execute(["git", "init", "--quiet", "--initial-branch=main"])
    except git.GitCommandNotFound as problem:
        raise RepositoryError(_NO_GIT) from problem
    except git.GitCommandError as problem:
        raise RepositoryError(_explain("init", str(problem.stderr))) from problem


_NO_GIT = "Git is needed for this, and there is no `git` on the PATH; install it"


def _import_git() -> Any:
    try:
        import git
    except ImportError as problem:  # GitPython looks for `git` when it is imported
        raise RepositoryError(_NO_GIT) from problem
    return git


@contextmanager
def _without(names: Iterable[str]) -> Iterator[None]:
    """Run without some environment variables: GitPython passes the process's own on."""
    kept: Mapping[str, str] = {name: os.environ[name] for name in names if name in os.environ}
    for name in kept:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(kept)


def _records(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield what stands between NULs."""
    rest = b""
    while chunk := stream.read(1 << 16):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest.strip(b"\n"):
        yield rest


def _text(output: Any) -> str:
    return output.decode("utf-8", "replace") if isinstance(output, bytes) else str(output)


def _explain(command: str, error: str) -> str:
    """Return Git's own reason in one line."""
    lines = [line.strip() for line in error.replace("stderr:", "").strip(" '\n").splitlines()]
    reasons = [line for line in lines if line.startswith(("fatal:", "error:"))] or lines[:1]
    reason = "; ".join(line.partition(": ")[2] or line for line in reasons[:2])
    return f"git {command}: {reason or 'failed'}"
