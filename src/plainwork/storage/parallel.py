"""Using every core for work that is pure: a function of bytes, over many items.

Forked children write their answers to unlinked files; a child that fails costs time, not
answers. The standard pools would do the same, but take longer to import than to fork.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import BinaryIO, TypeVar

import msgspec

Item = TypeVar("Item")

_WORTH_FORKING = 400
_MOST_PROCESSES = 8
_TELL_EVERY = 64


Tell = Callable[[int, int], None]
"""Is told how much is done, of how much."""


def map_to_bytes(
    function: Callable[[Item], bytes], items: Sequence[Item], tell: Tell = lambda *_: None
) -> list[bytes]:
    """Return what a pure function makes of each item, in order.

    Args:
        function: May be run twice for an item, if a process fails.
        items: As many as may be; few are not worth a process.
        tell: Is told how far this process is, which is about how far all are.
    """
    count = min(_cores(), _MOST_PROCESSES, len(items) // _WORTH_FORKING)
    if count < 2 or not hasattr(os, "fork"):  # noqa: PLR2004 - one process needs no others
        return _map(function, items, tell)
    size = -(-len(items) // count)
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    children = [_start(function, part) for part in parts[1:]]
    try:
        results = _map(function, parts[0], tell)
    except BaseException:
        for child in children:
            _finish(child)
        raise
    for child, part in zip(children, parts[1:], strict=True):
        answers = _finish(child)
        results += answers if answers is not None else [function(item) for item in part]
    return results


def _map(function: Callable[[Item], bytes], items: Sequence[Item], tell: Tell) -> list[bytes]:
    results = []
    for done, item in enumerate(items, start=1):
        results.append(function(item))
        if not done % _TELL_EVERY:
            tell(done, len(items))
    tell(len(items), len(items))
    return results


class _Child(msgspec.Struct):
    process: int
    answers: BinaryIO
    count: int


def _start(function: Callable[[Item], bytes], items: Sequence[Item]) -> _Child | None:
    import tempfile  # costs start-up time; most runs read few files

    try:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed when it has been read
        process = os.fork()
    except OSError:
        return None
    if process:
        return _Child(process, file, len(items))
    status = 1
    try:
        file.write(msgspec.msgpack.encode([function(item) for item in items]))
        file.flush()
        status = 0
    finally:
        # Nothing of the parent's may run here: no buffers flushed twice, no exit handlers.
        os._exit(status)


def _finish(child: _Child | None) -> list[bytes] | None:
    """Return a child's answers, or None if it did not give all of them."""
    if child is None:
        return None
    _, status = os.waitpid(child.process, 0)
    with child.answers as file:
        if status:
            return None
        file.seek(0)
        try:
            answers = msgspec.msgpack.decode(file.read(), type=list[bytes])
        except msgspec.MsgspecError:
            return None
    return answers if len(answers) == child.count else None


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
