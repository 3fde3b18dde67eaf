"""How long `tick` takes where much recurs: `python tests/benchmarks/duties.py`.

A thousand routines have recurred every month for ten years, and the work of this month is owed.
The answer is checked, then whole processes are measured; the target is five seconds.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.cases import PROGRAM
from support.git import make_repository
from support.routines import make_workspace, routine

TODAY = date(2026, 1, 31)
TARGET = 5.0
"""Seconds for 1,000 routines over ten years."""

_SETTLED = 2.5
_CREATES = 'workflow: task, title: "Close {{ period }}", rotation: [ada, bo], due: date + 3bd'
_BODY = "### Done\n\n- [ ] {{ title }} of {{ period }}\n"


def write_duties(root: Path, routines: int, years: int) -> None:
    """Write a workspace in which all is there but what is owed on the last day."""
    start = date(TODAY.year - years, 1, 31).isoformat()
    schedule = "rrule: FREQ=MONTHLY;BYMONTHDAY=-1"
    text = routine(schedule, start=start, creates=_CREATES, body=_BODY)
    names = [f"r{number:04}" for number in range(routines)]
    make_repository({}, make_workspace(root, {f"routines/{name}.md": text for name in names}))
    tick(root, "--until", "2025-12-31", "--today", "2025-12-31")


def tick(root: Path, *options: str) -> dict[str, list[object]]:
    """Run the command and return what it answers."""
    command = (PROGRAM, "tick", "--format", "json", *options)
    done = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE)
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def find_wrong(root: Path, routines: int) -> Iterator[str]:
    """Yield what is wrong with the answer; nothing means that figures mean something."""
    found = tick(root, "--dry-run", "--today", TODAY.isoformat())
    for part, right in (("created", routines), ("skipped", 0), ("unmade", 0)):
        if len(found[part]) != right:
            yield f"{part}: {len(found[part])} instead of {right}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what recurs.")
    parser.add_argument("--routines", type=int, default=1_000)
    parser.add_argument("--years", type=int, default=10)
    arguments = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="plainwork-duties-") as folder:
        root = Path(folder) / "workspace"
        started = time.perf_counter()
        write_duties(root, arguments.routines, arguments.years)
        _say(f"made at once, with every file written: {time.perf_counter() - started:.1f} s")
        time.sleep(_SETTLED)
        wrong = list(find_wrong(root, arguments.routines))
        _say("\n".join(wrong) or "the answer is right")
        for _ in range(3):
            started = time.perf_counter()
            tick(root, "--dry-run", "--today", TODAY.isoformat())
            _say(f"this month: {time.perf_counter() - started:.1f} s, at most {TARGET:.0f} s")
        return bool(wrong)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
