"""What has to hold for any bytes: an answer in time, and diagnostics that point into the file."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import msgspec

from fuzz.mutations import mutate
from fuzz.seeds import SETTINGS, Seed, load_seeds, load_tables
from plainwork.editing.front_matter_edit import set_field
from plainwork.errors import PlainworkError
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.parsing.definitions import make_policy, make_record, make_workflow
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import work_fields
from plainwork.parsing.front_matter import parse_front_matter
from plainwork.parsing.markdown import parse_checklists, parse_sections, parse_template
from plainwork.parsing.parties import make_party
from plainwork.parsing.settings_file import parse_settings

LIMIT = 10.0
"""Seconds of the processor that one document may take; most take a thousandth of one."""


class TooSlowError(Exception):
    """A document took longer than it may."""


def make_case(seed: int, number: int) -> Seed:
    """Return one mutated document; the same for the same two numbers."""
    random = Random(f"{seed}-{number}")
    seeds = load_seeds()
    chosen, other = random.choice(seeds), random.choice(seeds)
    return Seed(chosen.path, chosen.kind, mutate(random, chosen.data, other.data))


def examine(case: Seed) -> None:
    """Read a document in every way in which plainwork reads one.

    Raises:
        Exception: If any does; AssertionError if an answer is wrong.
    """
    with _time_limit():
        if case.kind == SETTINGS:
            _, problems = parse_settings(case.path, case.data)
            check_diagnostics(case, problems)
        else:
            _examine_document(case)


def check_diagnostics(case: Seed, diagnostics: tuple[Diagnostic, ...]) -> None:
    """Check that each points to a place in the file and is one line that can be shown."""
    text = case.data.decode("utf-8", "replace")
    lines = text.split("\n")
    for diagnostic in diagnostics:
        location = diagnostic.location
        assert location.path == case.path, diagnostic
        assert 0 <= location.line <= len(lines), diagnostic
        if location.line:
            assert 1 <= location.column <= len(lines[location.line - 1]) + 1, diagnostic
        else:
            assert location.column == 0, diagnostic
        for shown in (diagnostic.message, diagnostic.hint):
            assert shown.encode() is not None, diagnostic
            assert "\n" not in shown, diagnostic
        assert diagnostic.message, diagnostic


def _examine_document(case: Seed) -> None:
    document = parse_document(case.path, case.kind, case.data, load_tables())
    check_diagnostics(case, document.diagnostics)
    assert document.readable or document.diagnostics
    packed = msgspec.msgpack.encode(document)
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(packed, type=Document)) == packed
    if document.readable:
        _examine_definition(document)
        _examine_front_matter(case)


def _examine_definition(document: Document) -> None:
    match document.kind:
        case "workflow":
            work_fields(make_workflow(document))
        case "policy":
            make_policy(document)
        case "record":
            make_record(document)
        case "person" | "team" | "agent":
            make_party(document)


def _examine_front_matter(case: Seed) -> None:
    front_matter, _ = parse_front_matter(case.path, case.data)
    assert front_matter is not None
    parse_sections(front_matter.body)
    parse_checklists(front_matter.body)
    parse_template(front_matter.body)
    for key, value in front_matter.root.entries:
        assert 0 <= key.start <= key.end <= value.start <= value.end <= front_matter.body_start
    try:
        edited = set_field(front_matter.text, "title", "Another title")
    except PlainworkError:
        return
    assert edited.endswith(front_matter.body)
    assert set_field(edited, "title", "Another title") == edited


@contextmanager
def _time_limit() -> Iterator[None]:
    # The processor's time, so that a busy machine is no defect.
    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
