"""What every forge's adapter promises, whichever forge it is."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from forge.fakes.gitea import ForgejoServer, GiteaServer
from forge.fakes.github import GitHubWorld
from forge.fakes.gitlab import GitLabServer
from forge.fakes.server import WorldServer
from forge.fakes.world import REPOSITORY, START, World
from plainwork.errors import ForgeUnavailableError
from plainwork.forge.client import CheckState, Forge, Report
from plainwork.forge.connect import open_forge
from plainwork.forge.file import format_evidence, parse_evidence
from plainwork.forge.limits import Limits
from plainwork.forge.place import Place
from plainwork.model.evidence import AccountKind, Evidence, Review, ReviewState
from support.relay import Fault, Relay

SECRET = "s3cr3t-t0ken"  # noqa: S105 - of nothing
LIMITS = Limits(pause=0, timeout=5)
SERVERS: dict[str, Callable[[World], WorldServer]] = {
    "gitlab": GitLabServer,
    "gitea": GiteaServer,
    "forgejo": ForgejoServer,
}
CONSENT = "plainwork-approve: " + "a" * 64


class Scene:
    """A forge, with what happens on it and who asks about it."""

    def __init__(self, kind: str, world: World | GitHubWorld, relay: Relay) -> None:
        self.kind = kind
        self.world = world
        self.relay = relay
        self.token = world.token if isinstance(world, GitHubWorld) else SECRET

    def forge(self, limits: Limits = LIMITS) -> Forge:
        place = Place(self.kind, self.relay.url, REPOSITORY)
        return open_forge(place, {"PLAINWORK_TOKEN": self.token}, limits=limits)

    def read(self, pull: str, limits: Limits = LIMITS) -> Evidence:
        """Return the evidence, as it comes back from a document."""
        evidence = self.forge(limits).fetch_evidence(pull)
        kept = parse_evidence(format_evidence(evidence))
        assert kept == evidence
        return kept


@pytest.fixture(params=["github", "gitlab", "gitea", "forgejo"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    kind: str = request.param
    with ExitStack() as stack:
        if kind == "github":
            world = GitHubWorld(tmp_path)
            yield Scene(kind, world, stack.enter_context(world.serve()))
        else:
            server = SERVERS[kind](World())
            yield Scene(kind, server.world, stack.enter_context(server.serve()))


def latest(evidence: Evidence, number: str) -> Review:
    """Return the latest decisive review of an account."""
    decisive = (ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED, ReviewState.DISMISSED)
    return [
        review
        for review in evidence.reviews
        if review.account and review.account.id == number and review.state in decisive
    ][-1]


def head_at(evidence: Evidence, review: Review) -> str:
    """Return the head that a review is bound to."""
    return [head for head in evidence.heads if head.at < review.submitted_at][-1].commit


# Who said what, when


def test_an_approval(scene: Scene) -> None:
    pull = scene.world.open_pull()
    at = scene.world.wait()
    scene.world.review(pull, "bob", "approve")

    evidence = scene.read(pull)

    review = latest(evidence, "12")
    assert (review.state, review.submitted_at, review.draft) == (ReviewState.APPROVED, at, False)
    assert review.account is not None
    assert review.account.kind is AccountKind.USER
    assert head_at(evidence, review) == evidence.head == scene.world.head(pull)
    assert evidence.complete
    assert evidence.heads_known
    assert evidence.writers["12"]
    assert (evidence.ref, evidence.repository) == ("refs/heads/main", REPOSITORY)
    assert evidence.author is not None
    assert evidence.author.id == "11"
    assert evidence.read_at == at


def test_a_request_for_changes(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    scene.world.review(pull, "bob", "reject", "No.")

    assert latest(scene.read(pull), "12").state is ReviewState.CHANGES_REQUESTED


def test_a_dismissal(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    review = scene.world.review(pull, "bob", "approve")
    scene.world.wait()
    scene.world.dismiss(pull, review, "ada")

    found = latest(scene.read(pull), "12")

    assert found.state is ReviewState.DISMISSED
    assert found.dismissed_state is ReviewState.APPROVED
    if scene.kind != "gitlab":  # which takes an approval back, and names nobody
        assert found.dismissed_by is not None
        assert found.dismissed_by.id == "11"


def test_threat_53_when_it_was_merged(scene: Scene) -> None:
    pull = scene.world.open_pull()
    assert scene.read(pull).merged_at is None
    merged = scene.world.wait()
    scene.world.merge(pull)
    scene.world.wait()
    assert scene.read(pull).merged_at == merged


def test_threat_35_a_comment_after_an_approval_is_no_decision(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    scene.world.review(pull, "bob", "approve")
    scene.world.wait()
    scene.world.review(pull, "bob", "comment", "Nice.")

    assert latest(scene.read(pull), "12").state is ReviewState.APPROVED


def test_threat_42_a_deleted_account_is_nobody(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    scene.world.review(pull, "bob", "approve")
    scene.world.delete_account("bob")

    evidence = scene.read(pull)

    assert [review.account for review in evidence.reviews] == [None]
    assert "12" not in evidence.writers


def test_threat_42_a_bot_is_no_user(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    scene.world.review(pull, "robot", "approve")

    (review,) = scene.read(pull).reviews

    assert review.account is not None
    assert review.account.kind is AccountKind.BOT


def test_threat_45_whether_a_reviewer_may_write_is_asked(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    scene.world.review(pull, "eve", "approve")

    assert scene.read(pull).writers == {"20": False}


def test_threat_48_what_was_edited_is_not_the_reviewers_word(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    scene.world.review(pull, "bob", "approve", CONSENT + "\nand more")
    other = scene.world.review(pull, "cleo", "approve", "Fine.")
    scene.world.wait()
    scene.world.edit(pull, other, CONSENT)

    evidence = scene.read(pull)

    assert latest(evidence, "12").first_line == CONSENT
    assert latest(evidence, "13").first_line == ""


# Which head they saw


def test_threat_31_a_push_after_an_approval(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    first = scene.world.push(pull)
    scene.world.wait()
    scene.world.review(pull, "bob", "approve")
    pushed = scene.world.wait()
    second = scene.world.push(pull, "cleo")

    evidence = scene.read(pull)

    assert head_at(evidence, latest(evidence, "12")) == first
    assert evidence.head == second == evidence.heads[-1].commit
    assert evidence.heads[-1].at == pushed
    assert evidence.heads[-1].pusher is not None
    assert evidence.heads[-1].pusher.id == "13"
    assert evidence.heads_known


def test_threat_31_a_force_push_after_an_approval(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    scene.world.push(pull)
    scene.world.wait()
    scene.world.review(pull, "bob", "approve")
    scene.world.wait()
    head = scene.world.push(pull, forced=True)

    evidence = scene.read(pull)

    assert evidence.heads_known
    assert evidence.heads[-1].commit == evidence.head == head
    review = latest(evidence, "12")
    seen = [each.commit for each in evidence.heads if each.at < review.submitted_at]
    assert head not in seen


def test_threat_51_drafts(scene: Scene) -> None:
    pull = scene.world.open_pull(draft=True)
    scene.world.wait()
    scene.world.review(pull, "bob", "approve")
    scene.world.wait()
    scene.world.set_draft(pull, draft=False)
    scene.world.wait()
    scene.world.review(pull, "cleo", "approve")

    evidence = scene.read(pull)

    assert not evidence.draft
    assert (latest(evidence, "12").draft, latest(evidence, "13").draft) == (True, False)


def test_threat_57_other_pull_requests_with_the_same_head_are_told(scene: Scene) -> None:
    first = scene.world.open_pull()
    scene.world.open_pull()
    third = scene.world.open_pull("bob", head=scene.world.head(first))

    assert scene.read(first).siblings == (third,)


def test_threat_41_who_assigned_a_bots_pull_request_has_asked_for_it(scene: Scene) -> None:
    pull = scene.world.open_pull("robot")
    if isinstance(scene.world, GitHubWorld):
        scene.world.practice.assign(int(pull), "dee", "robot")

    assert [account.id for account in scene.read(pull).requesters] == ["14"]


# Lists


def test_threat_26_all_pages_are_read(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    for number in range(120):
        scene.world.add_account(1000 + number, f"user{number}", writes=False)
        scene.world.review(pull, f"user{number}", "approve")

    evidence = scene.read(pull)

    assert len(evidence.reviews) == 120
    assert evidence.complete


def test_threat_26_a_list_that_is_cut_off_is_said(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    for _ in range(220):
        scene.world.review(pull, "bob", "approve")

    evidence = scene.read(pull, Limits(pause=0, pages=2))

    assert not evidence.complete
    assert "the rest was not read" in " ".join(evidence.gaps)


def test_open_pull_requests(scene: Scene) -> None:
    first, second = scene.world.open_pull(), scene.world.open_pull("bob", draft=True)

    found = {pull.number: pull for pull in scene.forge().fetch_open()}

    assert found.keys() == {first, second}
    assert (found[first].head, found[first].ref) == (scene.world.head(first), "refs/heads/main")
    assert (found[first].draft, found[second].draft) == (False, True)


# What goes wrong


def test_threat_62_a_rate_limit_is_waited_for(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.relay.faults.append(Fault("", 429, times=2, headers={"Retry-After": "0"}))

    assert scene.read(pull).complete


def test_threat_62_a_long_rate_limit_says_when_to_come_back(scene: Scene) -> None:
    pull = scene.world.open_pull()
    headers = {"Retry-After": "3600", "Date": "Mon, 04 May 2026 09:00:00 GMT"}
    scene.relay.faults.append(Fault("", 429, headers=headers))

    with pytest.raises(
        ForgeUnavailableError, match=r"come back at 2026-05-04 10:00:00 UTC"
    ) as said:
        scene.read(pull)
    assert said.value.exit_code == 3


@pytest.mark.parametrize("status", [0, 500, 503])
def test_threat_62_a_failure_is_tried_again(scene: Scene, status: int) -> None:
    pull = scene.world.open_pull()
    scene.relay.faults.append(Fault("", status, times=2))

    assert scene.read(pull).complete


@pytest.mark.parametrize("status", [0, 500, 503])
def test_threat_62_a_forge_that_stays_away_decides_nothing(scene: Scene, status: int) -> None:
    pull = scene.world.open_pull()
    scene.relay.faults.append(Fault("reviews|notes", status))

    with pytest.raises(ForgeUnavailableError) as said:
        scene.read(pull)
    assert said.value.exit_code == 3


def test_a_refusal_names_the_permission(scene: Scene) -> None:
    with pytest.raises(ForgeUnavailableError, match=r"404.*lacks the permission `\w"):
        scene.read("999")


def test_threat_62_a_permission_that_nobody_may_see_is_none(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    scene.world.review(pull, "bob", "approve")
    scene.relay.faults.append(Fault("permission$|members/all", 404))

    assert scene.read(pull).writers == {"12": False}


def test_threat_62_a_permission_that_may_not_be_asked_is_said(scene: Scene) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    scene.world.review(pull, "bob", "approve")
    scene.relay.faults.append(Fault("permission$|members/all", 403))

    evidence = scene.read(pull)

    assert "lacks the permission" in " ".join(evidence.gaps)
    assert not evidence.writers.get("12")


def test_a_redirect_to_another_host_gets_no_token(scene: Scene) -> None:
    pull = scene.world.open_pull()
    with Relay().serve() as elsewhere:
        target = elsewhere.url.replace("127.0.0.1", "localhost") + "/reviews"
        scene.relay.faults.append(Fault("reviews|notes", 302, headers={"Location": target}))
        with pytest.raises(ForgeUnavailableError, match="gets no token: refused"):
            scene.read(pull)
        assert elsewhere.exchanges == []


def test_a_next_page_on_another_host_is_not_asked(scene: Scene) -> None:
    pull = scene.world.open_pull()
    with Relay().serve() as elsewhere:
        link = f'<{elsewhere.url}/more>; rel="next"'
        fault = Fault("reviews|notes", headers={"Link": link, "X-Total": ""}, keep=True)
        scene.relay.faults.append(fault)
        evidence = scene.read(pull)
        assert elsewhere.exchanges == []
    follows = scene.kind in ("github", "gitlab")  # the others' pages are counted
    assert evidence.complete is not follows
    assert ("leads elsewhere" in " ".join(evidence.gaps)) is follows


def test_threat_64_an_answer_without_end_is_not_read(scene: Scene) -> None:
    pull = scene.world.open_pull()
    body = b'["' + b"x" * 400_000 + b'"]'
    scene.relay.faults.append(Fault("reviews|notes", 200, body=body))

    with pytest.raises(ForgeUnavailableError, match="more than 300,000 bytes"):
        scene.read(pull, Limits(pause=0, size=300_000))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<html>down</html>", id="no JSON"),
        pytest.param(b'{"message": "fine"}', id="no list"),
        pytest.param(b'[{"id": "seven"}]', id="text for a number"),
        pytest.param(b"[" * 5_000, id="deep"),
        pytest.param(b'["\xff"]', id="no UTF-8"),
    ],
)
def test_an_answer_of_another_form_decides_nothing(scene: Scene, body: bytes) -> None:
    pull = scene.world.open_pull()
    scene.relay.faults.append(Fault("reviews|notes", 200, body=body))

    with pytest.raises(ForgeUnavailableError, match="cannot be understood"):
        scene.read(pull)


def test_no_message_holds_the_token(scene: Scene) -> None:
    pull = scene.world.open_pull()
    body = f'{{"message": "bad token {scene.token}"}}'.encode()
    scene.relay.faults.append(Fault("", 401, body=body))

    with pytest.raises(ForgeUnavailableError) as said:
        scene.read(pull)
    assert scene.token not in str(said.value)
    assert "***" in str(said.value)


# Publishing


def test_pending_comes_before_success(scene: Scene) -> None:
    pull = scene.world.open_pull()
    forge = scene.forge()
    evidence = forge.fetch_evidence(pull)

    forge.publish(Report(evidence, CheckState.PENDING, "Deciding"))
    before = scene.world.published()
    until = START + timedelta(days=1)
    told = forge.publish(Report(evidence, CheckState.SUCCESS, "Approved", until=until))

    assert before in (["pending"], ["in_progress"])
    assert told.state is CheckState.SUCCESS
    assert scene.world.published()[-1] == "success"
    assert b"holds until 2026-05-05 09:00 UTC" in scene.relay.exchanges[-1].body


@pytest.mark.parametrize("what", ["push", "review", "withdrawal", "sibling"])
def test_threat_56_success_is_not_told_if_something_moved(scene: Scene, what: str) -> None:
    pull = scene.world.open_pull()
    scene.world.wait()
    review = scene.world.review(pull, "bob", "approve")
    forge = scene.forge()
    evidence = forge.fetch_evidence(pull)
    scene.world.wait()
    if what == "push":
        scene.world.push(pull)
    elif what == "review":
        scene.world.review(pull, "cleo", "reject", "No.")
    elif what == "withdrawal":
        scene.world.dismiss(pull, review, "bob")
    else:
        scene.world.open_pull("bob", head=scene.world.head(pull))

    told = forge.publish(Report(evidence, CheckState.SUCCESS, "Approved"))

    assert told.state is CheckState.FAILURE
    assert told.moved
    assert scene.world.published()[-1] in ("failure", "failed")


def test_threat_62_success_is_not_told_if_it_cannot_be_read_again(scene: Scene) -> None:
    pull = scene.world.open_pull()
    forge = scene.forge()
    evidence = forge.fetch_evidence(pull)
    scene.relay.faults.append(Fault("reviews|notes", 500))

    with pytest.raises(ForgeUnavailableError):
        forge.publish(Report(evidence, CheckState.SUCCESS, "Approved"))
    assert scene.world.published() == []


def test_threat_65_nothing_is_sent_but_a_check(scene: Scene) -> None:
    pull = scene.world.open_pull()
    forge = scene.forge()
    evidence = forge.fetch_evidence(pull)
    forge.publish(Report(evidence, CheckState.PENDING, "Deciding"))
    forge.publish(Report(evidence, CheckState.SUCCESS, "Approved"))

    sent = {each.target for each in scene.relay.exchanges if each.method != "GET"}

    assert sent
    assert all(re.search(r"/(check-runs|statuses)(/[0-9a-f]+)?$", target) for target in sent)
