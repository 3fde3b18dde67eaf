"""One writer at a time."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from plainwork.errors import RefusedError, StorageError
from plainwork.storage.lock import locked

HOLD = """
import fcntl, os, sys
descriptor = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.flock(descriptor, fcntl.LOCK_EX)
os.write(descriptor, b"%d" % os.getpid())
print("held", flush=True)
sys.stdin.read()
"""


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path / "lock", patience=0):
            assert int((tmp_path / "lock").read_text(encoding="ascii")) == os.getpid()


def test_an_error_frees_it(tmp_path: Path) -> None:
    with pytest.raises(KeyError), locked(tmp_path / "lock"):
        raise KeyError
    with locked(tmp_path / "lock", patience=0):
        pass


def test_who_holds_it_is_named_and_its_death_frees_it(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, lock],
        stdin=subprocess.PIPE,  # closed when this test ends, and with it the holder
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(RefusedError, match=rf"process {holder.pid}\).*nothing was written"),
            locked(lock, patience=0.05),
        ):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with locked(lock, patience=0):
        pass


def test_a_lock_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(StorageError, match=r"file/lock: Not a directory; "),
        locked(tmp_path / "file/lock"),
    ):
        pass


def test_a_link_in_place_of_the_lock(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "other")
    with pytest.raises(StorageError), locked(tmp_path / "lock"):
        pass
    assert not (tmp_path / "other").exists()
