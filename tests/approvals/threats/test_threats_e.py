"""What enforcement rests on: one verdict for all of a change, and for all of a group."""

import msgspec
import pytest

from plainwork.approvals.verdict import combine, decide_group
from plainwork.model.change import Fault
from plainwork.model.decision import Decision, Verdict
from plainwork.model.evidence import SeenHead
from plainwork.serving.deciding import Judged, describe_judged
from plainwork.serving.publishing import make_report
from support.changes import HEAD, account, at, decide_texts, make_change, make_evidence
from support.purchases import (
    APPROVED,
    BASE_FILES,
    LATHE,
    SWEEP,
    approvals,
    approve_lathe,
    codes,
    edited,
)

MOPPED = edited((SWEEP, "owner: finn", "owner: eve"))


def test_threat_57_a_sibling_with_the_same_head_withholds_success() -> None:
    decision = approve_lathe(*approvals("ada", "cleo"), siblings=("#8",))
    assert (decision.verdict, codes(decision)) == (Verdict.WAITING, {"sibling"})


def member(result: dict[str, str], *logins: str) -> Decision:
    return decide_texts(BASE_FILES, result, make_evidence(approvals(*logins)))


def group(result: dict[str, str], **more: object) -> Decision:
    """Decide a group's tree, which nobody has reviewed as such."""
    members = (make_evidence(), make_evidence())
    evidence = make_evidence(author=None, heads=(), members=members)
    change = make_change(BASE_FILES, result, **more)  # type: ignore[arg-type]
    return decide_texts(BASE_FILES, result, evidence, change=change)


BOTH = edited((SWEEP, "owner: finn", "owner: eve"), of=APPROVED)


def test_threat_60_a_group_of_approved_changes_is_approved() -> None:
    members = [member(APPROVED, "ada", "cleo"), member(MOPPED, "finn", "eve")]
    assert [each.verdict for each in members] == [Verdict.APPROVED, Verdict.APPROVED]
    assert decide_group(group(BOTH), members).verdict is Verdict.APPROVED


def test_threat_60_a_group_ends_with_the_first_of_its_members() -> None:
    members = [member(APPROVED, "ada", "cleo"), member(MOPPED, "finn", "eve")]
    ends = [at("13:00"), at("14:00")]
    timed = [
        msgspec.structs.replace(each, expires=end) for each, end in zip(members, ends, strict=True)
    ]
    assert decide_group(group(BOTH), timed).expires == at("13:00")


@pytest.mark.parametrize(
    ("age", "until"),
    [
        pytest.param("130m", "12:10", id="with the approval"),
        pytest.param("7d", "13:00", id="after an hour"),
    ],
)
def test_threat_61_success_ends_with_what_it_rests_on(age: str, until: str) -> None:
    base = edited(("workflows/purchase.md", "veto: true", f"veto: true, max_age: {age}"))
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    evidence = make_evidence(approvals("ada", "cleo"))
    decision = decide_texts(base, result, evidence)
    judged = Judged(evidence, (make_change(base, result),), (decision,))
    report = make_report(judged)
    assert decision.verdict is Verdict.APPROVED
    assert report.until == at(until)
    assert decision.expires is not None
    assert "holds until" in describe_judged(judged)[0].place


def test_threat_60_one_member_that_is_not_approved_holds_all() -> None:
    members = [member(APPROVED, "ada"), member(MOPPED, "finn", "eve")]
    assert decide_group(group(BOTH), members).verdict is Verdict.WAITING
    assert decide_group(group(BOTH), []).verdict is Verdict.WAITING


def test_threat_60_what_two_change_together_nobody_has_seen() -> None:
    other = edited((LATHE, "amount: 800", "amount: 700"), (SWEEP, "owner: finn", "owner: eve"))
    together = edited((LATHE, "amount: 800", "amount: 700"), of=BOTH)
    members = [member(APPROVED, "ada", "cleo"), member(other, "finn", "eve")]
    decision = decide_group(group(together), members)
    assert (decision.verdict, codes(decision)) == (Verdict.WAITING, {"group-not-approved"})


def test_threat_60_what_no_member_holds_is_not_covered() -> None:
    more = edited(("work/saw.md", "owner: bob", "owner: eve"), of=BOTH)
    members = [member(APPROVED, "ada", "cleo"), member(MOPPED, "finn", "eve")]
    assert decide_group(group(more), members).verdict is Verdict.WAITING


def test_threat_60_a_combination_with_faults_is_refused() -> None:
    members = [member(APPROVED, "ada", "cleo"), member(MOPPED, "finn", "eve")]
    faulty = group(BOTH, faults=[Fault("unmet-guard", "4 in Ordering, at most 3")])
    assert decide_group(faulty, members).verdict is Verdict.REJECTED


def test_threat_60_members_are_decided_for_the_same_base() -> None:
    members = [member(APPROVED, "ada", "cleo"), member(MOPPED, "finn", "eve")]
    moved = msgspec.structs.replace(members[0], base="c" * 40)
    assert decide_group(group(BOTH), [moved, members[1]]).verdict is Verdict.ERROR


def test_threat_66_names_come_from_the_base_alone() -> None:
    """Neither the change nor the forge says what somebody is called here."""
    zoe = BASE_FILES["people/bob.md"].replace("Bob", "Zoe Secret").replace("id: 2", "id: 9003")
    result = edited(("people/cleo.md", "name: Cleo", "name: Cleo Secret"))
    result["people/zoe.md"] = zoe
    evidence = make_evidence(
        approvals("zoe"),
        requesters=(account("secret-member"),),
        writers={"4711": True},
        heads=(SeenHead(HEAD, at("09:00"), account("bob")),),
    )
    change = make_change(BASE_FILES, result)
    judged = Judged(evidence, (change,), (decide_texts(BASE_FILES, result, evidence),))
    assert judged.names == {id_: each.name for id_, each in change.before.parties.items()}
    told = make_report(judged).summary
    assert "secret-member" not in told
    assert "4711" not in told
    assert "**Cleo Secret" not in told


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((), Verdict.ERROR),
        ((Verdict.APPROVED,), Verdict.APPROVED),
        ((Verdict.APPROVED, Verdict.WAITING), Verdict.WAITING),
        ((Verdict.REJECTED, Verdict.WAITING), Verdict.REJECTED),
        ((Verdict.REJECTED, Verdict.ERROR, Verdict.APPROVED), Verdict.ERROR),
    ],
)
def test_of_several_workspaces_the_strictest_verdict_counts(
    verdicts: tuple[Verdict, ...], expected: Verdict
) -> None:
    decision = member(APPROVED)
    decisions = [msgspec.structs.replace(decision, verdict=each) for each in verdicts]
    assert combine(decisions) is expected
