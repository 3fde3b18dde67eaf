"""A pure function over many items, on every core."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from plainwork.storage.parallel import map_to_bytes


def name_of(number: int) -> bytes:
    return str(number).encode()


@pytest.fixture(params=[1, 2, 5, 64])
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    count: int = request.param
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(count)))
    return count


@pytest.mark.parametrize("count", [0, 1, 399, 400, 800, 801, 4_001])
def test_every_answer_is_there_and_in_order(cores: int, count: int) -> None:
    assert map_to_bytes(name_of, range(count)) == [name_of(number) for number in range(count)]


def test_other_processes_do_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2})
    answers = map_to_bytes(lambda _: str(os.getpid()).encode(), range(3_000))
    assert len(set(answers)) == 3


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
    parent = os.getpid()

    def work(number: int) -> bytes:
        if number == 1_999 and os.getpid() != parent:
            fail()
        return name_of(number)

    assert map_to_bytes(work, range(2_000)) == [name_of(number) for number in range(2_000)]
    assert "Traceback" not in capfd.readouterr().err


def test_what_raises_here_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    with pytest.raises(ValueError, match="invalid literal"):
        map_to_bytes(lambda text: bytes([int(text)]), ["x"] * 1_000)


def test_without_room_for_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert map_to_bytes(name_of, range(2_000))[-1] == b"1999"
