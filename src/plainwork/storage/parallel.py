"""Using every core for work that is pure: a function of bytes, over many items.

Forked children write their answers to unlinked files; a child that fails costs time, not
answers. The standard pools would do the same, but take longer to import than to fork.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, TypeVar

import msgspec

Item = TypeVar("Item")

OfRun = Callable[[Sequence[Item]], list[bytes]]
"""What makes bytes of each of some neighbours."""

_WORTH_FORKING = 400
"""So many documents take as long to parse as a process takes to start."""

_MOST_PROCESSES = 8
_SHARES = 8
"""The first parts are this part of what each process would get were all as quick."""

_WIDTH, _PIPE = 4, 4096
"""Bytes of a number, and what every pipe holds."""

_RUN = 64
"""Items that a function gets at once."""

Tell = Callable[[int, int], None]
"""Is told how much is done, of how much."""


def map_to_bytes(function: Callable[[Item], bytes], items: Sequence[Item]) -> list[bytes]:
    """Return what a pure function makes of each item, in order.

    Args:
        function: May be run twice for an item, if a process fails.
        items: As many as may be; few are not worth a process.
    """
    return map_runs_to_bytes(lambda run: list(map(function, run)), items)


def map_runs_to_bytes(
    function: OfRun[Item],
    items: Sequence[Item],
    tell: Tell = lambda *_: None,
    *,
    worth: int = _WORTH_FORKING,
) -> list[bytes]:
    """Return what a pure function makes of items, in order.

    Args:
        function: Gets some neighbours and returns what it makes of each; may get them twice, if a
            process fails.
        items: As many as may be; few are not worth a process.
        tell: Is told how far all processes are.
        worth: How many items are worth a process.
    """
    count = min(count_cores(), _MOST_PROCESSES, len(items) // worth)
    if count < 2 or not _can_fork():  # noqa: PLR2004 - one process needs no others
        made = _make(function, items, range(len(items)), tell)
        tell(len(items), len(items))
        return made
    with _Queue(len(items), count) as queue:
        children = [_start(function, items, queue) for _ in range(count - 1)]
        try:
            found = _work(function, items, queue, tell)
        finally:
            queue.drain()
            others = [_finish(child) for child in children]
    for answers in others:
        found |= answers
    for part in queue.parts:
        if part.start not in found:  # the process that took it has failed
            found[part.start] = _make(function, items, part)
    tell(len(items), len(items))
    return [answer for part in queue.parts for answer in found[part.start]]


class _Queue:
    """Parts of some items, of which every process takes the next: some take longer than others.

    Their numbers wait in a pipe, for reading one is a single step, whoever else reads.
    """

    def __init__(self, items: int, processes: int) -> None:
        self.parts = tuple(_divide(items, processes))
        numbers = b"".join(number.to_bytes(_WIDTH, "big") for number in range(len(self.parts)))
        self._reading, writing = os.pipe()
        os.write(writing, numbers)
        os.close(writing)

    def take(self) -> Iterator[range]:
        while number := os.read(self._reading, _WIDTH):
            yield self.parts[int.from_bytes(number, "big")]

    def drain(self) -> None:
        """Leave nothing to be taken."""
        while os.read(self._reading, _PIPE):
            pass

    def __enter__(self) -> _Queue:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._reading)


def _divide(items: int, processes: int) -> Iterator[range]:
    """Yield parts, the first ones large, the last ones small.

    Neighbours are often made from the same things, which each process finds for itself; and the
    smaller the last parts are, the less one process waits for another. (Guided self-scheduling.)
    There are no more of them than any pipe holds numbers, at most 900 of 10,000,000 items.
    """
    start = 0
    while start < items:
        end = start + max((items - start) // (_SHARES * processes), 1)
        yield range(start, end)
        start = end


_Answers = dict[int, list[bytes]]
"""What was made of parts, by their start."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Answers).decode


def _make(
    function: OfRun[Item],
    items: Sequence[Item],
    part: range,
    tell: Tell = lambda *_: None,
) -> list[bytes]:
    answers: list[bytes] = []
    for start in range(part.start, part.stop, _RUN):
        tell(start, len(items))
        answers += function(items[start : min(start + _RUN, part.stop)])
    return answers


def _work(
    function: OfRun[Item],
    items: Sequence[Item],
    queue: _Queue,
    tell: Tell = lambda *_: None,
) -> _Answers:
    return {part.start: _make(function, items, part, tell) for part in queue.take()}


class _Child(msgspec.Struct):
    process: int
    answers: BinaryIO


def _start(function: OfRun[Item], items: Sequence[Item], queue: _Queue) -> _Child | None:
    import tempfile  # costs start-up time; most runs read few files

    parent = os.getpid()
    try:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed when it has been read
        process = os.fork()
    except OSError:
        return None
    if process:
        return _Child(process, file)
    status = 1
    try:
        file.write(_encode(_work(_while_needed(function, parent), items, queue)))
        file.flush()
        status = 0
    finally:
        # Nothing of the parent's may run here: no buffers flushed twice, no exit handlers.
        os._exit(status)


def _while_needed(function: OfRun[Item], parent: int) -> OfRun[Item]:
    """Have a child end as soon as its parent has been killed: nobody waits for its answers.

    What it inherited would otherwise be kept until all is done, a lock among it.
    """

    def make(run: Sequence[Item]) -> list[bytes]:
        if os.getppid() != parent:
            os._exit(1)
        return function(run)

    return make


def _finish(child: _Child | None) -> _Answers:
    """Return a child's answers, none if it did not give all of them."""
    if child is None:
        return {}
    _, status = os.waitpid(child.process, 0)
    with child.answers as file:
        if status:
            return {}
        file.seek(0)
        try:
            return _decode(file.read())
        except msgspec.MsgspecError:
            return {}


def _can_fork() -> bool:
    """Tell whether there can be children, and none would wait for what a thread here holds."""
    threading = sys.modules.get("threading")  # until it is imported there is one thread
    return hasattr(os, "fork") and (threading is None or threading.active_count() == 1)


def count_cores() -> int:
    """Return how many processes can run at the same time."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
