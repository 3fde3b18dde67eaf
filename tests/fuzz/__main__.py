"""Reads mutated documents: `python tests/fuzz [--count 100000] [--seed 1]`.

Every failure is printed with the numbers that make it again (`--seed S --only N`); exits with 1 if
there is one. A crash of the interpreter itself ends the run with what it was doing.
"""

import argparse
import faulthandler
import sys
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

# Started by its folder's name, this finds its own modules as the tests find theirs.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.examination import examine, make_case

BATCH = 1_000


def main() -> int:
    arguments = _parse_arguments()
    if arguments.only is not None:
        print(make_case(arguments.seed, arguments.only))
        examine(make_case(arguments.seed, arguments.only))
        return 0
    failures = 0
    starts = range(0, arguments.count, BATCH)
    with ProcessPoolExecutor(initializer=faulthandler.enable) as pool:
        run = partial(_run_batch, arguments.seed, arguments.count)
        for failed in pool.map(run, starts):
            failures += len(failed)
            print(*failed, sep="\n", end="\n" * bool(failed), flush=True)
    print(f"{arguments.count:,} documents, {failures:,} failures")
    return 1 if failures else 0


def _run_batch(seed: int, count: int, start: int) -> list[str]:
    return list(_failures(seed, range(start, min(start + BATCH, count))))


def _failures(seed: int, numbers: range) -> Iterator[str]:
    for number in numbers:
        try:
            examine(make_case(seed, number))
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__}: {error}"[:300]
            yield f"--seed {seed} --only {number}: {place.filename}:{place.lineno}: {what}"


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests/fuzz", description="Read mutated documents.")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="print and read this one only")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
