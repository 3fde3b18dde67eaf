"""How fast plainwork is, as multiples of what else a computer does: `python tests/benchmarks`.

For each size a workspace is made, the answers of the commands are checked, and only then are whole
processes measured: in rounds, all commands in turn. A figure is the median over the median of
`python -c pass` from the same rounds; `git status` beside it is what reading the same folder costs
Git. Exits with 1 if an answer is wrong; a missed target is shown, not failed, because a busy
machine is no defect.
"""

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

# Started by its folder's name, this finds its own modules as the tests find theirs.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.answers import check_answers
from benchmarks.cases import make_cases
from benchmarks.measure import measure
from benchmarks.report import format_figures
from benchmarks.workspace import write_workspace

SETTLED = 2.5
"""Seconds after which the index trusts what a file's times say about its bytes."""


def main() -> int:
    arguments = _parse_arguments()
    # Installed, modules are compiled; here they are by the first run, if nothing forbids it.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="plainwork-benchmark-") as folder:
            root = Path(folder) / "workspace"
            # In a process of their own: what this one holds would count as memory of those that
            # it starts.
            with ProcessPoolExecutor(max_workers=1) as other:
                expected = other.submit(write_workspace, root, size).result()
                time.sleep(SETTLED)
                problems = other.submit(check_answers, root, expected).result()
            if problems:
                print("\n".join(problems), file=sys.stderr)
                return 1
            cases = make_cases(root, size, expected)
            figures = measure(cases, root, arguments.rounds)
            print(format_figures(size, cases, figures), flush=True)
    return 0


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests/benchmarks", description="Measure plainwork.")
    parser.add_argument("--sizes", type=_sizes, default=(1_000, 10_000, 100_000))
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(size) for size in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
