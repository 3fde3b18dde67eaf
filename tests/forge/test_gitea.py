"""What is special about Gitea and Forgejo."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from forge.fakes.gitea import GiteaServer
from forge.fakes.server import Reply
from forge.fakes.world import REPOSITORY, World
from plainwork.approvals.sight import find_commits
from plainwork.errors import UsageError
from plainwork.forge.client import RequiredCheck
from plainwork.forge.connect import open_forge
from plainwork.forge.gitea import Gitea
from plainwork.forge.limits import Limits
from plainwork.forge.place import Place
from support.relay import Fault

HERE = f"/repos/{REPOSITORY}"


class OwnServer(GiteaServer):
    """With further answers, by path."""

    def __init__(self) -> None:
        super().__init__(World())
        self.answers: dict[str, Any] = {}

    def routes(self) -> Any:
        own = tuple(
            ("GET", HERE + path, lambda _, value=value: Reply(value))
            for path, value in self.answers.items()
        )
        return (*own, *super().routes())


@pytest.fixture
def server() -> Iterator[OwnServer]:
    with OwnServer().serve() as server:
        assert isinstance(server, OwnServer)
        yield server


def connect(server: OwnServer) -> Gitea:
    place = Place("gitea", server.url, REPOSITORY)
    forge = open_forge(place, {"GITEA_TOKEN": "s3cr3t"}, limits=Limits(pause=0))
    assert isinstance(forge, Gitea)
    return forge


@pytest.mark.parametrize("hidden", [1, 49, 50, 100])
def test_threat_26_pages_of_which_nothing_is_shown_do_not_end_a_list(
    server: OwnServer, hidden: int
) -> None:
    server.hidden = hidden
    pull = server.world.open_pull()
    at = server.world.wait()
    head = server.world.push(pull)

    evidence = connect(server).fetch_evidence(pull)

    assert [(each.commit, each.at) for each in evidence.heads] == [(head, at)]
    assert evidence.heads_known


def test_threat_06_when_it_was_led_to_another_branch_is_told(server: OwnServer) -> None:
    pull = server.world.open_pull()
    event = {"type": "change_target_branch", "created_at": "2026-05-04T10:00:00Z"}
    server.answers[f"/issues/{pull}/timeline"] = [event]
    server.faults.append(Fault("timeline.*page=[2-9]", 200, body=b"null"))

    evidence = connect(server).fetch_evidence(pull)

    assert evidence.retargeted_at == datetime(2026, 5, 4, 10, tzinfo=UTC)


def test_threat_31_a_push_that_is_hidden_too_deep_is_not_taken_for_seen(
    server: OwnServer,
) -> None:
    pull = server.world.open_pull()
    server.world.wait()
    seen = server.world.head(pull)
    server.world.review(pull, "bob", "approve")
    server.world.wait()
    server.world.push(pull)
    server.hidden = 500

    evidence = connect(server).fetch_evidence(pull)

    # As if nothing had been pushed; so what the review itself names has to be the same, too.
    assert seen in find_commits(evidence.reviews[0], evidence)


@pytest.mark.parametrize("forgets", [True, False])
def test_threat_31_a_force_push_is_where_the_known_heads_begin(
    server: OwnServer, forgets: bool
) -> None:
    server.forgets = forgets
    pull = server.world.open_pull()
    server.world.wait()
    server.world.push(pull)
    server.world.wait()
    forced = server.world.push(pull, forced=True)
    server.world.wait()
    last = server.world.push(pull)

    evidence = connect(server).fetch_evidence(pull)

    assert [head.commit for head in evidence.heads] == [forced, last]
    assert evidence.heads_known


@pytest.mark.parametrize("body", ["", "{", '{"commit_ids": ["main"]}', '{"commit_ids": 7}'])
def test_a_push_that_cannot_be_read_leaves_the_heads_unknown(server: OwnServer, body: str) -> None:
    pull = server.world.open_pull()
    event = {"type": "pull_push", "created_at": "2026-05-04T10:00:00Z", "body": body}
    server.answers[f"/issues/{pull}/timeline"] = [event]
    server.faults.append(Fault("timeline.*page=[2-9]", 200, body=b"null"))

    evidence = connect(server).fetch_evidence(pull)

    assert not evidence.heads_known
    assert "cannot be read" in evidence.gaps[0] or "not its head" in evidence.gaps[0]


def test_only_administrators_may_ask_what_others_may(server: OwnServer) -> None:
    pull = server.world.open_pull()
    server.world.review(pull, "bob", "approve")
    server.faults.append(Fault("/permission$", 403))

    evidence = connect(server).fetch_evidence(pull)

    assert evidence.complete
    assert evidence.writers == {}
    assert "whether bob may write" in evidence.gaps[0]


def test_a_request_for_a_review_is_none(server: OwnServer) -> None:
    pull = server.world.open_pull()
    review = {
        "id": 1,
        "state": "REQUEST_REVIEW",
        "user": None,
        "submitted_at": "2026-05-04T10:00:00Z",
    }
    server.answers[f"/pulls/{pull}/reviews"] = [review]
    server.faults.append(Fault("page=[2-9]", 200, body=b"null"))

    assert connect(server).fetch_evidence(pull).reviews == ()


def test_threat_60_there_is_no_merge_queue(server: OwnServer) -> None:
    with pytest.raises(UsageError, match="gitea has no merge queue"):
        connect(server).fetch_group("refs/heads/main", "d" * 40)


def test_a_merge_is_found_by_its_commit(server: OwnServer) -> None:
    pull = server.world.open_pull()
    merged = {
        **server.render(server.world.pulls[int(pull)]),
        "merged": True,
        "merge_commit_sha": "d" * 40,
    }
    server.answers[f"/commits/{'d' * 40}/pull"] = merged
    server.answers[f"/commits/{'e' * 40}/pull"] = merged
    forge = connect(server)

    assert forge.fetch_merged("d" * 40) == (pull,)
    assert forge.fetch_merged("e" * 40) == ()
    assert forge.fetch_merged("f" * 40) == ()


def test_protection(server: OwnServer) -> None:
    branch = {
        "name": "main",
        "commit": {"id": "a" * 40},
        "protected": True,
        "enable_status_check": True,
        "status_check_contexts": ["plainwork"],
    }
    server.answers["/branches/main"] = branch
    forge = connect(server)

    shown = forge.fetch_protection("refs/heads/main")
    assert shown.checks == (RequiredCheck("plainwork"),)
    assert (shown.dismisses_stale, len(shown.unread)) == (None, 1)

    server.answers["/branch_protections/main"] = {
        "enable_push": True,
        "enable_push_whitelist": True,
        "push_whitelist_usernames": ["ada"],
        "dismiss_stale_approvals": True,
        "block_admin_merge_override": True,
    }
    known = forge.fetch_protection("refs/heads/main")
    assert (known.pushers, known.dismisses_stale, known.admins_enforced) == (("ada",), True, True)
    assert known.unread == ()


def test_a_branch_without_protection(server: OwnServer) -> None:
    found = connect(server).fetch_protection("refs/heads/topic")

    assert (found.protected, found.checks) == (False, ())
