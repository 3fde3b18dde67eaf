"""What the change is: every field of every document meets a rule."""

from typing import Any

import msgspec
import pytest

from plainwork.model.decision import Verdict
from support.changes import account, decide_texts, make_change, make_evidence
from support.purchases import (
    APPROVED,
    BASE_FILES,
    DRILL,
    LATHE,
    SAW,
    SWEEP,
    approvals,
    approve_lathe,
    codes,
    edited,
    needs_of,
)


@pytest.mark.parametrize(
    ("edit", "source"),
    [
        ((LATHE, "amount: 800", "amount: 8000"), "field amount"),
        ((LATHE, "vendor: Hubwerk", "vendor: Bohrhof"), "policy vendors"),
        ((LATHE, "owner: bob", "owner: eve"), "hand-over: the receiving side"),
        ((LATHE, "requester: finn", "requester: eve"), "policy default"),
        ((LATHE, "status:", "class: large\nstatus:"), "policy default"),
        ((LATHE, "status:", "x-hidden: yes\nstatus:"), "policy default"),
        ((LATHE, "status:", "parent: saw\nstatus:"), "policy default"),
    ],
    ids=["a field's rule", "a policy", "a hand-over", "default", "unset", "foreign", "parent"],
)
def test_threat_17_a_second_change_in_an_approved_transition_meets_its_own_rule(
    edit: tuple[str, str, str], source: str
) -> None:
    result = edited(edit, of=APPROVED)
    decision = approve_lathe(*approvals("ada", "cleo"), result=result, author=account("hal"))
    assert decision.verdict is Verdict.WAITING
    assert source in [each.source for each in needs_of(decision, "lathe") if not each.met]


def test_threat_17_a_second_document_meets_its_own_rules() -> None:
    result = edited((SWEEP, "owner: finn", "owner: bob"), of=APPROVED)
    decision = approve_lathe(*approvals("ada", "cleo"), result=result)
    assert decision.verdict is Verdict.WAITING
    assert not all(each.met for each in needs_of(decision, "sweep"))


def test_threat_17_a_file_that_no_field_names_falls_to_the_default() -> None:
    """A policy without kinds that frees `created` and `body` frees no file of the forge."""
    free = "---\ntitle: Free\napplies_to: {fields: [created, body, file]}\napprovals: []\n---\n"
    base = {**BASE_FILES, "policies/free.md": free.replace(", file", "")}
    result = {**base, "CODEOWNERS": "* @bob\n"}
    decision = decide_texts(base, result, make_evidence())
    assert decision.verdict is Verdict.WAITING
    assert [each.source for each in needs_of(decision, "CODEOWNERS")] == ["policy default"]


def test_threat_17_no_field_of_a_file_is_free_whatever_it_is_called() -> None:
    free = "---\ntitle: Free\napplies_to: {fields: [created, body]}\napprovals: []\n---\n"
    base = {**BASE_FILES, "policies/free.md": free}
    result = {**base, "CODEOWNERS": "* @bob\n"}
    change = make_change(base, result)
    (file,) = change.documents
    for fields in (frozenset({"created"}), frozenset({"body"}), frozenset[str]()):
        named = msgspec.structs.replace(file, fields=fields)
        other = msgspec.structs.replace(change, documents=(named,))
        decision = decide_texts(base, result, make_evidence(), change=other)
        assert decision.verdict is Verdict.WAITING


def test_threat_17_what_could_not_be_read_is_no_new_work() -> None:
    base = edited((SWEEP, "owner: finn", "owner: [finn"))
    decision = decide_texts(base, edited((SWEEP, "owner: finn", "owner: bob")), make_evidence())
    assert decision.verdict is Verdict.WAITING
    assert "policy default" in [each.source for each in needs_of(decision, "sweep")]


def test_threat_16_a_second_document_of_an_id_hides_behind_none() -> None:
    """Not even behind one that follows from the base and so needs nobody."""
    axe = BASE_FILES[LATHE].replace("status: review", "status: received")
    result = {**BASE_FILES, "work/axe.md": axe, "work/other/axe.md": axe}
    key = ("work", "axe")
    decision = decide_texts(BASE_FILES, result, make_evidence(), derived=frozenset({key}))
    assert (decision.verdict, codes(decision)) == (Verdict.REJECTED, {"duplicate-id"})


@pytest.mark.parametrize("status", ["draft", "refused", "nowhere"])
def test_threat_18_where_no_way_leads_no_approval_helps(status: str) -> None:
    result = edited((SAW, "status: ordering", f"status: {status}"))
    everybody = approvals("ada", "cleo", "dan", "eve", "finn", "ida")
    decision = decide_texts(BASE_FILES, result, make_evidence(everybody))
    assert decision.verdict is Verdict.REJECTED
    assert "forbidden-transition" in codes(decision)


def test_threat_18_skipped_steps_ask_all_their_approvals() -> None:
    result = edited((DRILL, "status: draft", "status: received"))
    decision = decide_texts(BASE_FILES, result, make_evidence())
    sources = [each.source for each in needs_of(decision, "drill")]
    assert sources == ["transition approve", "transition receive"]


def test_threat_18_new_work_further_on_has_passed_nothing() -> None:
    new = BASE_FILES[LATHE].replace("status: review", "status: received")
    result = {**BASE_FILES, "work/axe.md": new}
    decision = decide_texts(BASE_FILES, result, make_evidence())
    sources = [each.source for each in needs_of(decision, "axe")]
    assert sources[:2] == ["transition approve", "transition receive"]


def test_threat_19_what_was_laundered_in_one_step_is_asked_in_the_next() -> None:
    """Leaving for another workflow and coming back passes all gates again."""
    base = edited(
        (SAW, "workflow: purchase", "workflow: task"), (SAW, "status: ordering", "status: open")
    )
    result = edited(
        (SAW, "workflow: task", "workflow: purchase"),
        (SAW, "status: open", "status: ordering"),
        of=base,
    )
    decision = decide_texts(base, result, make_evidence())
    assert "transition approve" in [each.source for each in needs_of(decision, "saw")]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"commits": 2}, id="more commits"),
        pytest.param({"commits": 0}, id="fewer commits"),
        pytest.param({"files": 2}, id="more files"),
        pytest.param({"files": 0}, id="fewer files"),
    ],
)
def test_threat_26_where_the_forge_counts_otherwise_nothing_is_decided(
    said: dict[str, Any],
) -> None:
    decision = approve_lathe(*approvals("ada", "cleo"), **said)
    assert (decision.verdict, codes(decision)) == (Verdict.ERROR, {"count-mismatch"})
    assert approve_lathe(*approvals("ada", "cleo"), commits=1, files=1).verdict is Verdict.APPROVED


def test_threat_26_evidence_with_gaps_decides_nothing() -> None:
    decision = approve_lathe(
        *approvals("ada", "cleo"), complete=False, gaps=("reviews: more than 3,000 entries",)
    )
    assert (decision.verdict, codes(decision)) == (Verdict.ERROR, {"incomplete-evidence"})
    assert "more than 3,000" in decision.reasons[0].message


def test_threat_27_a_change_of_nothing_governed_needs_nobody() -> None:
    decision = decide_texts(BASE_FILES, BASE_FILES, make_evidence())
    assert (decision.verdict, decision.documents) == (Verdict.APPROVED, ())
