"""A slice of the fuzzing run, and that it can fail."""

import pytest

from fuzz.examination import check_diagnostics, examine, make_case
from fuzz.seeds import SETTINGS, Seed, load_seeds, load_tables
from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.parsing.documents import parse_document

SLICE = 1_500
HOSTILE = {
    "many brackets": b"---\ntitle: " + b"[" * 25_000 + b"\n---\n",
    "many braces": b"---\ntitle: " + b"{a: " * 25_000 + b"\n---\n",
    "many dashes": b"---\n" + b"- " * 25_000 + b"\n---\n",
    "many question marks": b"---\n" + b"? " * 25_000 + b"\n---\n",
    "alias bomb": b"---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n",
    "one long key": b"---\n" + b"k" * 1_000_000 + b": x\n---\n",
    "one long value": b"---\ntitle: " + b"x" * 1_000_000 + b"\n---\n",
    "many keys": b"---\n" + b"".join(b"k%d: x\n" % n for n in range(20_000)) + b"---\n",
    "many blank lines": b"---\n" + b"\n" * 1_000_000 + b"---\n",
    "many fences": b"---\n" * 100_000,
    "many headings": b"---\ntitle: x\n---\n" + b"# x\n- [ ] y\n" * 20_000,
    "too large": b"---\n" * 300_000,
    "nothing": b"",
    "no text": bytes(range(256)),
}


@pytest.mark.parametrize("start", range(0, SLICE, 500))
def test_mutated_documents(start: int) -> None:
    for number in range(start, start + 500):
        case = make_case(1, number)
        try:
            examine(case)
        except Exception as error:
            error.add_note(f"python tests/fuzz --seed 1 --only {number}")
            raise


@pytest.mark.parametrize("kind", ["work", "settings"])
@pytest.mark.parametrize("data", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_documents(kind: str, data: bytes) -> None:
    examine(Seed("work/a.md", kind, data))


def test_the_templates_themselves() -> None:
    kinds = {seed.kind for seed in load_seeds()}
    assert kinds >= {"work", "workflow", "person", "team", "agent", "policy", "settings"}
    for seed in load_seeds():
        examine(seed)
        if seed.kind != SETTINGS:
            assert parse_document(seed.path, seed.kind, seed.data, load_tables()).readable


@pytest.mark.parametrize(
    ("location", "message"),
    [
        pytest.param(Location("b.md", 1, 1), "wrong", id="another file"),
        pytest.param(Location("a.md", 4, 1), "wrong", id="behind the last line"),
        pytest.param(Location("a.md", 2, 7), "wrong", id="behind the end of a line"),
        pytest.param(Location("a.md", 1, 0), "wrong", id="no column"),
        pytest.param(Location("a.md", 0, 3), "wrong", id="a column without a line"),
        pytest.param(Location("a.md", 1, 1), "two\nlines", id="two lines"),
        pytest.param(Location("a.md", 1, 1), "", id="says nothing"),
    ],
)
def test_a_diagnostic_that_would_be_a_failure(location: Location, message: str) -> None:
    case = Seed("a.md", "work", b"---\nab: c\n")
    diagnostic = Diagnostic(location, "rule", Severity.ERROR, message)
    with pytest.raises(AssertionError):
        check_diagnostics(case, (diagnostic,))
