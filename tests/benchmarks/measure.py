"""Whole processes, measured side by side: interleaved rounds, medians, peak memory."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    """A command to measure, and what has to happen before each run of it, untimed."""

    name: str
    command: Sequence[str]
    target: float | None = None
    """How many times the start of Python it may take, if that is promised."""
    prepare: Callable[[], None] | None = None
    exits: int = 0
    """What it exits with if it does what is measured."""


class Figure(NamedTuple):
    """What a command took."""

    seconds: float
    """The median of all rounds."""
    peak: float
    """The most memory that a process of a run held, in MiB."""
    busy: float
    """The median of the seconds that cores worked for it: a busy machine changes them least."""


def measure(cases: Sequence[Case], root: Path, rounds: int) -> list[Figure]:
    """Run all cases in turn, `rounds` times, so that a busy moment hits all of them alike."""
    samples: list[list[Figure]] = [[] for _ in cases]
    for _ in range(rounds):
        for case, taken in zip(cases, samples, strict=True):
            if case.prepare is not None:
                case.prepare()
            taken.append(_run(case, root))
    return [
        Figure(
            statistics.median(one.seconds for one in taken),
            max(one.peak for one in taken),
            statistics.median(one.busy for one in taken),
        )
        for taken in samples
    ]


def _run(case: Case, root: Path) -> Figure:
    started = time.perf_counter()
    process = subprocess.Popen(case.command, cwd=root, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != case.exits:
        message = f"{' '.join(case.command)}: exit code {process.returncode}"
        raise SystemExit(message)
    # The kernel counts in KiB on Linux and in bytes on macOS.
    peak = usage.ru_maxrss / (2**10 if os.uname().sysname == "Linux" else 2**20)
    return Figure(seconds, peak, usage.ru_utime + usage.ru_stime)
