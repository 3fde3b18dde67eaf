"""What is special about GitHub."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from plainwork.errors import ForgeUnavailableError, UsageError
from plainwork.forge.client import CheckState, Report, RequiredCheck
from plainwork.forge.connect import open_forge
from plainwork.forge.github import GitHub
from plainwork.forge.limits import Limits
from plainwork.forge.place import Place
from plainwork.model.evidence import AccountKind, Evidence, ReviewState
from plainwork.serving.practice.accounts import ACTIONS, ACTIONS_BOT, Account
from plainwork.serving.practice.state import Protection
from plainwork.serving.practice.state import RequiredCheck as PracticeCheck
from plainwork.serving.practice_forge import PracticeForge
from support.practice import lines, make_forge, open_topic
from support.relay import Fault, Relay

MAIN = "refs/heads/main"
CHECK = PracticeCheck("plainwork", ACTIONS.id)


@pytest.fixture
def practice(tmp_path: Path) -> PracticeForge:
    return make_forge(tmp_path)


@pytest.fixture
def relay(practice: PracticeForge) -> Iterator[Relay]:
    with practice.serve() as address, Relay(address).serve() as relay:
        yield relay


@pytest.fixture
def forge(practice: PracticeForge, relay: Relay) -> GitHub:
    return connect(relay, practice.issue_token(ACTIONS_BOT.login, ACTIONS))


def connect(relay: Relay, token: str, repository: str = "acme/operations") -> GitHub:
    place = Place("github", relay.url, repository)
    forge = open_forge(place, {"GITHUB_TOKEN": token}, limits=Limits(pause=0))
    assert isinstance(forge, GitHub)
    return forge


def wait(practice: PracticeForge, hours: int = 1) -> None:
    practice.set_time(practice.state.now + timedelta(hours=hours))


def seen_before(evidence: Evidence, login: str) -> str:
    """Return the head that an account's review is bound to."""
    (review,) = [each for each in evidence.reviews if each.account and each.account.login == login]
    return [head.commit for head in evidence.heads if head.at < review.submitted_at][-1]


def test_threat_32_a_review_that_github_binds_anew_is_bound_to_what_was_seen(
    practice: PracticeForge, forge: GitHub
) -> None:
    number = open_topic(practice)
    seen = practice.pull(number).head
    wait(practice)
    practice.approve(number, "cleo")
    practice.commit("ada", "main", {"a.txt": lines(_1="first")}, "Move the base")
    wait(practice)
    head = practice.update_branch(number, "bob", "rebase")

    evidence = forge.fetch_evidence(str(number))

    assert evidence.reviews[0].commit == head
    assert seen_before(evidence, "cleo") == seen
    assert evidence.heads_known


def test_threat_32_a_check_suite_on_a_commit_does_not_make_it_a_head_that_was_seen(
    practice: PracticeForge, forge: GitHub
) -> None:
    hidden = practice.commit("bob", "elsewhere", {"a.txt": lines(_20="worse")}, "Hide it")
    number = open_topic(practice)
    seen = practice.pull(number).head
    wait(practice)
    practice.approve(number, "cleo")
    wait(practice)
    practice.push("bob", "topic", hidden)

    evidence = forge.fetch_evidence(str(number))

    assert evidence.head == hidden
    assert seen_before(evidence, "cleo") == seen


def test_threat_33_a_head_that_comes_and_goes_is_told_with_its_times(
    practice: PracticeForge, forge: GitHub
) -> None:
    number = open_topic(practice)
    first = practice.pull(number).head
    wait(practice)
    second = practice.commit("bob", "topic", {"a.txt": lines(_20="worse")}, "Worse")
    wait(practice)
    practice.approve(number, "cleo")
    wait(practice)
    practice.push("bob", "topic", first)

    evidence = forge.fetch_evidence(str(number))

    assert [head.commit for head in evidence.heads] == [first, second, first]
    assert seen_before(evidence, "cleo") == second
    assert evidence.heads_known


def test_the_pushes_to_a_fork_are_read_there(practice: PracticeForge, forge: GitHub) -> None:
    fork = practice.fork("eve")
    practice.commit("eve", "topic", {"a.txt": lines(_1="x")}, "From a fork", name=fork)
    number = practice.open_pull("eve", "topic", "From a fork", name=fork)

    evidence = forge.fetch_evidence(str(number))

    assert evidence.heads_known
    assert [head.pusher and head.pusher.login for head in evidence.heads] == ["eve"]


@pytest.mark.parametrize("status", [403, 404])
def test_pushes_that_cannot_be_read_are_not_guessed(
    practice: PracticeForge, relay: Relay, forge: GitHub, status: int
) -> None:
    number = open_topic(practice)
    relay.faults.append(Fault("/activity", status))

    evidence = forge.fetch_evidence(str(number))

    assert evidence.complete  # an approval by digest still counts
    assert not evidence.heads_known
    assert evidence.heads == ()
    assert "the pushes to its branch cannot be read" in evidence.gaps[0]


def test_threat_26_commits_that_the_list_leaves_out_are_said(
    practice: PracticeForge, forge: GitHub
) -> None:
    for number in range(3):
        practice.commit("bob", "topic", {"a.txt": f"{number}\n".encode()}, "More")
    number = practice.open_pull("bob", "topic", "More")
    practice.faults.cut("*/commits", 2)

    evidence = forge.fetch_evidence(str(number))

    assert (evidence.commits, evidence.complete) == (3, False)
    assert evidence.gaps == ("2 of 3 commits are listed",)


def test_threat_26_reviews_that_the_list_leaves_out_are_said(
    practice: PracticeForge, forge: GitHub
) -> None:
    number = open_topic(practice)
    practice.approve(number, "cleo")
    veto = practice.request_changes(number, "ada")
    practice.faults.cut("*/reviews", 1)

    evidence = forge.fetch_evidence(str(number))

    assert not evidence.complete
    assert evidence.gaps == (f"review {veto} is not in the list of reviews",)


def test_threat_36_who_dismissed_what_is_told(practice: PracticeForge, forge: GitHub) -> None:
    number = open_topic(practice)
    practice.dismiss(number, practice.request_changes(number, "ada"), "bob")

    (review,) = forge.fetch_evidence(str(number)).reviews

    assert (review.state, review.dismissed_state) == (
        ReviewState.DISMISSED,
        ReviewState.CHANGES_REQUESTED,
    )
    assert review.dismissed_by is not None
    assert review.dismissed_by.login == "bob"


def test_threat_41_who_assigned_it_is_told_whatever_account_opened_it(
    practice: PracticeForge, forge: GitHub
) -> None:
    number = open_topic(practice)  # that an account of a user is a program's, the base says
    practice.assign(number, "ada", "bob")

    evidence = forge.fetch_evidence(str(number))

    assert {account.login for account in evidence.requesters} == {"ada", "bob"}


@pytest.mark.parametrize(
    ("type_", "kind"),
    [("Organization", AccountKind.ORGANIZATION), ("Mannequin", AccountKind.OTHER)],
)
def test_threat_42_only_users_are_users(
    practice: PracticeForge, forge: GitHub, type_: str, kind: AccountKind
) -> None:
    practice.add_account(Account(77, "odd", type_))
    number = open_topic(practice)
    practice.approve(number, "odd")

    evidence = forge.fetch_evidence(str(number))

    assert evidence.reviews[0].account is not None
    assert evidence.reviews[0].account.kind is kind
    assert evidence.writers == {}


def test_threat_43_a_login_that_somebody_else_has_now_does_not_write(
    practice: PracticeForge, relay: Relay, forge: GitHub
) -> None:
    number = open_topic(practice)
    practice.approve(number, "cleo")
    body = b'{"permission": "admin", "user": {"id": 999, "login": "cleo", "type": "User"}}'
    relay.faults.append(Fault("cleo/permission", 200, body=body))

    assert forge.fetch_evidence(str(number)).writers == {"13": False}


def test_threat_57_a_sibling_to_an_unprotected_branch_holds_nobody_up(
    practice: PracticeForge, relay: Relay, forge: GitHub
) -> None:
    practice.commit("ada", "old", {"b.txt": b"x"}, "An old branch")
    number = open_topic(practice)
    sibling = practice.open_pull("bob", "topic", "The same", base="old")

    assert forge.fetch_evidence(str(number)).siblings == ()
    relay.faults.append(Fault("/branches/old", 404))
    assert forge.fetch_evidence(str(number)).siblings == (str(sibling),)


def test_threat_60_a_group_names_its_members(practice: PracticeForge, forge: GitHub) -> None:
    practice.protect("main", Protection(queue=True))
    first = open_topic(practice)
    practice.commit("bob", "other", {"b.txt": b"b\n"}, "Another")
    second = practice.open_pull("bob", "other", "Another")
    for number in (first, second):
        practice.approve(number, "cleo")
    heads = [
        practice.git.find(f"refs/heads/{practice.enqueue(number, 'cleo')}")
        for number in (first, second)
    ]

    group = forge.fetch_group(MAIN, heads[1])

    assert [member.pull for member in group.members] == [str(first), str(second)]
    assert group.complete
    assert (group.head, group.base) == (heads[1], practice.git.find(MAIN))
    assert [member.pull for member in forge.fetch_group(MAIN, heads[0]).members] == [str(first)]


@pytest.mark.parametrize("head", ["tip", "unknown"])
def test_threat_60_a_group_that_is_none_approves_nothing(
    practice: PracticeForge, forge: GitHub, head: str
) -> None:
    commit = practice.git.find(MAIN) if head == "tip" else "d" * 40

    group = forge.fetch_group(MAIN, commit)

    assert not group.complete
    assert group.members == ()
    assert group.gaps


def test_threat_56_a_group_whose_member_moved_is_not_green(
    practice: PracticeForge, forge: GitHub
) -> None:
    practice.protect("main", Protection(queue=True))
    number = open_topic(practice)
    practice.approve(number, "cleo")
    head = practice.git.find(f"refs/heads/{practice.enqueue(number, 'cleo')}")
    group = forge.fetch_group(MAIN, head)
    practice.request_changes(number, "ada")

    told = forge.publish(Report(group, CheckState.SUCCESS, "Approved"))

    assert told.state is CheckState.FAILURE
    assert told.moved == ("the group has other members, or they changed",)


def test_threat_58_a_persons_token_is_left_with_a_status(
    practice: PracticeForge, relay: Relay
) -> None:
    number = open_topic(practice)
    forge = connect(relay, practice.issue_token("ada"))
    evidence = forge.fetch_evidence(str(number))

    forge.publish(Report(evidence, CheckState.PENDING, "Deciding"))
    forge.publish(Report(evidence, CheckState.SUCCESS, "Approved"))

    assert [(each.context, each.state) for each in practice.state.statuses] == [
        ("plainwork", "pending"),
        ("plainwork", "success"),
    ]


def test_a_token_that_may_write_neither_is_told_both(practice: PracticeForge, relay: Relay) -> None:
    number = open_topic(practice)
    forge = connect(relay, practice.issue_token("eve"))
    evidence = forge.fetch_evidence(str(number))

    with pytest.raises(ForgeUnavailableError, match="Commit statuses: write"):
        forge.publish(Report(evidence, CheckState.PENDING, "Deciding"))


@pytest.mark.parametrize("state", [CheckState.SUCCESS, CheckState.FAILURE, CheckState.ERROR])
def test_threat_59_every_check_comes_to_an_explicit_end(
    practice: PracticeForge, forge: GitHub, state: CheckState
) -> None:
    evidence = forge.fetch_evidence(str(open_topic(practice)))
    forge.publish(Report(evidence, CheckState.PENDING, "Deciding"))
    forge.publish(Report(evidence, state, "Done"))

    (run,) = practice.state.runs
    wanted = "success" if state is CheckState.SUCCESS else "failure"
    assert (run.said["status"], run.said["conclusion"]) == ("completed", wanted)


@pytest.mark.parametrize("ruleset", [False, True], ids=["settings", "ruleset"])
def test_threat_58_protection_tells_who_must_report_a_check(
    practice: PracticeForge, relay: Relay, ruleset: bool
) -> None:
    protection = Protection(
        checks=(CHECK,), strict=True, dismiss_stale=True, for_admins=True, ruleset=ruleset
    )
    practice.protect("main", protection)

    found = connect(relay, practice.issue_token("ada")).fetch_protection(MAIN)

    assert found.checks == (RequiredCheck("plainwork", str(ACTIONS.id)),)
    assert (found.protected, found.up_to_date, found.dismisses_stale) == (True, True, True)
    assert found.unread == ()


def test_protection_that_may_not_be_read_is_not_taken_for_none(
    practice: PracticeForge, relay: Relay
) -> None:
    practice.protect("main", Protection(checks=(CHECK,)))
    relay.faults.append(Fault("/protection|/rulesets?/", 403))

    found = connect(relay, practice.issue_token("ada")).fetch_protection(MAIN)

    assert (found.protected, found.checks, found.bypass) == (None, None, None)
    assert "Administration: read" in found.unread[0]


def test_a_repository_that_is_called_otherwise_is_another_one(
    practice: PracticeForge, relay: Relay
) -> None:
    number = open_topic(practice)
    forge = connect(relay, practice.issue_token("ada"), "acme/former")
    here = f"{relay.url}/repos/acme/operations/pulls/{number}"
    relay.faults.append(Fault("/acme/former/", 301, headers={"Location": here}))

    with pytest.raises(ForgeUnavailableError, match="`acme/former` is called `acme/operations`"):
        forge.fetch_evidence(str(number))


@pytest.mark.parametrize("number", ["", "seven", "7/reviews", "-1", "²"])
def test_what_is_no_number_is_not_asked_for(relay: Relay, forge: GitHub, number: str) -> None:
    with pytest.raises(UsageError):
        forge.fetch_evidence(number)
    assert relay.exchanges == []


def test_an_answer_in_part_proves_nothing(
    practice: PracticeForge, relay: Relay, forge: GitHub
) -> None:
    number = open_topic(practice)
    practice.approve(number, "cleo", "plainwork-approve: " + "0" * 64)
    body = b'{"data": null, "errors": [{"type": "FORBIDDEN"}]}'
    relay.faults.append(Fault("/graphql", 200, body=body))

    with pytest.raises(ForgeUnavailableError, match="which reviews were edited"):
        forge.fetch_evidence(str(number))


def test_nothing_else_is_asked_where_nobody_consents_by_digest(
    practice: PracticeForge, relay: Relay, forge: GitHub
) -> None:
    number = open_topic(practice)
    practice.approve(number, "cleo", "Fine")
    forge.fetch_evidence(str(number))

    assert not any("graphql" in each.target for each in relay.exchanges)
