"""Proofs are kept as one line, and read strictly."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.approvals.proof import (
    PROOF_SCHEMA,
    Proof,
    SeenCommit,
    SeenFile,
    format_proof,
    parse_proof,
    seen_in,
)
from plainwork.model.change import Contributor, FileState, SeenDocument
from plainwork.model.decision import Decision
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence, Review, ReviewState

NOW = datetime(2026, 6, 1, tzinfo=UTC)
BASE, HEAD = "a" * 40, "b" * 40
TEXT = st.text(max_size=12)
STATES = st.none() | st.builds(FileState, TEXT, st.just("100644"), st.just("0" * 64))
SEEN = st.builds(
    SeenCommit,
    TEXT,
    st.just(HEAD),
    st.lists(st.tuples(st.just("policy"), TEXT, TEXT), max_size=2).map(tuple),
    st.lists(st.builds(SeenFile, st.just("work"), TEXT, STATES, STATES), max_size=2).map(tuple),
)


def evidence(*reviews: Review, title: str = "") -> Evidence:
    return Evidence(
        schema=EVIDENCE_SCHEMA,
        forge="github",
        repository="acme/work",
        ref="refs/heads/main",
        base=BASE,
        head=HEAD,
        read_at=NOW,
        complete=True,
        title=title,
        reviews=reviews,
    )


def proof(*seen: SeenCommit, title: str = "", decisions: tuple[Decision, ...] = ()) -> Proof:
    said = evidence(Review("1", ReviewState.APPROVED, NOW), title=title)
    named = (Contributor("author", title, "ada@x", HEAD),)
    return Proof(PROOF_SCHEMA, HEAD, said, named, 1, 1, seen, decisions)


@given(st.lists(SEEN, max_size=2), TEXT)
def test_what_is_kept_is_read_again_the_same(seen: list[SeenCommit], title: str) -> None:
    kept = proof(*seen, title=title)
    line = format_proof(kept)
    assert b"\n" not in line
    assert parse_proof(line) == kept
    assert format_proof(kept) == line


def test_what_reviewers_saw_is_told_for_each_workspace() -> None:
    state = FileState("work/a.md", "100644", "0" * 64)
    rules = (("policy", "default", "1" * 64),)
    one = SeenCommit("", HEAD, rules, (SeenFile("work", "a", None, state),))
    other = SeenCommit("inner", HEAD, (), (SeenFile("work", "b", state, None),))
    kept = proof(one, other)
    assert seen_in(kept, "") == {
        HEAD: {("work", "a"): SeenDocument(None, state, {("policy", "default"): "1" * 64})}
    }
    assert seen_in(kept, "inner") == {HEAD: {("work", "b"): SeenDocument(state, None, {})}}
    assert seen_in(kept, "nowhere") == {}


LINE = format_proof(proof())
WRONG = {
    "empty": b"",
    "no JSON": b"approved",
    "a list": b"[]",
    "deep": b"[" * 100_000,
    "cut off": LINE[:-1],
    "with blanks": LINE.replace(b":", b": ", 1),
    "a key twice": LINE.replace(b'"commits":1', b'"commits":1,"commits":1'),
    "an unknown key": LINE.replace(b'"commits":1', b'"commits":1,"trusted":true'),
    "another type": LINE.replace(b'"commits":1', b'"commits":"1"'),
    "another version": LINE.replace(b"proof/1", b"proof/2"),
    "no UTF-8": LINE.replace(b"acme/work", b"acme/\xff"),
}


@pytest.mark.parametrize("name", WRONG)
def test_anything_else_is_no_proof_and_it_is_said_why(name: str) -> None:
    found = parse_proof(WRONG[name])
    assert isinstance(found, str)
    assert found


def test_a_path_that_is_no_text_is_kept_and_proves_nothing() -> None:
    state = FileState("work/\udcff.md", "100644", "0" * 64)
    line = format_proof(proof(SeenCommit("", HEAD, (), (SeenFile("work", "a", None, state),))))
    assert b"\\udcff" in line
    assert isinstance(parse_proof(line), str)


def test_a_decision_is_read_again() -> None:
    decided = Decision(
        schema="plainwork/decision/1",
        version="0",
        verdict="approved",  # type: ignore[arg-type] # as JSON has it
        repository="github:acme/work",
        ref="refs/heads/main",
        base=BASE,
        head=HEAD,
        tree="c" * 40,
        now=NOW,
        digest="",
        evidence="",
    )
    found = parse_proof(format_proof(proof(decisions=(decided,))))
    assert isinstance(found, Proof)
    assert msgspec.to_builtins(found.decisions[0]) == msgspec.to_builtins(decided)
