"""Who approved what: people of the base, what they saw, and what they said last."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import msgspec
import pytest

from plainwork.approvals.digest import change_digest, document_digest
from plainwork.model.change import FileState, SeenDocument
from plainwork.model.decision import Decision, Objection, Verdict
from plainwork.model.evidence import (
    AccountKind,
    Evidence,
    ForgeAccount,
    Review,
    ReviewState,
    SeenHead,
)
from plainwork.model.step_makers import StepMakers
from support.changes import (
    BASE,
    HEAD,
    account,
    at,
    decide_texts,
    make_change,
    make_evidence,
    review,
)
from support.purchases import (
    APPROVED,
    BASE_FILES,
    LATHE,
    SAW,
    SWEEP,
    approvals,
    approve_lathe,
    boarding,
    edited,
    given_by,
    need_of,
    refused,
)

OLD = "1" * 40
DEARER = edited((LATHE, "amount: 800", "amount: 900"), of=APPROVED)
PUSHED = (SeenHead(OLD, at("08:00")), SeenHead(HEAD, at("09:30")))


def pushed_after(*reviews: Review, **more: Any) -> Any:
    """Decide after a push that raised the amount from 800 to 900."""
    evidence = make_evidence(reviews, **{"heads": PUSHED, **more})
    states = {OLD: (BASE_FILES, APPROVED), HEAD: (BASE_FILES, DEARER)}
    return decide_texts(BASE_FILES, DEARER, evidence, states=states)


def digest_of(result: dict[str, str] = APPROVED) -> str:
    return decide_texts(BASE_FILES, result, make_evidence()).digest


def consenting(digest: str) -> str:
    return f"plainwork-approve: {digest}"


def test_threat_31_a_push_makes_what_was_approved_before_stale() -> None:
    decision = pushed_after(*approvals("ada", time="09:00"), *approvals("cleo", time="10:00"))
    assert refused(boarding(decision)) == {"ada": "stale-digest"}
    assert given_by(boarding(decision)) == ["cleo"]


def test_threat_31_what_came_back_unchanged_was_seen() -> None:
    """A force-push away and back again: the document is as it was approved."""
    states = {
        OLD: (BASE_FILES, APPROVED),
        "2" * 40: (BASE_FILES, DEARER),
        HEAD: (BASE_FILES, APPROVED),
    }
    heads = (
        SeenHead(OLD, at("08:00")),
        SeenHead("2" * 40, at("09:10")),
        SeenHead(HEAD, at("09:30")),
    )
    evidence = make_evidence(approvals("ada", "cleo", time="09:00"), heads=heads)
    assert decide_texts(BASE_FILES, APPROVED, evidence, states=states).verdict is Verdict.APPROVED


def test_threat_31_a_commit_that_is_gone_was_not_seen() -> None:
    evidence = make_evidence(approvals("ada", "cleo", time="09:00"), heads=PUSHED)
    decision = decide_texts(BASE_FILES, APPROVED, evidence, states={HEAD: (BASE_FILES, APPROVED)})
    assert refused(boarding(decision)) == {"ada": "stale-digest", "cleo": "stale-digest"}


def test_threat_32_a_review_that_the_forge_moved_to_an_unseen_head_is_stale() -> None:
    decision = pushed_after(*approvals("ada", "cleo", time="09:00", commit=HEAD))
    assert refused(boarding(decision)) == {"ada": "stale-digest", "cleo": "stale-digest"}


def test_threat_32_without_the_times_of_heads_a_commit_proves_nothing() -> None:
    decision = approve_lathe(*approvals("ada", "cleo", commit=HEAD), heads_known=False)
    assert refused(boarding(decision)) == {"ada": "rebound-commit", "cleo": "rebound-commit"}


def test_threat_32_then_only_the_digest_of_this_change_counts() -> None:
    said = approvals("ada", first_line=consenting(digest_of()))
    other = approvals("cleo", first_line=consenting(digest_of(DEARER)))
    decision = approve_lathe(*said, *other, heads_known=False)
    assert given_by(boarding(decision)) == ["ada"]
    assert refused(boarding(decision)) == {"cleo": "stale-digest"}


def test_threat_33_a_review_is_judged_for_itself_even_if_another_has_its_id() -> None:
    first = approvals("ada", time="10:00", id="same")
    second = approvals("cleo", time="09:00", id="same")
    assert given_by(boarding(pushed_after(*first, *second))) == ["ada"]


@pytest.mark.parametrize(
    ("commit", "time", "counts"),
    [
        pytest.param("", "10:00", True, id="no commit, the last head seen"),
        pytest.param(OLD, "10:00", False, id="an older commit was looked at"),
        pytest.param("9" * 40, "10:00", False, id="a commit that was never a head"),
        pytest.param(HEAD, "09:30", False, id="pushed in the same second"),
        pytest.param("", "07:00", False, id="before any head"),
    ],
)
def test_threat_33_what_a_review_is_bound_to(commit: str, time: str, counts: bool) -> None:
    decision = pushed_after(*approvals("ada", time=time, commit=commit))
    assert (given_by(boarding(decision)) == ["ada"]) is counts


@pytest.mark.parametrize(
    ("moved", "counts"),
    [
        pytest.param(None, True, id="never"),
        pytest.param("09:59", True, id="before the review"),
        pytest.param("10:00", False, id="in the same second"),
        pytest.param("11:00", False, id="after it"),
    ],
)
def test_threat_06_an_approval_is_for_the_branch_that_it_was_given_for(
    moved: str | None, counts: bool
) -> None:
    when = at(moved) if moved else None
    decision = approve_lathe(*approvals("ada", time="10:00"), retargeted_at=when)
    assert (given_by(boarding(decision)) == ["ada"]) is counts


def test_threat_06_a_digest_names_its_branch() -> None:
    said = approvals("ada", first_line=consenting(digest_of()))
    assert given_by(boarding(approve_lathe(*said, retargeted_at=at("11:00")))) == ["ada"]


def test_threat_33_where_a_rule_asks_for_the_digest_a_plain_review_is_none() -> None:
    base = edited(("workflows/purchase.md", "veto: true", "consent: digest"))
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    digest = decide_texts(base, result, make_evidence()).digest
    said = approvals("ada", first_line=consenting(digest))
    decision = decide_texts(base, result, make_evidence([*said, *approvals("cleo")]))
    assert given_by(boarding(decision)) == ["ada"]
    assert refused(boarding(decision)) == {"cleo": "no-consent"}


@pytest.mark.parametrize(
    "line",
    [
        "I approve",
        "> plainwork-approve: DIGEST",
        "plainwork-approve: DIGEST please",
        " plainwork-approve: DIGEST",
        "`plainwork-approve: DIGEST`",
        "Plainwork-Approve: DIGEST",
        "not plainwork-approve: DIGEST",
        "plainwork-approve: SHORT",
        "plainwork-approve:  DIGEST",
        "plainwork-approve: UPPER",
    ],
)
def test_threat_33_48_explicit_consent_is_exact_or_none(line: str) -> None:
    digest = digest_of()
    said = (
        line.replace("DIGEST", digest)
        .replace("SHORT", digest[:63])
        .replace("UPPER", digest.upper())
    )
    decision = approve_lathe(*approvals("ada", first_line=said), heads_known=False)
    assert given_by(boarding(decision)) == []


def test_threat_34_a_dismissal_that_never_came_is_not_needed() -> None:
    """Nothing here was dismissed by the forge: what is stale is computed."""
    decision = pushed_after(*approvals("ada", "cleo", time="09:00"))
    assert decision.verdict is Verdict.WAITING


@pytest.mark.parametrize(
    ("later", "counts"),
    [
        (ReviewState.COMMENTED, True),
        (ReviewState.OTHER, True),
        (ReviewState.APPROVED, True),
        (ReviewState.CHANGES_REQUESTED, False),
        (ReviewState.DISMISSED, False),
    ],
)
def test_threat_35_the_latest_decisive_review_counts(later: ReviewState, counts: bool) -> None:
    second = review("ada", later, "10:30", dismissed_state=ReviewState.APPROVED)
    decision = approve_lathe(*approvals("ada"), second)
    assert (given_by(boarding(decision)) == ["ada"]) is counts


def test_threat_35_a_dismissal_does_not_bring_an_older_approval_back() -> None:
    dismissed = review("ada", "dismissed", "10:30", dismissed_state=ReviewState.APPROVED)
    decision = approve_lathe(*approvals("ada", time="09:30"), dismissed, *approvals("cleo"))
    assert refused(boarding(decision)) == {"ada": "dismissed"}
    again = approve_lathe(dismissed, *approvals("ada", "cleo", time="11:00"))
    assert again.verdict is Verdict.APPROVED


def test_threat_35_a_later_approval_does_not_bring_back_what_an_older_one_said() -> None:
    """Consent by digest was withdrawn; approving again without it is another approval."""
    consent = approvals("ada", time="09:30", first_line=consenting(digest_of()))
    objection = review("ada", "changes-requested", "09:40")
    decision = approve_lathe(*consent, objection, *approvals("ada"), heads_known=False)
    assert refused(boarding(decision)) == {"ada": "rebound-commit"}


def test_threat_35_of_two_reviews_in_one_second_the_stricter_counts() -> None:
    both = [
        review("ada", "approved", "10:00", id="2"),
        review("ada", "changes-requested", "10:00", id="1"),
    ]
    for reviews in (both, both[::-1]):
        assert approve_lathe(*reviews, *approvals("cleo")).verdict is Verdict.REJECTED


def decide_without_veto(*reviews: Review) -> Decision:
    base = edited(("workflows/purchase.md", "count: 2, veto: true", "count: 2"))
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    return decide_texts(base, result, make_evidence(reviews))


def test_threat_36_who_may_not_block_and_asks_for_changes_is_told_of() -> None:
    objection = review("dan", "changes-requested", "09:10")
    decision = decide_without_veto(*approvals("dan", time="09:05"), objection, *approvals("ada"))
    assert (decision.verdict, boarding(decision).vetoed_by) == (Verdict.WAITING, ())
    assert boarding(decision).objections == (Objection("dan", objection.submitted_at),)
    others = decide_without_veto(objection, *approvals("ada", "cleo"))
    assert (others.verdict, len(boarding(others).objections)) == (Verdict.APPROVED, 1)


@pytest.mark.parametrize(
    "reviews",
    [
        pytest.param(
            [review("dan", "changes-requested", "09:10"), *approvals("dan", time="09:20")],
            id="has let it go",
        ),
        pytest.param([review("dan", "dismissed", "09:20")], id="nobody knows what it said"),
        pytest.param([review("finn", "changes-requested", "09:20")], id="not asked"),
    ],
)
def test_threat_36_only_who_is_asked_and_asks_for_changes_is_told_of(reviews: list[Review]) -> None:
    assert boarding(decide_without_veto(*reviews)).objections == ()


@pytest.mark.parametrize(
    ("by", "was", "blocks"),
    [
        pytest.param("bob", ReviewState.CHANGES_REQUESTED, True, id="dismissed by the author"),
        pytest.param("dan", ReviewState.CHANGES_REQUESTED, False, id="dismissed by themselves"),
        pytest.param("", ReviewState.CHANGES_REQUESTED, True, id="by nobody knows whom"),
        pytest.param("bob", None, True, id="nobody knows what it said"),
        pytest.param("bob", ReviewState.APPROVED, False, id="it was no veto"),
    ],
)
def test_threat_36_a_veto_holds_until_its_giver_withdraws(
    by: str, was: ReviewState | None, blocks: bool
) -> None:
    dismissed = review(
        "dan", "dismissed", "09:10", dismissed_state=was, dismissed_by=account(by) if by else None
    )
    decision = approve_lathe(dismissed, *approvals("ada", "cleo"))
    assert decision.verdict is (Verdict.REJECTED if blocks else Verdict.APPROVED)
    assert boarding(decision).vetoed_by == (("dan",) if blocks else ())
    withdrawn = approve_lathe(dismissed, *approvals("ada", "cleo", "dan"))
    assert withdrawn.verdict is Verdict.APPROVED


@pytest.mark.parametrize("login", ["eve", "zoe", "gus", "robot[bot]"])
def test_threat_36_objections_of_others_are_advice(login: str) -> None:
    objection = review(login, "changes-requested", "10:00")
    assert approve_lathe(objection, *approvals("ada", "cleo")).verdict is Verdict.APPROVED


def test_threat_37_a_person_counts_once_however_often_they_approve() -> None:
    twice = [*approvals("ada", time="09:30"), *approvals("ada", time="10:00")]
    assert given_by(boarding(approve_lathe(*twice))) == ["ada"]


def test_threat_37_two_keys_and_an_account_are_one_person() -> None:
    ada = BASE_FILES["people/ada.md"].replace(
        'signing_keys: ["ssh-ed25519 AAAAada ada@laptop"]',
        'signing_keys: ["ssh-ed25519 AAAAada", "ssh-ed25519 AAAAtwo ada@home"]',
    )
    base = {**BASE_FILES, "people/ada.md": ada}
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    reviews = [
        Review("k1", ReviewState.APPROVED, at("10:00"), key="ssh-ed25519 AAAAada x@y", commit=HEAD),
        Review("k2", ReviewState.APPROVED, at("10:01"), key="ssh-ed25519 AAAAtwo", commit=HEAD),
        *approvals("ada", time="10:02"),
    ]
    decision = decide_texts(base, result, make_evidence(reviews))
    assert given_by(boarding(decision)) == ["ada"]


def test_threat_37_an_account_that_two_people_claim_is_nobodys() -> None:
    base = edited(("people/dan.md", "id: 4", "id: 3"))
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    decision = decide_texts(base, result, make_evidence(approvals("ada", "cleo")))
    assert refused(boarding(decision)) == {"cleo": "unknown-account"}


def test_threat_37_one_person_fills_one_place_of_a_list() -> None:
    both = "approvals:\n  - {by: procurement}\n  - {by: [procurement, board]}\n"
    base = edited(("policies/vendors.md", "approvals:\n  - {by: procurement}\n", both))
    result = edited((LATHE, "Hubwerk", "Bohrhof"), of=base)
    decision = decide_texts(base, result, make_evidence(approvals("eve")))
    assert decision.verdict is Verdict.WAITING
    decision = decide_texts(base, result, make_evidence(approvals("eve", "finn")))
    assert decision.verdict is Verdict.WAITING  # finn requested it
    decision = decide_texts(base, result, make_evidence(approvals("eve", "dan")))
    assert decision.verdict is Verdict.APPROVED


def test_threat_38_the_author_does_not_approve_by_any_account() -> None:
    decision = approve_lathe(*approvals("ada", "cleo"), author=account("ada"))
    assert refused(boarding(decision)) == {"ada": "author"}


def test_threat_38_author_true_fills_one_place_and_no_more() -> None:
    base = edited(
        ("policies/vendors.md", "{by: procurement}", "{by: procurement, author: true, count: 2}")
    )
    result = edited((SAW, "Hubwerk", "Bohrhof"), of=base)
    mine = {"author": account("eve")}
    alone = decide_texts(base, result, make_evidence(approvals("eve"), **mine))
    assert (given_by(need_of(alone, "saw", "policy vendors")), alone.verdict) == (
        ["eve"],
        Verdict.WAITING,
    )
    both = decide_texts(base, result, make_evidence(approvals("finn"), **mine))
    assert both.verdict is Verdict.APPROVED


@pytest.mark.parametrize(
    "others",
    [
        pytest.param({"contributors": [("author", "Cleo", "cleo@example.org")]}, id="an author"),
        pytest.param(
            {"contributors": [("committer", "Cleo", "cleo@example.org")]}, id="a committer"
        ),
        pytest.param({"pusher": "cleo"}, id="a pusher"),
        pytest.param({"contributors": [("author", "X", "x@evil.example")]}, id="nobody known"),
    ],
)
def test_threat_38_making_it_is_no_consent_to_what_others_pushed(others: dict[str, Any]) -> None:
    """Who opened the pull request may not have seen what others pushed to its branch since."""
    result = edited((LATHE, "requester: finn", "requester: ida"))
    change = make_change(BASE_FILES, result, contributors=others.get("contributors", ()))
    pusher = account(others["pusher"]) if "pusher" in others else None
    evidence = make_evidence(heads=(SeenHead(HEAD, at("09:00"), pusher),))
    assert decide_texts(BASE_FILES, result, evidence, change=change).verdict is Verdict.WAITING
    own = make_change(BASE_FILES, result, contributors=[("author", "Bob", "bob@example.org")])
    evidence = make_evidence(heads=(SeenHead(HEAD, at("09:00"), account("bob")),))
    assert decide_texts(BASE_FILES, result, evidence, change=own).verdict is Verdict.APPROVED


@pytest.mark.parametrize(
    "contributor",
    [
        ("author", "Ada", "ada@example.org"),
        ("author", "Ada", "ADA@EXAMPLE.ORG"),
        ("committer", "Ada", "ada@example.org"),
        ("co-author", "Ada", "ada@example.org"),
        ("author", "whoever", "1+ada@users.noreply.github.com"),
        ("author", "whoever", "1+renamed@users.noreply.github.com"),
        ("author", "whoever", "ada@users.noreply.github.com"),
    ],
    ids=["author", "case", "committer", "co-author", "number", "renamed", "login"],
)
def test_threat_39_whoever_had_a_hand_in_it_does_not_count(
    contributor: tuple[str, str, str],
) -> None:
    change = make_change(BASE_FILES, APPROVED, contributors=[contributor])
    decision = approve_lathe_as(change, *approvals("ada", "cleo", "dan"))
    assert refused(boarding(decision))["ada"] == "contributor"
    assert "ada" not in boarding(decision).people


def approve_lathe_as(change: Any, *reviews: Review, **more: Any) -> Any:
    return decide_texts(BASE_FILES, APPROVED, make_evidence(reviews, **more), change=change)


def test_threat_39_whoever_pushed_does_not_count() -> None:
    heads = (SeenHead(HEAD, at("09:00"), account("ada")),)
    decision = approve_lathe(*approvals("ada", "cleo", "dan"), heads=heads)
    assert refused(boarding(decision)) == {"ada": "contributor"}


@pytest.mark.parametrize(
    ("contributor", "raised"),
    [
        (("author", "Mallory", "m@evil.example"), True),
        (("committer", "Mallory", "m@evil.example"), True),
        (("author", "GitHub", "noreply@github.com"), True),
        (("author", "ada", "ada@users.noreply.github.com"), True),
        (("author", "x", "99+x@users.noreply.github.com"), True),
        (("committer", "GitHub", "noreply@github.com"), False),
        (("co-author", "Mallory", "m@evil.example"), False),
        (("author", "Bob", "bob@example.org"), False),
    ],
)
def test_threat_40_an_author_who_is_nobody_raises_every_count(
    contributor: tuple[str, str, str], raised: bool
) -> None:
    change = make_change(BASE_FILES, APPROVED, contributors=[contributor])
    decision = approve_lathe_as(change, *approvals("cleo", "dan"))
    assert boarding(decision).count == (3 if raised else 2)
    assert bool(decision.unattributed) is raised


@pytest.mark.parametrize(("role", "count"), [("author", 3), ("approver", 2)])
def test_threat_40_without_a_forge_nobody_has_made_what_nobody_signed(
    role: str, count: int
) -> None:
    """Evidence that says of no commit that it is not signed says nothing of who made it."""
    change = make_change(BASE_FILES, APPROVED, contributors=[(role, "Ada", "ada@example.org")])
    decision = approve_lathe_as(change, forge="signed", author=None)
    assert boarding(decision).count == count


def test_threat_40_by_whom_a_step_is_known_otherwise_grants_nothing() -> None:
    """A note in the name of the accountants lets them approve nothing that commits do not."""
    makers = {("saw", "approve"): StepMakers(("bob",), frozenset({"eve"}))}
    rule = "by: procurement, exclude: [did.approve]"
    base = edited(("workflows/purchase.md", rule, "by: did.approve"))
    result = edited(("work/saw.md", "status: ordering", "status: received"), of=base)
    decision = decide_texts(base, result, make_evidence(approvals("eve")), makers=makers)
    (needed,) = (each for each in decision.documents[0].requirements if "receive" in each.source)
    assert refused(needed) == {"eve": "not-in-role"}


def test_threat_40_an_account_that_is_nobodys_raises_every_count() -> None:
    decision = approve_lathe(*approvals("ada", "cleo"), author=account("zoe"))
    assert (boarding(decision).count, decision.verdict) == (3, Verdict.WAITING)


def test_threat_40_whoever_has_deleted_the_account_that_opened_it_may_be_anybody() -> None:
    decision = approve_lathe(*approvals("ada", "cleo"), author=None)
    assert (boarding(decision).count, decision.verdict) == (3, Verdict.WAITING)
    assert decision.unattributed == ("a deleted account",)


def test_threat_38_making_it_is_no_consent_where_pushes_are_not_known() -> None:
    result = edited((LATHE, "requester: finn", "requester: ida"))
    for known, verdict in ((True, Verdict.APPROVED), (False, Verdict.WAITING)):
        evidence = make_evidence(heads_known=known)
        assert decide_texts(BASE_FILES, result, evidence).verdict is verdict


def test_threat_41_whoever_asked_a_program_counts_as_author() -> None:
    asked: dict[str, Any] = {"author": account("helper[bot]"), "requesters": (account("ada"),)}
    decision = approve_lathe(*approvals("ada", "cleo", "dan"), **asked)
    assert refused(boarding(decision)) == {"ada": "requester"}


@pytest.mark.parametrize(
    ("number", "counts"),
    [pytest.param(77, False, id="an agent"), pytest.param(2, True, id="a person")],
)
def test_threat_41_a_program_may_have_the_account_of_a_user(number: int, counts: bool) -> None:
    program, askers = ForgeAccount(str(number), "who"), (account("ada"),)
    decision = approve_lathe(*approvals("ada"), author=program, requesters=askers)
    assert (given_by(boarding(decision)) == ["ada"]) is counts


@pytest.mark.parametrize("kind", [AccountKind.BOT, AccountKind.ORGANIZATION, AccountKind.OTHER])
def test_threat_42_only_users_are_people(kind: AccountKind) -> None:
    """Even if the number is one that the base gives to a person."""
    who = ForgeAccount("1", "ada", kind)
    decision = approve_lathe(review("ada", "approved", "10:00", account=who), *approvals("cleo"))
    expected = "agent" if kind is AccountKind.BOT else "unknown-account"
    assert refused(boarding(decision)) == {"ada": expected}


def test_threat_42_a_program_with_the_number_of_a_person_is_not_that_person() -> None:
    result = edited((LATHE, "requester: finn", "requester: ida"))
    author = ForgeAccount("2", "bob", AccountKind.ORGANIZATION)
    decision = decide_texts(BASE_FILES, result, make_evidence(author=author))
    assert (decision.author, decision.verdict) == ("bob", Verdict.WAITING)
    assert need_of(decision, "lathe", "policy default").given == ()


def test_threat_42_a_deleted_account_is_nobody() -> None:
    gone = review("ada", "approved", "10:00", account=None)
    decision = approve_lathe(gone, *approvals("cleo"))
    assert list(refused(boarding(decision)).values()) == ["unknown-account"]


@pytest.mark.parametrize(
    "who",
    [
        pytest.param(ForgeAccount("4711", "ada"), id="a recycled login"),
        pytest.param(ForgeAccount("4711", "Ada"), id="another case"),
        pytest.param(ForgeAccount("4711", "\u0430da"), id="a letter that looks alike"),
        pytest.param(ForgeAccount("", "ada"), id="no number"),
        pytest.param(ForgeAccount("01", "ada"), id="a number written otherwise"),
    ],
)
def test_threat_43_a_login_is_nobody(who: ForgeAccount) -> None:
    decision = approve_lathe(review("ada", "approved", "10:00", account=who), *approvals("cleo"))
    assert refused(boarding(decision)) == {who.login: "unknown-account"}


def test_threat_42_a_crowd_of_strangers_neither_counts_nor_fills_the_page() -> None:
    crowd = [
        review(
            "zoe", "approved", "10:00", id=f"r{number}", account=ForgeAccount(f"{number}", "zoe")
        )
        for number in range(10_000, 10_500)
    ]
    decision = approve_lathe(*crowd, *approvals("ada", "cleo", time="11:00"))
    assert decision.verdict is Verdict.APPROVED
    assert len(boarding(decision).not_counted) == 50


def test_threat_43_a_renamed_account_is_the_same_person() -> None:
    who = ForgeAccount("1", "countess")
    decision = approve_lathe(review("ada", "approved", "10:00", account=who), *approvals("cleo"))
    assert decision.verdict is Verdict.APPROVED


def test_threat_43_a_number_counts_on_its_own_forge_only() -> None:
    evidence = make_evidence(approvals("ada", "cleo"), forge="gitea")
    change = msgspec.structs.replace(
        make_change(BASE_FILES, APPROVED), repository="gitea:acme/operations"
    )
    decision = decide_texts(BASE_FILES, APPROVED, evidence, change=change)
    assert set(refused(boarding(decision)).values()) == {"unknown-account"}


def test_threat_44_an_agent_with_an_account_of_a_user_approves_nothing() -> None:
    who = ForgeAccount("77", "robot")
    decision = approve_lathe(review("robot", "approved", "10:00", account=who), *approvals("cleo"))
    assert refused(boarding(decision)) == {"robot": "agent"}


def test_threat_44_an_account_that_an_agent_and_a_person_claim_is_the_agents() -> None:
    base = edited(("agents/robot.md", "id: 77", "id: 1"))
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    decision = decide_texts(base, result, make_evidence(approvals("ada", "cleo")))
    assert refused(boarding(decision)) == {"robot": "agent"}


def test_threat_45_membership_is_what_the_base_says() -> None:
    """A team below another is another team, and what cannot be resolved is nobody."""
    base = edited(
        ("teams/procurement.md", "lead: eve", "lead: eve\nparent: board"),
        ("workflows/purchase.md", "{by: board, count: 2, veto: true}", "{by: [board, missing]}"),
    )
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    decision = decide_texts(base, result, make_evidence(approvals("eve")))
    assert refused(boarding(decision)) == {"eve": "not-in-role"}
    assert boarding(decision).people == ("ada", "cleo", "dan")


def test_threat_45_who_may_not_write_does_not_count() -> None:
    decision = approve_lathe(*approvals("ada", "cleo"), writers={"3": False})
    assert refused(boarding(decision)) == {"cleo": "not-in-role"}


def test_threat_46_who_has_left_since_does_not_count() -> None:
    evidence = make_evidence(approvals("ada", "cleo"))
    for last, counts in (("2026-05-20", True), ("2026-05-19", False)):
        base = edited(("people/cleo.md", "name: Cleo", f"name: Cleo\nuntil: {last}"))
        result = edited((LATHE, "status: review", "status: ordering"), of=base)
        decision = decide_texts(base, result, evidence)
        assert (decision.verdict is Verdict.APPROVED) is counts
        assert refused(boarding(decision)) == ({} if counts else {"cleo": "left"})


def test_threat_46_who_is_no_member_any_more_does_not_count() -> None:
    base = edited(("teams/board.md", "members: [cleo, dan", "members: [dan"))
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    decision = decide_texts(base, result, make_evidence(approvals("ada", "cleo")))
    assert refused(boarding(decision)) == {"cleo": "not-in-role"}


def test_threat_47_what_nobody_can_meet_blocks_and_says_so() -> None:
    base = edited(("workflows/purchase.md", "count: 2", "count: 9"))
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    everybody = make_evidence(approvals("ada", "cleo", "dan", "eve", "finn", "ida"))
    decision = decide_texts(base, result, everybody)
    assert decision.verdict is Verdict.WAITING
    assert boarding(decision).note == "it needs 9, but only 3 may approve"


def test_threat_47_what_comes_to_nobody_blocks() -> None:
    base = edited(("teams/board.md", "lead: ada\nmembers: [cleo, dan, gus, robot]", "lead: gus"))
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    decision = decide_texts(base, result, make_evidence(approvals("ada", "cleo")))
    assert decision.verdict is Verdict.WAITING
    assert "nobody may approve" in boarding(decision).note


def test_threat_47_all_of_nobody_is_somebody() -> None:
    """A rule that asks everybody is not met by there being nobody."""
    base = edited(
        ("workflows/purchase.md", "count: 2", "count: all"),
        ("teams/board.md", "lead: ada\nmembers: [cleo, dan, gus, robot]", "lead: gus"),
    )
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    decision = decide_texts(base, result, make_evidence(approvals("ada", "cleo")))
    assert (decision.verdict, boarding(decision).count) == (Verdict.WAITING, 1)


@pytest.mark.parametrize("count", ["0", "-1", "true", "none", '""', "1.5", "2e0", "~"])
def test_threat_47_a_count_that_is_none_blocks(count: str) -> None:
    base = edited(("workflows/purchase.md", "count: 2", f"count: {count}"))
    result = edited((LATHE, "status: review", "status: ordering"), of=base)
    everybody = make_evidence(approvals("ada", "cleo", "dan", "eve", "finn", "ida"))
    assert decide_texts(base, result, everybody).verdict is Verdict.ERROR


def test_threat_48_comments_approve_nothing() -> None:
    said = consenting(digest_of())
    comments = [review(login, "commented", "10:00", first_line=said) for login in ("ada", "cleo")]
    decision = approve_lathe(*comments)
    assert (decision.verdict, boarding(decision).given) == (Verdict.WAITING, ())


SEEN = SeenDocument(
    FileState("work/a.md", "100644", "1" * 64),
    FileState("work/a.md", "100644", "2" * 64),
    {("workflow", "task"): "3" * 64},
)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"repository": "github:acme/fork"}, id="repository"),
        pytest.param({"repository": "gitlab:acme/operations"}, id="forge"),
        pytest.param({"ref": "refs/heads/release"}, id="branch"),
        pytest.param({"kind": "record"}, id="kind"),
        pytest.param({"id": "b"}, id="id"),
        pytest.param({"seen": SeenDocument(None, SEEN.after, SEEN.rules)}, id="new"),
        pytest.param({"seen": SeenDocument(SEEN.before, None, SEEN.rules)}, id="deleted"),
        pytest.param({"seen": SeenDocument(SEEN.after, SEEN.after, SEEN.rules)}, id="before"),
        pytest.param({"seen": SeenDocument(SEEN.before, SEEN.before, SEEN.rules)}, id="after"),
        pytest.param({"seen": SeenDocument(SEEN.before, SEEN.after, {})}, id="rules"),
        pytest.param(
            {"seen": SeenDocument(SEEN.before, SEEN.after, {("workflow", "task"): "4" * 64})},
            id="a rule",
        ),
    ],
)
def test_threat_49_an_approval_is_for_one_document_of_one_change(other: dict[str, Any]) -> None:
    same: dict[str, Any] = {
        "repository": "github:acme/operations",
        "ref": "refs/heads/main",
        "kind": "work",
        "id": "a",
        "seen": SEEN,
    }
    assert document_digest(**same) == document_digest(**same)
    assert document_digest(**{**same, **other}) != document_digest(**same)


def test_threat_49_the_digest_is_what_the_specification_says() -> None:
    """Computed by hand, so that others can; a change of it makes all consent stale."""
    text = (
        '{"after":{"mode":"100644","path":"work/a.md","sha256":"' + "2" * 64 + '"},'
        '"before":{"mode":"100644","path":"work/a.md","sha256":"' + "1" * 64 + '"},'
        '"id":"a","kind":"work","ref":"refs/heads/main","repository":"github:acme/operations",'
        '"rules":[["workflow","task","' + "3" * 64 + '"]],"v":1}'
    )
    digest = document_digest("github:acme/operations", "refs/heads/main", "work", "a", SEEN)
    assert digest == sha256(text.encode()).hexdigest()
    both = f"{'0' * 64}\n{digest}\n" if digest > "0" * 64 else f"{digest}\n{'0' * 64}\n"
    assert change_digest([digest, "0" * 64]) == sha256(both.encode()).hexdigest()
    assert change_digest(["0" * 64, digest]) == change_digest([digest, "0" * 64])


def test_threat_49_consent_to_another_change_is_none() -> None:
    other = decide_texts(
        BASE_FILES, edited((SWEEP, "broom", "mop"), of=APPROVED), make_evidence()
    ).digest
    decision = approve_lathe(*approvals("ada", "cleo", first_line=consenting(other)))
    assert set(refused(boarding(decision)).values()) == {"stale-digest"}


@pytest.mark.parametrize(
    "told",
    [
        {"title": "[ignore-me] approved"},
        {"title": "Revert: [skip gate] plainwork-approve: " + "0" * 64},
        {"url": "https://x/skip-review"},
        {"pull": "1"},
        {"gaps": ("approved by everybody",)},
    ],
    ids=["keyword", "consent", "address", "number", "remark"],
)
def test_threat_50_titles_and_branches_decide_nothing(told: dict[str, Any]) -> None:
    plain, other = approve_lathe(*approvals("ada")), approve_lathe(*approvals("ada"), **told)
    assert plain.verdict is other.verdict is Verdict.WAITING
    assert plain.documents == other.documents


@pytest.mark.parametrize("name", ["labels", "milestone", "branch", "draft_until", "approved"])
def test_threat_50_evidence_holds_nothing_else_that_could_decide(name: str) -> None:
    document = msgspec.to_builtins(make_evidence()) | {name: "skip-gate"}
    with pytest.raises(msgspec.ValidationError, match=name):
        msgspec.convert(document, Evidence)


def test_threat_51_an_approval_of_a_draft_is_none() -> None:
    decision = approve_lathe(*approvals("ada", draft=True), *approvals("cleo"))
    assert refused(boarding(decision)) == {"ada": "draft"}


def test_threat_51_a_draft_waits() -> None:
    for known in (None, False):
        decision = approve_lathe(*approvals("ada", "cleo", draft=known), draft=True)
        assert decision.verdict is Verdict.WAITING
        assert refused(boarding(decision)) == (
            {} if known is False else {"ada": "draft", "cleo": "draft"}
        )


def test_threat_51_how_old_the_change_is_opens_nothing() -> None:
    """Only approvals have an age; a change that was opened before a rule is judged by it."""
    late = approve_lathe(*approvals("ada"), read_at=at("12:00") + timedelta(days=400))
    assert late.verdict is Verdict.WAITING
    assert late.base == BASE
