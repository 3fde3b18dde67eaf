"""A scratch repository: where a decision looks at commits that nobody has judged yet.

Git is asked in a bare repository of its own, empty but for the objects that it borrows: no
configuration, attributes, hooks, drivers, replacements or grafts of the checkout have a say, and
nothing of a change is ever checked out or run (``APPROVALS``, *The model*).
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import IO

import msgspec

from plainwork.errors import RepositoryError, UsageError
from plainwork.model.document import Document
from plainwork.model.workflow import Workflow
from plainwork.parsing.outline import Outline
from plainwork.storage.commit_history import TreeEntry
from plainwork.storage.document_store import MemoryStore
from plainwork.storage.git_command import explain_refusal
from plainwork.storage.object_reader import ObjectReader
from plainwork.storage.scan import MOST_READ
from plainwork.storage.source_repository import HASH, find_objects

SECONDS = 15.0
"""For all of Git's work on one decision: 2,000 criss-cross merges took 2.7 s when measured."""

MOST_OUTPUT = 64 << 20
"""Bytes that one command may print: the names of 500,000 files take that much."""

MOST_MEMORY = 384 << 20
"""Bytes of its own that one command may hold: a small tree can unfold into billions of names."""

Definitions = tuple[tuple[Workflow, ...], Mapping[str, Document]]
"""The workflows, and all definitions by path."""

Running = subprocess.Popen[bytes]

_MOST_DEFINITIONS = 4
_TOO_LONG = (
    "Git took too long for one decision, so there is none; make the change smaller, or rebase it"
)
_CONFLICT = 1
_CHUNK = 1 << 16

# What the checkout keeps to walk commits faster names parents, and could hide some, as grafts do.
_OPTIONS = ("--no-pager", "-c", "core.commitGraph=false")


class DeadlineError(RepositoryError):
    """Git took longer than it may for one decision."""


class MergeResult(msgspec.Struct, frozen=True):
    """What merging two commits gives.

    Attributes:
        tree: 40 hexadecimal digits.
        conflicts: Paths of what could not be merged; then the tree is no result.
    """

    tree: str
    conflicts: tuple[str, ...] = ()


@contextmanager
def open_scratch(source: Path, *, seconds: float = SECONDS) -> Iterator[Scratch]:
    """Make a scratch repository that borrows the objects of another, for one decision.

    Args:
        source: A folder of the repository: of its working tree, or a bare one.
        seconds: How long Git may work in all until it is closed.

    Raises:
        RepositoryError: If there is no repository, Git is missing or refuses, or some history
            may be missing there: in a shallow or partial clone.
    """
    deadline = time.monotonic() + seconds
    objects = find_objects(source)
    with tempfile.TemporaryDirectory(prefix="plainwork-") as folder:
        scratch = Scratch(Path(folder), deadline)
        scratch.run("init", "--quiet", "--bare", "--template=", "--object-format=sha1", folder)
        info = Path(folder, "objects", "info")
        info.mkdir(exist_ok=True)
        (info / "alternates").write_bytes(os.fsencode(objects) + b"\n")
        try:
            yield scratch
        finally:
            scratch.close()


def check_hash(name: str) -> str:
    """Return a commit, tree or blob by all its digits; nothing else names one here.

    Raises:
        UsageError: If it is anything else: a branch or tag can be made to look like a commit.
    """
    if not HASH.fullmatch(name):
        message = f"{name}: not the 40 hexadecimal digits of a commit"
        raise UsageError(message)
    return name


class Scratch:
    """A scratch repository; it has no references, so all its digits name an object.

    Its methods raise RepositoryError if Git fails, DeadlineError if it takes too long.

    Attributes:
        parsed: Documents that have been read from it: an audit meets most of them many times.
        outlines: Likewise, by blob, what is known of documents that have not been read.
        definitions: Likewise, by their files and that of the settings, the last definitions.
    """

    def __init__(self, folder: Path, deadline: float) -> None:
        self._folder = folder
        self._deadline = deadline
        self._environment = _environment(folder)
        self.parsed = MemoryStore()
        self.outlines: dict[str, Outline | None] = {}
        self.definitions: dict[tuple[TreeEntry, ...], Definitions] = {}
        self._objects = ObjectReader(
            lambda arguments, complaints: self._start(arguments, subprocess.PIPE, complaints),
            self._rest,
        )

    def remember_definitions(self, files: tuple[TreeEntry, ...], found: Definitions) -> None:
        """Keep the definitions of a workspace, and of the ones before as many as one change has."""
        self.definitions[files] = found
        for oldest in list(self.definitions)[:-_MOST_DEFINITIONS]:
            del self.definitions[oldest]

    def close(self) -> None:
        """End what runs."""
        self._objects.close()

    def restart(self, seconds: float = SECONDS) -> None:
        """Let the time run anew: another decision begins."""
        self._deadline = time.monotonic() + seconds

    def has_commit(self, commit: str) -> bool:
        """Tell whether a commit is there."""
        name = f"{check_hash(commit)}^{{commit}}"
        return bool(self.run("rev-parse", "--verify", "--quiet", name, allow=(1, 128)))

    def make_empty_commit(self) -> str:
        """Return a commit without files, to compare a first commit with."""
        tree = self.run("hash-object", "-t", "tree", "-w", "--stdin").decode().strip()
        writer = ("-c", "user.name=plainwork", "-c", "user.email=plainwork@localhost")
        return self.run(*writer, "commit-tree", "-m", "Nothing", tree).decode().strip()

    def run(self, *arguments: str, allow: tuple[int, ...] = ()) -> bytes:
        """Run a command to its end and return what it printed.

        Args:
            arguments: The command and its options.
            allow: Exit codes other than 0 that are an answer, too.
        """
        return self._run(*arguments, allow=allow)[1]

    def _run(self, *arguments: str, allow: tuple[int, ...] = ()) -> tuple[int, bytes]:
        with self._stream(*arguments, allow=allow) as process:
            answer = output_of(process).read(MOST_OUTPUT + 1)
            if len(answer) > MOST_OUTPUT:
                message = f"git {arguments[0]}: more than {MOST_OUTPUT:,} bytes of answer"
                raise RepositoryError(message)
        return process.returncode, answer

    def merge_bases(self, first: str, second: str) -> tuple[str, ...]:
        """Return the best common ancestors of two commits."""
        commits = (check_hash(first), check_hash(second))
        return tuple(self.run("merge-base", "--all", *commits, allow=(1,)).decode().split())

    def merge(self, base: str, head: str) -> MergeResult:
        """Merge two commits, without a working tree."""
        commits = (check_hash(base), check_hash(head))
        options = ("--write-tree", "--no-messages", "--name-only", "-z")
        status, output = self._run("merge-tree", *options, *commits, allow=(_CONFLICT,))
        tree, *names = output.decode("utf-8", "surrogateescape").split("\0")
        if not HASH.fullmatch(tree):
            message = "git merge-tree: there is no merge result"
            raise RepositoryError(message)
        conflicts = tuple(name for name in names if name) or ("?",)
        return MergeResult(tree, conflicts if status == _CONFLICT else ())

    def read_blobs(self, oids: Iterable[str]) -> Iterator[bytes]:
        """Yield the bytes of blobs, in order; of large ones as many as are read of files."""
        for size, stream in self._ask("contents", oids):
            data = stream.read(min(size, MOST_READ))
            for _ in _chunks(stream, size - len(data)):
                pass
            yield data

    def read_commit(self, commit: str) -> bytes:
        """Return a commit object, as Git stores it."""
        (data,) = (stream.read(size) for size, stream in self._ask("contents", [commit], "commit"))
        return data

    def hash_blobs(self, oids: Iterable[str]) -> Iterator[str]:
        """Yield the SHA-256 of all bytes of each blob, in hexadecimal digits."""
        from hashlib import sha256

        for size, stream in self._ask("contents", oids):
            digest = sha256()
            for chunk in _chunks(stream, size):
                digest.update(chunk)
            yield digest.hexdigest()

    def blob_sizes(self, oids: Iterable[str]) -> Iterator[int]:
        """Yield how many bytes each blob has."""
        for size, _ in self._ask("info", oids):
            yield size

    @contextmanager
    def _stream(self, *arguments: str, allow: tuple[int, ...] = ()) -> Iterator[Running]:
        """Run a command, to read what it prints while it runs; see :meth:`run`."""
        with tempfile.TemporaryFile() as complaints:
            process = self._start(arguments, subprocess.DEVNULL, complaints)
            timer = Timer(max(self._deadline - time.monotonic(), 0), process.kill)
            timer.daemon = True  # who interrupts a command does not wait for its limit
            try:
                with process:
                    timer.start()
                    yield process
            except BaseException as problem:
                process.kill()
                if isinstance(problem, Exception):
                    self._rest()  # it ended the output, hence what followed
                raise
            finally:
                timer.cancel()
            self._rest()
            if process.returncode not in (0, *allow):
                complaints.seek(0)
                raise RepositoryError(explain_refusal(arguments[0], complaints.read(_CHUNK)))

    def _start(self, arguments: tuple[str, ...], given: int, complaints: IO[bytes]) -> Running:
        try:
            process = subprocess.Popen(  # noqa: S603 - a list of arguments, no shell
                ["git", *_OPTIONS, *arguments],  # noqa: S607 - Git is found where the user has it
                cwd=self._folder,
                env=self._environment,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=complaints,
            )
        except (OSError, ValueError) as problem:
            message = f"git {arguments[0]}: {problem}"
            raise RepositoryError(message) from problem
        _limit_memory(process)
        return process

    def _rest(self) -> float:
        """Return how many seconds there are left."""
        rest = self._deadline - time.monotonic()
        if rest <= 0:
            raise DeadlineError(_TOO_LONG)
        return rest

    def _ask(
        self, question: str, oids: Iterable[str], kind: str = "blob"
    ) -> Iterator[tuple[int, IO[bytes]]]:
        """Yield the size of each object, with the stream in which its bytes follow."""
        names = [check_hash(oid) for oid in oids]
        if not names:
            return
        yield from self._objects.ask(question, names, kind)


def output_of(process: Running) -> IO[bytes]:
    """Return what a command that runs prints."""
    assert process.stdout is not None  # noqa: S101 - it was asked for
    return process.stdout


def _limit_memory(process: Running) -> None:
    """Limit what a command may hold, where the system can; elsewhere the deadline ends it."""
    import resource

    if hasattr(resource, "prlimit"):
        with suppress(ProcessLookupError):  # it is done already
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


def _chunks(stream: IO[bytes], size: int) -> Iterator[bytes]:
    """Yield the next bytes of a stream."""
    while size and (chunk := stream.read(min(size, _CHUNK))):
        size -= len(chunk)
        yield chunk


def _environment(folder: Path) -> dict[str, str]:
    """Return all that Git is told: neither what is set outside, nor any configuration."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "GIT_DIR": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
