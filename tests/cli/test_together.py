"""Real commands that write: many at once, and killed at random moments."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from support.archive import write_files
from support.git import commit_files, run_git
from support.small import make_small_workspace

PROCESSES = 20
KILLS = 8
"""How many commands are killed; 200 take some minutes."""

FILES = 30
SEEN = "---\ntitle: T\nworkflow: task\nstatus: todo\nlabels: docs\n---\n"
MENDED = SEEN.replace("labels: docs", "labels: [docs]")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_small_workspace(tmp_path / "ws")


def start(workspace: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "plainwork", *arguments],
        cwd=workspace,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    output, error = process.communicate(timeout=120)
    assert "Traceback" not in error, error
    assert "internal error" not in error, error
    return process.returncode, output + error


def commands(number: int) -> tuple[str, ...]:
    return (
        ("set", "a", f"labels+=l{number}"),
        ("new", "task", f"Number {number}"),
        ("move", "a", "doing" if number % 2 else "done"),
        ("record", "update", "a", "-m", f"Said {number}"),
    )[number % 4]


def test_twenty_commands_at_once(workspace: Path) -> None:
    """Each is done, or refused with a reason; what is done is there."""
    processes = [start(workspace, *commands(number)) for number in range(PROCESSES)]
    done = 0
    for number, process in enumerate(processes):
        code, told = finish(process)
        assert code in (0, 1, 2), told
        assert told
        done += not code
        match commands(number)[0]:
            case "set" if not code:
                assert f"l{number}" in (workspace / "work/a.md").read_text()
            case "new" if not code:
                assert len(list((workspace / "work").glob(f"*-number-{number}.md"))) == 1
            case "record" if not code:
                texts = [file.read_text() for file in (workspace / "records").rglob("*.md")]
                assert sum(f"Said {number}\n" in text for text in texts) == 1
    assert done
    assert_nothing_is_left(workspace)


def test_commits_at_once(workspace: Path) -> None:
    arguments = [
        ("new", "task", f"Number {number}", "--commit") for number in range(PROCESSES // 2)
    ]
    answers = [finish(process) for process in [start(workspace, *each) for each in arguments]]
    made = sum(code == 0 for code, _ in answers)
    assert all(told for _, told in answers)
    assert int(run_git("rev-list", "--count", "HEAD", cwd=workspace)) == made + 1
    assert made
    assert_nothing_is_left(workspace)


def assert_nothing_is_left(workspace: Path) -> None:
    """The next command that writes finds nothing in its way and leaves nothing behind."""
    code, told = finish(start(workspace, "set", "c", "reason=Last"))
    assert code == 0, told
    assert not list(workspace.rglob(".plainwork-*"))
    assert not list((workspace / ".git").rglob("*.lock"))


def kill_at_random(process: subprocess.Popen[str], chance: random.Random, longest: float) -> None:
    time.sleep(chance.uniform(0.2, 1.1) * longest)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def measure(workspace: Path, *arguments: str) -> float:
    started = time.monotonic()
    code, told = finish(start(workspace, *arguments))
    assert code in (0, 1), told
    return time.monotonic() - started


def test_a_file_is_old_or_new_whenever_its_command_is_killed(workspace: Path) -> None:
    chance = random.Random(1)
    file = workspace / "work/a.md"
    text = file.read_text().replace("Alpha", "Title 0")
    longest = measure(workspace, "set", "a", "title=Title 0")
    changed = 0
    for number in range(1, KILLS + 1):
        before = file.read_text()
        kill_at_random(start(workspace, "set", "a", f"title=Title {number}"), chance, longest)
        after = text.replace("Title 0", f"Title {number}")
        assert file.read_text() in (before, after)
        changed += file.read_text() == after
    assert_nothing_is_left(workspace)


def test_all_files_are_old_or_all_are_new(workspace: Path) -> None:
    chance = random.Random(2)
    names = [f"work/n{number}.md" for number in range(FILES)]
    old = dict.fromkeys(names, SEEN)
    write_files(old, workspace)
    longest = measure(workspace, "check", "--fix")
    assert {(workspace / name).read_text() for name in names} == {MENDED}
    for _ in range(KILLS):
        write_files(old, workspace)
        kill_at_random(start(workspace, "check", "--fix"), chance, longest)
        assert_nothing_is_left(workspace)
        assert len({(workspace / name).read_text() for name in names}) == 1


@pytest.mark.parametrize(
    "stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda stop: stop.name
)
def test_a_command_that_is_asked_to_stop(workspace: Path, stop: signal.Signals) -> None:
    lock = workspace / ".git/plainwork/lock"
    process = start(workspace, "new", "task", "One")
    wait_for(lambda: lock.exists() and lock.read_text().strip() == str(process.pid))
    process.send_signal(stop)
    output, error = process.communicate(timeout=60)
    assert "Traceback" not in error, error
    assert process.returncode in (0, 130, -stop), output + error
    assert_nothing_is_left(workspace)


def test_a_commit_that_is_killed(workspace: Path) -> None:
    """Git may have made the commit or not; the file is there if it has, and nothing is locked."""
    chance = random.Random(4)
    longest = measure(workspace, "new", "task", "One", "--commit")
    for number in range(KILLS // 2):
        command = ("new", "task", f"Number {number}", "--commit")
        kill_at_random(start(workspace, *command), chance, longest)
    wait_for(lambda: not list((workspace / ".git").rglob("*.lock")))
    assert_nothing_is_left(workspace)
    run_git("fsck", "--strict", cwd=workspace)
    committed = run_git("ls-tree", "-r", "--name-only", "HEAD", "work", cwd=workspace).splitlines()
    assert all((workspace / path).exists() for path in committed)
    commit_files({}, workspace)


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until what a killed process has started is done, too."""
    for _ in range(500):
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("it did not come true")
