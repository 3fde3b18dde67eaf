"""What kept decisions tell of approvals: by whom, and how long it took."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from plainwork.approvals.proof import PROOF_SCHEMA, Proof, format_proof
from plainwork.flow.approval_latency import GivenApproval
from plainwork.model.decision import (
    DECISION_SCHEMA,
    DecidedDocument,
    DecidedRequirement,
    Decision,
    Given,
    Verdict,
)
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence, SeenHead
from plainwork.storage.event_history import load_event_history
from plainwork.storage.kept_approvals import load_given_approvals
from plainwork.storage.notes import write_note
from support.desk_history import make_desks
from support.git import run_git

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
SEEN = (NOW - timedelta(hours=30), NOW - timedelta(hours=5))  # pushed to again in between


def given(person: str, hours: int, **more: Any) -> Given:
    return Given(person, **{"review": f"{person}-1", "at": NOW - timedelta(hours=hours), **more})


ALL = (
    given("ada", 4),
    given("cy", 3, by="bo"),
    given("eve", 2, review=""),  # the author's own change is no approval that was asked for
    Given("dan", "dan-1"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_desks(tmp_path / "ws")


def keep(root: Path, heads: tuple[datetime, ...] = SEEN, kind: str = "work", at: str = "") -> str:
    head = run_git("rev-parse", "HEAD", cwd=root).strip()
    evidence = Evidence(
        schema=EVIDENCE_SCHEMA,
        forge="github",
        repository="a/b",
        ref="refs/heads/main",
        base=head,
        head=head,
        read_at=NOW,
        complete=True,
        heads=tuple(SeenHead(head, each) for each in heads),
    )
    need = DecidedRequirement("transition sell", ("lab",), ("cy",), 1, met=True, given=ALL)
    document = DecidedDocument(kind, "d-one", "work/d-one.md", "D", (), (), "x", (need, need))
    decision = Decision(
        schema=DECISION_SCHEMA,
        version="0",
        verdict=Verdict.APPROVED,
        repository="a/b",
        ref="refs/heads/main",
        base=head,
        head=head,
        tree=head,
        now=NOW,
        digest="x",
        evidence="x",
        documents=(document,),
    )
    proof = Proof(PROOF_SCHEMA, at or head, evidence, (), 1, 1, (), (decision,))
    write_note(root, head, format_proof(proof))
    return head


def test_each_approval_counts_once_from_when_the_change_was_first_seen(root: Path) -> None:
    head = keep(root)
    asked = int(SEEN[0].timestamp())
    times = [int((NOW - timedelta(hours=hours)).timestamp()) for hours in (4, 3)]
    assert load_given_approvals(root, load_event_history(root)) == (
        GivenApproval("ada", "d-one", asked, times[0], head),
        GivenApproval("bo", "d-one", asked, times[1], head),
    )


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param({"heads": ()}, id="nobody saw it appear"),
        pytest.param({"kind": "policy"}, id="no work"),
        pytest.param({"at": "a" * 40}, id="of another commit"),
    ],
)
def test_what_tells_nothing(root: Path, kept: dict[str, Any]) -> None:
    keep(root, **kept)
    assert load_given_approvals(root, load_event_history(root)) == ()


def test_a_note_that_makes_no_sense_tells_nothing(root: Path) -> None:
    write_note(root, run_git("rev-parse", "HEAD", cwd=root).strip(), b'{"schema": "x"}')
    assert load_given_approvals(root, load_event_history(root)) == ()
