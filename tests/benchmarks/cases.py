"""What is measured: what everybody does every day, and what it is compared with."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measure import Case
from benchmarks.proposals import PROPOSALS, Proposal, proposals_of
from benchmarks.workspace import TODAY, Expected

PYTHON = "python -c pass"
GIT_STATUS = "git status"
PROGRAM = str(Path(sys.executable).with_name("plainwork"))

DAY = ("--today", TODAY.isoformat())
PERSON = "person-07"
_WARM = (
    ("list",),
    ("status",),
    ("next", "--for", PERSON),
    ("owners",),
    ("board",),
)
_TWENTY_SECONDS = 1_000
"""What a decision may take at most, whatever is proposed, in starts of Python."""
_VIEWS_TARGET: dict[int, float] = {10_000: 20, 100_000: 80}


def make_cases(root: Path, size: int, expected: Expected) -> list[Case]:
    """Return the cases for a workspace of this size, in the order in which a round runs them."""
    return [
        Case(PYTHON, (sys.executable, "-c", "pass")),
        Case(GIT_STATUS, ("git", "status", "--porcelain")),
        Case("--version", (PROGRAM, "--version"), target=2),
        Case("--help", (PROGRAM, "--help"), target=2),
        *_reading(size, expected),
        *_writing(root, size, expected),
        *_checking(root, size, expected),
        *_deciding(root, size),
    ]


def _reading(size: int, expected: Expected) -> Iterator[Case]:
    target = _VIEWS_TARGET.get(size)
    for name, *options in (*_WARM, ("show", expected.sample_id)):
        promised = target if name != "board" else None
        yield Case(name, (PROGRAM, name, *options, *DAY), promised)
    yield Case("log", (PROGRAM, "log"), 60 if size == 10_000 else None)


def _writing(root: Path, size: int, expected: Expected) -> Iterator[Case]:
    target = 20 if size == 10_000 else None
    restore = _restoring(root / expected.sample_path)
    id_ = expected.sample_id
    yield Case("new", (PROGRAM, "new", "task", "Measure it", *DAY), target)
    yield Case("set", (PROGRAM, "set", id_, "estimate=13d", *DAY), target, restore)
    yield Case("move", (PROGRAM, "move", id_, "doing", *DAY), target, restore)


def _checking(root: Path, size: int, expected: Expected) -> Iterator[Case]:
    cold, changed = (150, 30) if size == 10_000 else (None, None)
    changing = _growing(root / expected.sample_path)
    yield Case("check, one file changed", (PROGRAM, "check", *DAY), changed, changing)
    # In a copy: what is removed there has to be there for the others.
    copy = shutil.copytree(root, root.with_name("cold"), symlinks=True)
    index = copy / ".git/plainwork"
    yield Case(
        "check, cold",
        (PROGRAM, "-C", str(copy), "check", *DAY),
        cold,
        lambda: shutil.rmtree(index, ignore_errors=True),
    )
    events = index / "events"
    yield Case(
        "log, cold",
        (PROGRAM, "-C", str(copy), "log"),
        None,
        lambda: events.unlink(missing_ok=True),
    )


def _deciding(root: Path, size: int) -> Iterator[Case]:
    promised = size == 10_000
    for proposal in PROPOSALS:
        usual = proposal.branch == "usual"
        target = (110 if usual else _TWENTY_SECONDS) if promised else None
        refused = int(proposal.verdict != "approved")
        yield Case(proposal.name, gate_command(root, proposal), target, exits=refused)


def gate_command(root: Path, proposal: Proposal) -> tuple[str, ...]:
    """Return the command that decides a branch of a workspace."""
    branches = ("--base", "main", "--head", proposal.branch, "--ref", "refs/heads/main")
    place = ("-C", str(proposals_of(root)))
    return (PROGRAM, *place, "gate", *branches, "--now", f"{TODAY.isoformat()}T12:00:00Z")


def _restoring(file: Path) -> Callable[[], None]:
    before = file.read_bytes()

    def restore() -> None:
        file.write_bytes(before)

    return restore


def _growing(file: Path) -> Callable[[], None]:
    def grow() -> None:
        with file.open("a", encoding="utf-8") as body:
            body.write("One line more.\n")

    return grow
