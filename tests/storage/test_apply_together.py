"""Many who write at the same time."""

import signal
import time
from pathlib import Path

import pytest

from storage.processes import finish, start
from storage.processes.generations import make_generation, read_generation
from support.archive import write_files
from support.git import make_repository

PROCESSES = 20
TIMES = 3
STEPS = 50


@pytest.mark.parametrize("mode", ["together", "apart"])
def test_twenty_processes_lose_no_update(tmp_path: Path, mode: str) -> None:
    root = make_repository({"counter.md": "0"}, tmp_path / "workspace")
    processes = [start("count", root, f"p{n}", TIMES, mode) for n in range(PROCESSES)]
    answers = [line for process in processes for line in finish(process).splitlines()]
    done = answers.count("done")
    assert len(answers) == PROCESSES * TIMES
    assert int((root / "counter.md").read_bytes()) == done
    assert len(list((root / "work").iterdir())) == done
    refusals = {answer for answer in answers if answer != "done"}
    if mode == "together":
        assert not refusals
    else:
        message = "counter.md: changed since it was read; nothing was written"
        assert refusals <= {message}


def test_what_an_editor_saves_in_the_middle_of_a_write_wins(tmp_path: Path) -> None:
    """The writer is held as soon as it has begun; only then the editor saves."""
    root = tmp_path / "workspace"
    make_repository({}, root)
    files = {path: data.decode() for path, data in make_generation(0, 40).items()}
    for _ in range(STEPS):
        write_files(files, root)
        if _held_in_the_middle(root):
            break
    else:
        pytest.fail("no writer could be held in the middle")
    edited = make_generation(0, 40) | {"work/39.md": b"saved by an editor"}
    assert {path: (root / path).read_bytes() for path in edited} == edited
    assert sorted(file.name for file in (root / "work").iterdir()) == sorted(
        path.removeprefix("work/") for path in edited
    )


def _held_in_the_middle(root: Path) -> bool:
    """Step once, with an edit in the middle; tell whether the edit came in time."""
    process = start("step", root)
    journal = root / ".git/plainwork/journal"
    while process.poll() is None and not (journal.exists() and journal.stat().st_size):
        time.sleep(0)
    process.send_signal(signal.SIGSTOP)
    in_time = process.poll() is None and (root / "work/0.md").read_bytes() == b"0\n"
    if in_time:
        (root / "work/39.md").write_bytes(b"saved by an editor")
    process.send_signal(signal.SIGCONT)
    answer = finish(process)
    if in_time:
        message = "work/39.md: changed since it was read; nothing was written\n"
        assert answer == message
    else:
        assert read_generation(root) == 1
        (root / "work/more/extra.md").unlink()
        (root / "work/more").rmdir()
    return in_time
