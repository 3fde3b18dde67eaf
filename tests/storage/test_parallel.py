"""A pure function over many items, on every core."""

import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing import Barrier
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

import pytest

from plainwork.storage.parallel import map_runs_to_bytes, map_to_bytes


def name_of(number: int) -> bytes:
    return str(number).encode()


@pytest.fixture(params=[1, 2, 5, 64])
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    count: int = request.param
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(count)))
    return count


@pytest.mark.parametrize("count", [0, 1, 399, 400, 800, 801, 4_001, 60_000])
def test_every_answer_is_there_and_in_order(cores: int, count: int) -> None:
    assert map_to_bytes(name_of, range(count)) == [name_of(number) for number in range(count)]


def test_other_processes_do_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2})
    all_work = Barrier(3)
    begun: set[int] = set()

    def work(_: int) -> bytes:
        if os.getpid() not in begun:
            begun.add(os.getpid())
            all_work.wait(timeout=60)
        return str(os.getpid()).encode()

    assert len(set(map_to_bytes(work, range(3_000)))) == 3


@pytest.mark.parametrize(
    "fail",
    [
        pytest.param(lambda: os.kill(os.getpid(), signal.SIGKILL), id="killed"),
        pytest.param(lambda: os._exit(0), id="ends without a word"),
        pytest.param(lambda: 1 / 0, id="raises"),
        pytest.param(lambda: os.close(0), id="anything"),
    ],
)
def test_a_process_that_fails_costs_no_answer(
    monkeypatch: pytest.MonkeyPatch, fail: Callable[[], object], capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    parent, both_work = os.getpid(), Barrier(2)
    taken = []

    def work(number: int) -> bytes:
        taken.append(number)
        if len(taken) == 1:
            both_work.wait(timeout=60)
        elif os.getpid() != parent:  # after a part of what it took is done
            fail()
        return name_of(number)

    assert map_to_bytes(work, range(2_000)) == [name_of(number) for number in range(2_000)]
    assert "Traceback" not in capfd.readouterr().err


def test_a_process_ends_with_the_one_that_needs_it(tmp_path: Path) -> None:
    """Killed, as by a runner that stops a job: no process is left that works for nobody."""
    made = tmp_path / "made"
    read_end, write_end = os.pipe()
    parent = os.fork()
    if not parent:
        _kill_while_both_work(made)
    os.close(write_end)
    os.waitpid(parent, 0)
    with os.fdopen(read_end, "rb") as inherited:  # its end: nobody is left who could write to it
        assert inherited.read() == b""
    assert made.read_bytes() == b"."


def _kill_while_both_work(made: Path) -> NoReturn:
    """The child kills its parent, waits until it has none, and would have much left to do."""
    parent, both_work = os.getpid(), Barrier(2)
    begun: list[int] = []

    def work(run: Sequence[int]) -> list[bytes]:
        if not begun:
            begun.append(run[0])
            both_work.wait(timeout=60)
        if os.getpid() == parent:
            signal.pause()
        with made.open("ab") as file:
            file.write(b".")
        os.kill(parent, signal.SIGKILL)
        while os.getppid() == parent:
            pass
        return [b""] * len(run)

    os.sched_getaffinity = lambda _: {0, 1}
    try:
        map_runs_to_bytes(work, range(2_000))
    finally:
        os._exit(1)


def test_what_raises_here_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    with pytest.raises(ValueError, match="invalid literal"):
        map_to_bytes(lambda text: bytes([int(text)]), ["x"] * 1_000)


def test_it_is_told_how_far_all_are(cores: int) -> None:
    told: list[tuple[int, int]] = []
    map_runs_to_bytes(
        lambda run: list(map(name_of, run)), range(2_000), lambda *each: told.append(each)
    )
    assert told == sorted(told)
    assert told[-1] == (2_000, 2_000)


def test_without_room_for_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert map_to_bytes(name_of, range(2_000))[-1] == b"1999"


def test_beside_other_threads_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2})
    end = Event()
    thread = Thread(target=end.wait)
    thread.start()
    answers = map_to_bytes(lambda _: str(os.getpid()).encode(), range(3_000))
    end.set()
    thread.join()
    assert set(answers) == {str(os.getpid()).encode()}
