"""Every check of the project, as one command: `python tests`.

All of them run, so that one call tells everything; pytest comes last and closes with its summary.
They run side by side, because mypy alone keeps one core busy for most of a minute, but each tells
its own when it is its turn.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent

Check = tuple[str, ...]

READING: tuple[Check, ...] = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    ("lint-imports",),
)
INSTALLING = ("python", "tests/browser")  # what the tests of pages need
# A core that has done its part takes over some of the other's.
TESTING = ("pytest", "--numprocesses=auto", "--dist=worksteal", "--hypothesis-profile=ci")

MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it has a name of its own
ENOUGH = 4 << 30


def main() -> int:
    # Tests make a thousand repositories and sites; a disk would keep what is thrown away at once.
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ENOUGH
    with TemporaryDirectory(
        dir=MEMORY if in_memory else None, ignore_cleanup_errors=True
    ) as scratch:
        Path(scratch).chmod(0o755)  # some tests are other users, too
        os.environ["TMPDIR"] = scratch
        return run()


def run() -> int:
    running = {check: _start(check) for check in READING}
    passed = _passes(INSTALLING, _start(INSTALLING))
    running[TESTING] = _start(TESTING)
    for check, process in running.items():
        passed &= _passes(check, process)
    return not passed


def _start(check: Check) -> subprocess.Popen[bytes]:
    name, *arguments = check
    return subprocess.Popen(
        [SCRIPTS / name, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _passes(check: Check, process: subprocess.Popen[bytes]) -> bool:
    """Show what a check prints, line by line, and tell whether it is content."""
    print(f"== {' '.join(check)}", flush=True)
    assert process.stdout is not None
    with process:
        for line in process.stdout:
            sys.stdout.buffer.write(line)
            sys.stdout.flush()
    return process.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
