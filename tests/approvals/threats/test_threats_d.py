"""Delegation, time and exceptions: never granted to oneself, and never without end."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from plainwork.approvals.voices import SKEW
from plainwork.model.change import Fault
from plainwork.model.decision import Decision, Verdict
from support.changes import HEAD, NOW, account, decide_texts, make_change, make_evidence, review
from support.purchases import (
    BASE_FILES,
    LATHE,
    approvals,
    approve_lathe,
    boarding,
    codes,
    edited,
    given_by,
    need_of,
    refused,
)

HAL, FINANCE = "people/hal.md", "teams/finance.md"
DEARER = (LATHE, "amount: 800", "amount: 8000")


def raise_amount(*edits: tuple[str, str, str], author: str = "bob", **more: Any) -> Decision:
    """Decide a higher amount, which ida or hal must approve; eve, his delegate, does."""
    base = edited(*edits)
    evidence = make_evidence(approvals(more.pop("login", "eve")), author=account(author), **more)
    return decide_texts(base, edited(DEARER, of=base), evidence)


def test_threat_52_a_delegate_counts_as_the_delegator() -> None:
    decision = raise_amount()
    (given,) = need_of(decision, "lathe", "field amount").given
    assert (given.person, given.by) == ("hal", "eve")


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param((HAL, "from: 2026-05-10", "from: 2026-05-21"), id="not yet"),
        pytest.param((HAL, "until: 2026-05-25", "until: 2026-05-19"), id="expired"),
        pytest.param((HAL, "workflows: [purchase]", "workflows: [task]"), id="another workflow"),
        pytest.param((HAL, "name: Hal", "name: Hal\nuntil: 2026-05-19"), id="the delegator left"),
    ],
)
def test_threat_52_a_delegation_that_does_not_hold(edit: tuple[str, str, str]) -> None:
    need = need_of(raise_amount(edit), "lathe", "field amount")
    assert need.given == ()
    assert refused(need)["eve"] in ("delegation-invalid", "not-in-role")


@pytest.mark.parametrize(("last", "counts"), [("2026-05-20", True), ("2026-05-19", False)])
def test_threat_52_a_signature_does_not_reach_back_into_a_delegation_that_is_over(
    last: str,
    counts: bool,
) -> None:
    """The time of a signature is what its signer says."""
    key = "ssh-ed25519 AAAAeve"
    base = edited(
        (HAL, "until: 2026-05-25", f"until: {last}"),
        ("people/eve.md", "name: Eve", f"name: Eve\nsigning_keys: [{key}]"),
    )
    signed = review("eve", "approved", "2026-05-15T10:00", account=None, key=key, commit=HEAD)
    decision = decide_texts(base, edited(DEARER, of=base), make_evidence([signed]))
    assert bool(need_of(decision, "lathe", "field amount").given) is counts


def test_threat_52_nobody_grants_a_delegation_to_themselves() -> None:
    """Delegations count as the base has them, not as the change would have them."""
    base = edited((HAL, "to: eve", "to: dan"))
    result = edited((HAL, "to: dan", "to: eve"), DEARER, of=base)
    decision = decide_texts(base, result, make_evidence(approvals("eve")))
    assert refused(need_of(decision, "lathe", "field amount")) == {"eve": "not-in-role"}


def test_threat_52_a_delegate_does_not_delegate() -> None:
    base = edited(("people/eve.md", "name: Eve", "name: Eve\ndelegates:\n  - {to: finn}"))
    evidence = make_evidence(approvals("finn"), author=account("bob"))
    decision = decide_texts(base, edited(DEARER, of=base), evidence)
    assert refused(need_of(decision, "lathe", "field amount")) == {"finn": "requester"}
    base = edited((LATHE, "requester: finn\n", ""), of=base)
    decision = decide_texts(base, edited(DEARER, of=base), evidence)
    assert refused(need_of(decision, "lathe", "field amount")) == {"finn": "not-in-role"}


def test_threat_52_who_is_excluded_is_no_delegate() -> None:
    assert refused(need_of(raise_amount(author="eve"), "lathe", "field amount")) == {
        "eve": "author"
    }
    lifted = ("workflows/purchase.md", "by: finance, when", "by: finance, exclude: [], when")
    need = need_of(raise_amount(lifted, author="eve"), "lathe", "field amount")
    assert need.given == ()  # a delegate never approves their own change, whatever is lifted


def test_threat_52_who_had_a_hand_in_it_is_no_delegate() -> None:
    result = edited(DEARER)
    change = make_change(BASE_FILES, result, contributors=[("author", "Eve", "eve@example.org")])
    decision = decide_texts(BASE_FILES, result, make_evidence(approvals("eve")), change=change)
    assert refused(need_of(decision, "lathe", "field amount")) == {"eve": "contributor"}


def test_threat_52_nobody_approves_for_somebody_who_may_not() -> None:
    need = need_of(raise_amount(author="hal"), "lathe", "field amount")
    assert refused(need) == {"eve": "delegation-invalid"}


def test_threat_52_one_human_fills_one_place() -> None:
    """Neither as themselves and as a delegate, nor for two who are away."""
    two = ("workflows/purchase.md", "{by: finance, when", "{by: [finance, eve], count: 2, when")
    assert given_by(need_of(raise_amount(two), "lathe", "field amount")) == ["eve"]
    ida = ("people/ida.md", "name: Ida", "name: Ida\ndelegates:\n  - {to: eve}")
    both = ("workflows/purchase.md", "{by: finance, when", "{by: finance, count: 2, when")
    assert len(given_by(need_of(raise_amount(both, ida), "lathe", "field amount"))) == 1


def test_threat_52_the_delegator_counts_once() -> None:
    both = ("workflows/purchase.md", "{by: finance, when", "{by: finance, count: 2, when")
    base = edited(both)
    evidence = make_evidence(approvals("hal", "eve"))
    decision = decide_texts(base, edited(DEARER, of=base), evidence)
    assert given_by(need_of(decision, "lathe", "field amount")) == ["hal"]


@pytest.mark.parametrize(
    ("ahead", "counts"),
    [(timedelta(), True), (SKEW, True), (SKEW + timedelta(seconds=1), False)],
    ids=["now", "skew", "future"],
)
def test_threat_53_the_server_says_what_time_it_is(ahead: timedelta, counts: bool) -> None:
    late = msgspec.structs.replace(review("ada", "approved", "10:00"), submitted_at=NOW + ahead)
    decision = approve_lathe(late, *approvals("cleo"))
    assert (decision.verdict is Verdict.APPROVED) is counts
    assert refused(boarding(decision)) == ({} if counts else {"ada": "expired"})


@pytest.mark.parametrize(
    "time",
    [
        pytest.param(NOW.replace(tzinfo=None), id="no offset"),
        pytest.param(NOW.replace(year=1), id="the first year"),
        pytest.param(NOW.replace(year=9999), id="the last year"),
    ],
)
def test_threat_53_a_time_that_nobody_can_compare_is_none(time: datetime) -> None:
    odd = msgspec.structs.replace(review("ada", "approved", "10:00"), submitted_at=time)
    decision = approve_lathe(odd, *approvals("cleo"))
    assert (decision.verdict, codes(decision)) == (Verdict.ERROR, {"other-evidence"})


def test_threat_53_what_takes_consent_away_counts_at_once() -> None:
    future = review("ada", "changes-requested", "2026-06-20T10:00")
    assert approve_lathe(future, *approvals("ada", "cleo")).verdict is Verdict.REJECTED


def test_threat_53_an_expired_approval_is_stale() -> None:
    base = edited(("workflows/purchase.md", "veto: true", "max_age: 3h"))
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    for hours, counts in ((1, True), (2, False)):
        evidence = make_evidence(approvals("ada", "cleo"), read_at=NOW + timedelta(hours=hours))
        decision = decide_texts(base, result, evidence)
        assert (decision.verdict is Verdict.APPROVED) is counts


RECORD = """---
record: waiver
about: [lathe]
by: bob
at: 2026-05-20
of: {of}
{digest}reason: {reason}
until: {until}
---
"""


def waive(
    *logins: str,
    of: str = "vendors",
    digest: str | None = None,
    reason: str = "Hubwerk is closed",
    until: str = "2026-06-01",
    base: dict[str, str] = BASE_FILES,
    result: dict[str, str] | None = None,
    faults: tuple[Fault, ...] = (),
) -> Decision:
    """Decide a change of the vendor with a waiver beside it; ida or ada may grant it."""
    changed = result or edited((LATHE, "Hubwerk", "Bohrhof"), of=base)
    if digest is None:
        decided = decide_texts(base, changed, make_evidence())
        (digest,) = (each.digest for each in decided.documents if each.id == "lathe")
    line = f"digest: {digest}\n" if digest else ""
    record = RECORD.format(of=of, digest=line, reason=reason, until=until)
    after = {**changed, "records/w1.md": record}
    change = make_change(base, after, faults=faults)
    return decide_texts(base, after, make_evidence(approvals(*logins)), change=change)


def test_threat_54_a_waiver_needs_those_whom_the_policy_names() -> None:
    assert waive("ida").verdict is Verdict.APPROVED
    for logins in ((), ("bob",), ("cleo",)):
        decision = waive(*logins)
        assert (decision.verdict, decision.granted) == (Verdict.WAITING, ())


def test_threat_54_a_granted_waiver_is_loud() -> None:
    decision = waive("ida")
    (granted,) = decision.granted
    assert (granted.record, granted.of, granted.about) == ("w1", "vendors", ("lathe",))
    assert (granted.until, granted.reason) == ("2026-06-01", "Hubwerk is closed")
    assert "waived until 2026-06-01" in need_of(decision, "lathe", "policy vendors").note


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        pytest.param({"digest": "0" * 64}, "waiver-of-other-change", id="another digest"),
        pytest.param({"until": "2026-05-19"}, "waiver-without-end", id="over"),
        pytest.param({"until": '""'}, "waiver-without-end", id="without end"),
        pytest.param({"reason": '""'}, "waiver-without-end", id="without reason"),
    ],
)
def test_threat_54_a_waiver_that_is_reused_or_over_is_refused(
    wrong: dict[str, Any], code: str
) -> None:
    decision = waive("ida", "ada", "eve", **wrong)
    assert decision.verdict is Verdict.REJECTED
    assert code in codes(decision)


def test_threat_54_a_waiver_without_a_digest_lifts_no_approval() -> None:
    decision = waive("ida", digest="")
    assert decision.verdict is Verdict.WAITING
    assert not need_of(decision, "lathe", "policy vendors").met


def test_threat_54_where_the_policy_grants_none_nobody_can() -> None:
    base = edited(("policies/vendors.md", "waivers:\n  - {by: governance}\n", ""))
    decision = waive("ida", "ada", "eve", base=base)
    assert decision.verdict is Verdict.WAITING
    assert decision.granted == ()


def test_threat_54_a_waiver_lifts_its_policy_for_its_document_only() -> None:
    both = edited((LATHE, "Hubwerk", "Bohrhof"), ("work/saw.md", "Hubwerk", "Bohrhof"))
    decision = waive("ida", result=both)
    assert need_of(decision, "lathe", "policy vendors").met
    assert not need_of(decision, "saw", "policy vendors").met
    more = edited((LATHE, "Hubwerk", "Bohrhof"), (LATHE, "status: review", "status: ordering"))
    decision = waive("ida", result=more)
    assert not need_of(decision, "lathe", "transition approve").met


DEFAULT_WAIVERS = ("policies/default.md", "approvals:", "waivers: [{by: ida}]\napprovals:")


def test_threat_54_a_transition_is_waived_by_whom_the_default_policy_names() -> None:
    base = edited(DEFAULT_WAIVERS)
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    fault = Fault("unmet-guard", "`approve`: `vendor` must be set", "", LATHE)
    other = Fault("unmet-guard", "`submit`: `vendor` must be set", "", LATHE)
    waived = waive("ida", of="purchase.approve", base=base, result=result, faults=(fault,))
    assert waived.verdict is Verdict.APPROVED
    for faults in ((other,), (Fault("duplicate-id", "twice", "", LATHE),)):
        decision = waive("ida", of="purchase.approve", base=base, result=result, faults=faults)
        assert decision.verdict is Verdict.REJECTED


def test_threat_54_what_cannot_be_read_nobody_can_waive() -> None:
    base = edited(DEFAULT_WAIVERS)
    fault = Fault("duplicate-id", "twice", "", LATHE)
    decision = waive("ida", "eve", of="duplicate-id", base=base, faults=(fault,))
    assert decision.verdict is Verdict.REJECTED


def test_threat_54_a_veto_is_no_missing_approval() -> None:
    base = edited(("policies/vendors.md", "{by: procurement}", "{by: procurement, veto: true}"))
    result = edited((LATHE, "Hubwerk", "Bohrhof"), of=base)
    decided = decide_texts(base, result, make_evidence())
    record = RECORD.format(
        of="vendors",
        digest=f"digest: {decided.documents[0].digest}\n",
        reason="x",
        until="2026-06-01",
    )
    after = {**result, "records/w1.md": record}
    reviews = [*approvals("ida"), review("eve", "changes-requested", "10:00")]
    decision = decide_texts(base, after, make_evidence(reviews))
    assert decision.verdict is Verdict.REJECTED
    assert not need_of(decision, "lathe", "policy vendors").met
