"""What is special about GitLab."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from forge.fakes.gitlab import GitLabServer
from forge.fakes.server import Reply
from forge.fakes.world import BASE, REPOSITORY, World
from plainwork.errors import ForgeUnavailableError
from plainwork.forge.client import CheckState, Report
from plainwork.forge.connect import open_forge
from plainwork.forge.gitlab import GitLab
from plainwork.forge.gitlab_answers import Note
from plainwork.forge.gitlab_protection import PIPELINE
from plainwork.forge.gitlab_reviews import find_retargeting
from plainwork.forge.limits import Limits
from plainwork.forge.place import Place
from plainwork.model.evidence import ReviewState
from support.relay import Fault

PROJECT = "/projects/acme%2Foperations"
CONSENT = "plainwork-approve: " + "a" * 64


class OwnServer(GitLabServer):
    """With further answers, by path."""

    def __init__(self) -> None:
        super().__init__(World())
        self.answers: dict[str, Any] = {}

    def routes(self) -> Any:
        own = tuple(
            ("GET", PROJECT + path, lambda _, value=value: Reply(value))
            for path, value in self.answers.items()
        )
        return (*own, *super().routes())


@pytest.fixture
def server() -> Iterator[OwnServer]:
    with OwnServer().serve() as server:
        assert isinstance(server, OwnServer)
        yield server


def connect(server: OwnServer, **environment: str) -> GitLab:
    place = Place("gitlab", server.url, REPOSITORY)
    variables = environment or {"GITLAB_TOKEN": "s3cr3t"}
    forge = open_forge(place, variables, limits=Limits(pause=0))
    assert isinstance(forge, GitLab)
    return forge


@pytest.mark.parametrize(
    ("variable", "header"), [("GITLAB_TOKEN", "Private-Token"), ("CI_JOB_TOKEN", "Job-Token")]
)
def test_a_token_has_its_own_header(server: OwnServer, variable: str, header: str) -> None:
    connect(server, **{variable: "s3cr3t"}).fetch_evidence(server.world.open_pull())

    assert {each.headers.get(header) for each in server.exchanges} == {"s3cr3t"}
    assert not any("Authorization" in each.headers for each in server.exchanges)


def test_threat_34_an_approval_that_gitlab_has_taken_back_counts_no_more(
    server: OwnServer,
) -> None:
    pull = server.world.open_pull()
    server.world.wait()
    review = server.world.review(pull, "bob", "approve")
    server.world.dismiss(pull, review, "ada")  # as a push does, without a note

    (found,) = connect(server).fetch_evidence(pull).reviews

    assert (found.state, found.dismissed_state) == (ReviewState.DISMISSED, ReviewState.APPROVED)


@pytest.mark.parametrize(
    "body",
    [
        "changed target branch from `play` to `main`",
        "deleted the `play` branch. This merge request now targets the `main` branch",
    ],
)
def test_threat_06_when_it_was_led_to_another_branch_is_told(body: str) -> None:
    when = datetime(2026, 5, 4, 10, tzinfo=UTC)
    note = Note(1, body, system=True, created_at=when, updated_at=when)
    assert find_retargeting([note]) == when
    assert find_retargeting([msgspec.structs.replace(note, system=False)]) is None


def test_an_approval_without_a_time_is_said(server: OwnServer) -> None:
    pull = server.world.open_pull()
    user = {"id": 12, "username": "bob"}
    server.answers[f"/merge_requests/{pull}/approvals"] = {"approved_by": [{"user": user}]}

    evidence = connect(server).fetch_evidence(pull)

    assert not evidence.complete
    assert evidence.gaps == ("when bob approved is not noted",)


def test_threat_48_a_comment_that_reads_like_a_note_is_none(server: OwnServer) -> None:
    pull = server.world.open_pull()
    server.world.review(pull, "bob", "comment", "approved this merge request")

    assert connect(server).fetch_evidence(pull).reviews == ()


def test_threat_48_a_consent_stands_in_a_comment_of_the_one_who_approves(
    server: OwnServer,
) -> None:
    pull = server.world.open_pull()
    server.world.review(pull, "cleo", "comment", CONSENT)
    server.world.review(pull, "bob", "approve")
    server.world.review(pull, "cleo", "approve")

    reviews = connect(server).fetch_evidence(pull).reviews

    assert [review.first_line for review in reviews] == ["", CONSENT]


def test_threat_60_a_merge_train_names_its_members(server: OwnServer) -> None:
    pulls = [server.world.open_pull() for _ in range(3)]
    server.answers["/merge_trains/main"] = [
        {"merge_request": {"iid": int(pull)}, "pipeline": {"sha": digit * 40}}
        for pull, digit in zip(pulls, "cde", strict=True)
    ]
    forge = connect(server)

    group = forge.fetch_group("refs/heads/main", "d" * 40)

    assert [member.pull for member in group.members] == pulls[:2]
    assert (group.complete, group.base) == (True, BASE)
    assert not forge.fetch_group("refs/heads/main", "f" * 40).complete


def test_pending_may_be_said_twice(server: OwnServer) -> None:
    forge = connect(server)
    evidence = forge.fetch_evidence(server.world.open_pull())
    said = b'{"message": "Cannot transition status via :enqueue from :pending"}'
    server.faults.append(Fault("/statuses/", 400, body=said))

    assert forge.publish(Report(evidence, CheckState.PENDING, "Deciding"))
    with pytest.raises(ForgeUnavailableError):
        forge.publish(Report(evidence, CheckState.FAILURE, "Waiting"))


def test_a_merge_is_found_by_its_commit(server: OwnServer) -> None:
    pull = server.world.open_pull()
    request = connect(server)
    merged = {
        **server.render(server.world.pulls[int(pull)]),
        "state": "merged",
        "merge_commit_sha": "d" * 40,
    }
    server.answers[f"/repository/commits/{'d' * 40}/merge_requests"] = [merged]
    server.answers[f"/repository/commits/{'e' * 40}/merge_requests"] = [merged]

    assert request.fetch_merged("d" * 40) == (pull,)
    assert request.fetch_merged("e" * 40) == ()


def test_protection(server: OwnServer) -> None:
    server.answers |= {
        "": {
            "id": 7,
            "path_with_namespace": REPOSITORY,
            "only_allow_merge_if_pipeline_succeeds": True,
            "merge_method": "ff",
        },
        "/protected_branches/main": {
            "push_access_levels": [
                {"access_level": 0, "access_level_description": "No one"},
                {"access_level": 40, "access_level_description": "Maintainers"},
            ],
            "allow_force_push": False,
        },
        "/approvals": {"reset_approvals_on_push": True},
        "/external_status_checks": [{"name": "plainwork", "external_url": "https://x.example"}],
    }

    found = connect(server).fetch_protection("refs/heads/main")

    assert [check.name for check in found.checks or ()] == [PIPELINE, "plainwork"]
    assert (found.protected, found.force_pushes, found.linear) == (True, False, True)
    assert (found.pushers, found.dismisses_stale) == (("Maintainers",), True)


def test_protection_that_may_not_be_read_is_said(server: OwnServer) -> None:
    server.faults.append(Fault("/protected_branches/|/approvals|/external", 403))

    found = connect(server).fetch_protection("refs/heads/main")

    assert found.protected
    assert (found.checks, found.pushers, found.dismisses_stale) == (None, None, None)
    assert len(found.unread) == 4


def test_a_branch_without_protection(server: OwnServer) -> None:
    found = connect(server).fetch_protection("refs/heads/topic")

    assert (found.protected, found.force_pushes, found.deletable) == (False, True, True)
