"""What holds of every decision, whatever people said and in whatever order."""

from datetime import timedelta
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from plainwork.model.decision import Decision, Verdict
from plainwork.model.evidence import Evidence, Review, ReviewState, SeenHead
from plainwork.model.step_makers import StepMakers
from support.changes import HEAD, account, at, decide_texts, make_change, make_evidence, review
from support.purchases import DRILL, LATHE, SAW, SWEEP, edited

BASE = edited(
    (
        "policies/vendors.md",
        "  - {by: procurement}\nwaivers",
        "  - {by: [procurement, board]}\n"
        "  - {any: [{by: procurement, max_age: 3h}, {by: hal, consent: digest}]}\nwaivers",
    ),
)
RESULT = edited(
    (LATHE, "status: review", "status: ordering"),
    (LATHE, "Hubwerk", "Bohrhof"),
    (LATHE, "amount: 800", "amount: 8000"),
    (DRILL, "project: apollo", "project: gemini"),
    (SAW, "status: ordering", "status: received"),
    (SWEEP, "owner: finn", "owner: hal"),
    of=BASE,
)
EARLIER = edited((LATHE, "amount: 8000", "amount: 80"), of=RESULT)
OLD = "1" * 40
STATES = {OLD: (BASE, EARLIER), HEAD: (BASE, RESULT)}
CHANGE = make_change(BASE, RESULT, contributors=[("author", "Bob", "bob@example.org")])
MAKERS = {("saw", "approve"): StepMakers(("ada",))}
DIGEST = decide_texts(BASE, RESULT, make_evidence(), states=STATES, change=CHANGE).digest
HEADS = (SeenHead(OLD, at("07:00")), SeenHead(HEAD, at("09:00")))

LOGINS = ["ada", "bob", "cleo", "dan", "eve", "finn", "gus", "hal", "ida", "zoe", "robot[bot]"]
STATES_OF_REVIEWS = [
    ReviewState.APPROVED,
    ReviewState.APPROVED,
    ReviewState.CHANGES_REQUESTED,
    ReviewState.DISMISSED,
    ReviewState.COMMENTED,
]
CONSENT = f"plainwork-approve: {DIGEST}"


@st.composite
def reviews(draw: st.DrawFn, state: ReviewState | None = None) -> Review:
    chosen = state or draw(st.sampled_from(STATES_OF_REVIEWS))
    login = draw(st.sampled_from(LOGINS))
    minutes = draw(st.integers(0, 500))
    values: dict[str, Any] = {
        "first_line": draw(st.sampled_from(["", "", CONSENT, "plainwork-approve: " + "0" * 64])),
        "draft": draw(st.sampled_from([False, False, True, None])),
        "commit": draw(st.sampled_from(["", OLD, HEAD])),
    }
    if chosen is ReviewState.DISMISSED:
        was = [None, ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED]
        values["dismissed_state"] = draw(st.sampled_from(was))
        values["dismissed_by"] = draw(st.sampled_from([None, account(login), account("bob")]))
    made = review(login, chosen, "06:00", **values)
    id_ = f"{draw(st.integers(0, 10**9))}-{login}"
    return msgspec.structs.replace(
        made, id=id_, submitted_at=made.submitted_at + timedelta(minutes=minutes)
    )


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    found = draw(st.lists(reviews(), max_size=10, unique_by=lambda each: each.id))
    return make_evidence(
        found,
        author=account(draw(st.sampled_from(LOGINS))),
        heads=HEADS,
        heads_known=draw(st.sampled_from([True, True, False])),
        draft=draw(st.sampled_from([False, False, False, True])),
        complete=draw(st.sampled_from([True, True, True, False])),
    )


def approving(*logins: str) -> list[Review]:
    """Return approvals that name the digest, so that many examples are approved."""
    return [review(login, "approved", "11:00", first_line=CONSENT) for login in logins]


ALL = approving("ada", "cleo", "dan", "eve", "finn", "hal", "ida")


@st.composite
def nearly_approved(draw: st.DrawFn) -> Evidence:
    """Draw evidence in which most people approve, some after saying something else."""
    more = draw(st.lists(reviews(), max_size=4, unique_by=lambda each: each.id))
    kept = [each for each in ALL if draw(st.integers(0, 5))]
    return make_evidence((*more, *kept), heads=HEADS)


def judge(evidence: Evidence) -> Decision:
    return decide_texts(BASE, RESULT, evidence, states=STATES, makers=MAKERS, change=CHANGE)


def with_reviews(evidence: Evidence, found: list[Review]) -> Evidence:
    return msgspec.structs.replace(evidence, reviews=tuple(found))


def test_it_can_be_approved() -> None:
    """Else the properties below would hold of nothing."""
    assert judge(make_evidence(ALL, heads=HEADS)).verdict is Verdict.APPROVED


@given(nearly_approved() | evidences(), reviews(ReviewState.APPROVED))
def test_an_approval_more_takes_nothing_away(evidence: Evidence, more: Review) -> None:
    before = judge(evidence)
    after = judge(with_reviews(evidence, [*evidence.reviews, more]))
    for old, new in zip(before.documents, after.documents, strict=True):
        for former, latter in zip(old.requirements, new.requirements, strict=True):
            assert latter.missing <= former.missing
            assert set(latter.vetoed_by) <= set(former.vetoed_by)
    if before.verdict is Verdict.APPROVED:
        assert after.verdict is Verdict.APPROVED


@given(nearly_approved() | evidences(), st.data())
def test_an_approval_less_never_approves(evidence: Evidence, data: st.DataObject) -> None:
    given_ = [each for each in evidence.reviews if each.state is ReviewState.APPROVED]
    if not given_:
        return
    gone = data.draw(st.sampled_from(given_))
    after = judge(with_reviews(evidence, [each for each in evidence.reviews if each != gone]))
    if after.verdict is Verdict.APPROVED:
        assert judge(evidence).verdict is Verdict.APPROVED


@given(nearly_approved() | evidences())
def test_incomplete_evidence_never_approves(evidence: Evidence) -> None:
    incomplete = msgspec.structs.replace(evidence, complete=False)
    assert judge(incomplete).verdict is Verdict.ERROR


@given(nearly_approved() | evidences(), st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(evidence: Evidence, random: Any) -> None:
    shuffled = list(evidence.reviews)
    random.shuffle(shuffled)
    found = judge(with_reviews(evidence, shuffled))
    assert msgspec.structs.replace(found, evidence="") == msgspec.structs.replace(
        judge(evidence), evidence=""
    )


@given(nearly_approved() | evidences())
def test_only_what_a_person_said_last_matters(evidence: Evidence) -> None:
    """An approval before a later objection or dismissal of the same person changes no verdict."""
    overruled = {
        each.id
        for each in evidence.reviews
        for other in evidence.reviews
        if each.account == other.account
        and each.submitted_at < other.submitted_at
        and other.state in (ReviewState.CHANGES_REQUESTED, ReviewState.DISMISSED)
    }
    kept = [each for each in evidence.reviews if each.id not in overruled]
    assert judge(with_reviews(evidence, kept)).verdict is judge(evidence).verdict


@given(nearly_approved() | evidences())
def test_the_same_bytes_for_the_same_input(evidence: Evidence) -> None:
    again = msgspec.json.decode(msgspec.json.encode(evidence), type=Evidence)
    assert msgspec.json.encode(judge(evidence)) == msgspec.json.encode(judge(again))


@given(evidences())
def test_everyone_who_approved_is_told_what_became_of_it(evidence: Evidence) -> None:
    """Of each requirement: counted, not counted with one reason, or not needed any more."""
    for document in judge(evidence).documents:
        for need in document.requirements:
            told = [each.who for each in need.not_counted]
            assert len(told) == len(set(told))
            given_ = {each.by or each.person for each in need.given}
            assert given_.isdisjoint(told)
            assert need.met == (need.missing == 0 and not need.vetoed_by)
