"""One writer at a time.

The lock is ``flock`` on a file that stays: the kernel releases it when its holder ends, however
it ends, so a crash leaves no lock behind and nobody ever has to remove one.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plainwork.errors import RefusedError, StorageError

PATIENCE = 10.0
"""For how many seconds a command waits for others that write."""

_PAUSE = 0.02
_PID_WIDTH = 20


@contextmanager
def locked(file: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock on a file, which is made if there is none.

    Args:
        file: The lock; it holds the process number of who has it, for others to name.
        patience: For how many seconds to wait for it.

    Raises:
        RefusedError: If another process still has it after that time.
        StorageError: If the file cannot be opened, or its file system knows no locks.
    """
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        try:
            _acquire(descriptor, patience)
            # Always as wide, so that it needs no room on a disk that has filled up.
            os.pwrite(descriptor, f"{os.getpid():<{_PID_WIDTH}}\n".encode(), 0)
        except BaseException:
            os.close(descriptor)
            raise
    except OSError as error:
        message = f"{file}: {error.strerror}; a command that writes has to lock it first"
        raise StorageError(message) from error
    try:
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, patience: float) -> None:
    # Asked for again and again: waiting inside flock could be ended by a signal only.
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise RefusedError(_busy(descriptor, patience)) from None
            time.sleep(_PAUSE)
        else:
            return


def _busy(descriptor: int, patience: float) -> str:
    holder = os.pread(descriptor, _PID_WIDTH, 0).decode("ascii", "replace").strip()
    return (
        f"another command (process {holder or 'unknown'}) has been writing here for more than "
        f"{patience:g} seconds; nothing was written; wait for it or end it, then try again"
    )
