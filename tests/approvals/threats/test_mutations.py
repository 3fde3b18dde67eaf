"""Every threat's tests fail when the defence is taken away: they would notice if it were gone.

Each row of :data:`MUTATIONS` is tried on a copy of the project: a defence is replaced by what its
absence would do, and the tests that are named must fail, because what they expect does not hold
any more. That they pass otherwise the tests themselves show.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import cache_from_source
from pathlib import Path
from typing import NamedTuple

import pytest

from approvals.threats.mutation import Mutation
from approvals.threats.mutations import MUTATIONS

ROOT = Path(__file__).resolve().parents[3]
COPIED = ("src", "tests", "templates", "site", ".ci", ".github", "action.yml", "pyproject.toml")
THREATS = range(1, 67)

_TEST = re.compile(r"^def (test_threat_((?:[0-9]{2}_)+)\w+)\(", re.MULTILINE)
_FAILED = re.compile(r"^FAILED tests/([^\s\[]+)", re.MULTILINE)
_BROKEN = re.compile(r"^(?:ERROR .*|E +(?:Import|Module|Name|Syntax|Indentation)\w*Error.*)", re.M)


class Copy(NamedTuple):
    """The project once more, to take defences out of, and the process that runs its tests."""

    folder: Path
    process: subprocess.Popen[str]


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """A copy of the project; each process has its own."""
    folder = tmp_path_factory.mktemp("mutated")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy2(ROOT / name, folder / name)
    inherited = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    # Most of the time would go into plugins that are not needed here.
    environment = {**inherited, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "CI": "true"}
    with subprocess.Popen(
        [sys.executable, Path(__file__).parent / "processes/fork_pytest.py"],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Copy(folder, process)


@contextmanager
def mutated(folder: Path, mutation: Mutation) -> Iterator[None]:
    """Take a defence out of the copy, for a while."""
    files = {folder / path for path, _, _ in mutation.edits}
    kept = {file: file.read_text(encoding="utf-8") for file in files}
    try:
        for path, old, new in mutation.edits:
            text = (folder / path).read_text(encoding="utf-8")
            rewrite(folder / path, text.replace(old, new))
        yield
    finally:
        for file, text in kept.items():
            rewrite(file, text)


def rewrite(file: Path, text: str) -> None:
    """Replace a module, and forget its bytecode: that knows its source by second and size only."""
    file.write_text(text, encoding="utf-8")
    Path(cache_from_source(str(file))).unlink(missing_ok=True)


def run_tests(copy: Copy, tests: tuple[str, ...]) -> str:
    """Run tests of the copy in a process of their own; return what pytest prints."""
    output = copy.folder / "told"
    options = ["-q", "--tb=short", "-rfE", f"--basetemp={copy.folder / 'temporary'}"]
    options += ["--exitfirst"] if len(tests) == 1 else []
    arguments = [str(output), *options, *(f"tests/{test}" for test in tests)]
    stdin, stdout = copy.process.stdin, copy.process.stdout
    assert stdin is not None
    assert stdout is not None
    stdin.write(f"{json.dumps(arguments)}\n")
    stdin.flush()
    assert stdout.readline() == "over\n"
    return output.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.what)
def test_without_its_defence_a_threat_is_noticed(mutation: Mutation, copy: Copy) -> None:
    with mutated(copy.folder, mutation):
        told = run_tests(copy, mutation.tests)
    broken = _BROKEN.search(told)
    assert broken is None, f"the mutation is no program: {broken[0]}"
    assert set(_FAILED.findall(told)) == set(mutation.tests), told


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.what)
def test_a_defence_stands_where_the_table_says(mutation: Mutation) -> None:
    for path, old, _ in mutation.edits:
        assert (ROOT / path).read_text(encoding="utf-8").count(old) == 1, f"{path}: {old}"


def threats_of(test: str) -> set[int]:
    """Return the numbers in the name of a test."""
    found = re.search(r"::test_threat_((?:[0-9]{2}_)+)", test)
    return {int(number) for number in found[1].split("_") if number} if found else set()


def test_every_threat_has_tests_and_a_mutation_that_they_notice() -> None:
    named = {
        f"{path.relative_to(ROOT / 'tests').as_posix()}::{name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for name, _ in _TEST.findall(path.read_text(encoding="utf-8"))
    }
    proved = {test for mutation in MUTATIONS for test in mutation.tests}
    assert proved <= named
    assert set().union(*map(threats_of, named)) == set(THREATS)
    assert set().union(*map(threats_of, proved)) == set(THREATS)
