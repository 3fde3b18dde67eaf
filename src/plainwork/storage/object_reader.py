"""A process of Git that reads objects, however often it is asked.

Starting a process costs more than most answers. Each question is put as a whole before an answer
is read, so that neither side ever waits for the other to read on.
"""

from __future__ import annotations

import io
import os
import select
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO

from plainwork.errors import RepositoryError
from plainwork.storage.git_command import explain_refusal

Running = subprocess.Popen[bytes]
Start = Callable[[tuple[str, ...], IO[bytes]], Running]
"""Starts a command, with a pipe at both ends, that complains into a file."""

_COMMANDS = ("cat-file", "--batch-command", "--buffer")
_MILLISECONDS = 1000
_CHUNK = 1 << 16


class ObjectReader:
    """Reads objects of a repository.

    Args:
        start: Starts the command.
        rest: Tells how many more seconds answers may take, and raises when there are none left.
    """

    def __init__(self, start: Start, rest: Callable[[], float]) -> None:
        self._start = start
        self._rest = rest
        self._idle: _Conversation | None = None

    def ask(
        self, question: str, names: Sequence[str], kind: str = "blob"
    ) -> Iterator[tuple[int, IO[bytes]]]:
        """Yield the size of each object, with the stream in which its bytes follow, if asked for.

        Args:
            question: ``contents``, of which each has to be read before the next, or ``info``.
            names: Objects by all their digits.
            kind: What they have to be: ``blob`` or ``commit``.

        Raises:
            RepositoryError: If one is not there, or something else, or Git fails.
        """
        # Whoever asks before another answer has been read to its end talks to another process,
        # and what was left unread goes with its own: no answer is ever taken for another one.
        talk = self._idle or _Conversation(self._start, self._rest)
        self._idle = None
        try:
            yield from talk.ask(question, names, kind)
        except BaseException:
            talk.end()
            raise
        self.close()
        self._idle = talk

    def close(self) -> None:
        """End the process that waits for questions."""
        if self._idle is not None:
            self._idle.end()
            self._idle = None


class _Conversation:
    """One process, with all that goes in and comes out."""

    def __init__(self, start: Start, rest: Callable[[], float]) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = start(_COMMANDS, self._complaints)
        assert self._process.stdin is not None  # noqa: S101 - it was asked for
        assert self._process.stdout is not None  # noqa: S101 - likewise
        self._given = self._process.stdin
        self._output = io.BufferedReader(_Timed(self._process.stdout.fileno(), rest))

    def ask(
        self, question: str, names: Sequence[str], kind: str
    ) -> Iterator[tuple[int, IO[bytes]]]:
        """Put a question and yield the answers; see :meth:`ObjectReader.ask`."""
        lines = "".join(f"{question} {name}\n" for name in names)
        try:
            self._given.write(f"{lines}flush\n".encode())
            self._given.flush()
        except OSError as problem:
            raise self._refusal() from problem
        for name in names:
            yield self._read_size(name, kind), self._output
            if question == "contents" and self._output.read(1) != b"\n":  # which ends it
                raise self._refusal()

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        with suppress(OSError), self._complaints, self._process:
            pass  # what it was not told any more is lost

    def _read_size(self, name: str, kind: str) -> int:
        header = self._output.readline()
        if not header.endswith(b"\n"):
            raise self._refusal()
        _, found, *size = header.decode("utf-8", "replace").split()
        if found != kind:
            message = f"object {name} is no {kind} that is there: {found}"
            raise RepositoryError(message)
        return int(size[0])

    def _refusal(self) -> RepositoryError:
        self._complaints.seek(0)
        return RepositoryError(explain_refusal(_COMMANDS[0], self._complaints.read(_CHUNK)))


class _Timed(io.RawIOBase):
    """A pipe from which nobody reads for longer than there is time."""

    def __init__(self, descriptor: int, rest: Callable[[], float]) -> None:
        self._descriptor = descriptor
        self._rest = rest
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read as much as there is, if need be after some time."""
        while not self._poll.poll(self._rest() * _MILLISECONDS):
            pass  # there is no time left, which is said when it is asked for
        return os.readv(self._descriptor, [buffer])
