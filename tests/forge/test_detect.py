"""Which change a CI job is about: what its runner says, and nothing that an author wrote."""

import json
from typing import Any

import pytest

from plainwork.errors import UsageError
from plainwork.forge.detect import LARGEST_EVENT, Job, find_job
from plainwork.forge.place import Place

HEAD = "c" * 40
ACTIONS = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_API_URL": "https://api.github.com",
    "GITHUB_REPOSITORY": "acme/operations",
}
GITHUB = Place("github", "https://api.github.com", "acme/operations")
GITLAB = {
    "GITLAB_CI": "true",
    "CI_API_V4_URL": "https://git.acme.example/api/v4",
    "CI_PROJECT_PATH": "fork/operations",
    "CI_PIPELINE_SOURCE": "merge_request_event",
}


def find(name: str, event: Any, **variables: str) -> Job | None:
    environment = {**ACTIONS, "GITHUB_EVENT_NAME": name, **variables}
    return find_job(environment, json.dumps(event).encode())


@pytest.mark.parametrize(
    "name", ["pull_request", "pull_request_target", "pull_request_review", "pull_request_approved"]
)
def test_the_event_of_a_pull_request(name: str) -> None:
    event = {"pull_request": {"number": 7, "title": "#8", "head": {"ref": "pr-9"}}}
    assert find(name, event) == Job(GITHUB, name, pull="7")


def test_threat_60_the_group_of_a_merge_queue() -> None:
    event = {"merge_group": {"base_ref": "refs/heads/main", "head_sha": HEAD, "head_ref": "x"}}
    job = find("merge_group", event)
    assert job == Job(GITHUB, "merge_group", ref="refs/heads/main", head=HEAD, group=True)


@pytest.mark.parametrize(
    ("pulls", "pull"), [([{"number": 7}], "7"), ([], ""), ([{"number": 7}, {"number": 8}], "")]
)
def test_threat_61_a_run_that_another_one_started(pulls: list[Any], pull: str) -> None:
    event = {"workflow_run": {"head_sha": HEAD, "pull_requests": pulls}}
    job = find("workflow_run", event)
    assert job == Job(GITHUB, "workflow_run", pull=pull, head=HEAD)


def test_a_push() -> None:
    job = find("push", {"ref": "refs/heads/main", "after": HEAD})
    assert job == Job(GITHUB, "push", ref="refs/heads/main", head=HEAD)


def test_threat_61_a_schedule_is_about_nothing_in_particular() -> None:
    assert find("schedule", {}) == Job(GITHUB, "schedule")


@pytest.mark.parametrize(
    ("variables", "kind", "found"),
    [
        ({"GITEA_ACTIONS": "true"}, "", "gitea"),
        ({"GITEA_ACTIONS": "true"}, "forgejo", "forgejo"),
        ({"GITEA_ACTIONS": "true", "FORGEJO_ACTIONS": "true"}, "", "forgejo"),
        ({}, "forgejo", "github"),
    ],
)
def test_whose_runner_it_is(variables: dict[str, str], kind: str, found: str) -> None:
    environment = {**ACTIONS, "GITHUB_EVENT_NAME": "schedule", **variables}
    job = find_job(environment, b"{}", kind=kind)
    assert job is not None
    assert job.place.kind == found


def test_a_merge_request_of_a_fork_is_the_projects() -> None:
    variables = {"CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_PROJECT_PATH": "acme/operations"}
    place = Place("gitlab", "https://git.acme.example/api/v4", "acme/operations")
    assert find_job({**GITLAB, **variables}) == Job(place, "merge_request_event", pull="7")


def test_threat_60_a_merge_train() -> None:
    variables = {
        "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_EVENT_TYPE": "merge_train",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_COMMIT_SHA": HEAD,
    }
    job = find_job({**GITLAB, **variables})
    assert job is not None
    assert (job.ref, job.head, job.group, job.pull) == ("refs/heads/main", HEAD, True, "")


def test_elsewhere_there_is_no_job() -> None:
    assert find_job({"CI": "true", "HOME": "/root"}) is None


@pytest.mark.parametrize(
    ("name", "event"),
    [
        pytest.param("pull_request", b"{}", id="no pull request"),
        pytest.param("pull_request", b'{"pull_request": {"number": "7"}}', id="text"),
        pytest.param("pull_request", b'{"pull_request": {"number": 0}}', id="none"),
        pytest.param("pull_request", b"{", id="cut off"),
        pytest.param("pull_request", b"[" * 100_000, id="deep"),
        pytest.param("pull_request", b" " * (LARGEST_EVENT + 1), id="huge"),
        pytest.param("pull_request", None, id="no file"),
        pytest.param("push", b'{"ref": "refs/heads/main", "after": "main"}', id="no commit"),
        pytest.param(
            "push", json.dumps({"ref": "refs/tags/v1", "after": HEAD}).encode(), id="a tag"
        ),
        pytest.param(
            "merge_group",
            json.dumps({"merge_group": {"base_ref": "main", "head_sha": HEAD}}).encode(),
            id="no whole branch",
        ),
    ],
)
def test_an_event_that_cannot_be_read_stops_the_command(name: str, event: bytes | None) -> None:
    with pytest.raises(UsageError):
        find_job({**ACTIONS, "GITHUB_EVENT_NAME": name}, event)


@pytest.mark.parametrize("name", ["GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_EVENT_NAME"])
def test_a_variable_that_is_missing_is_named(name: str) -> None:
    environment = {**ACTIONS, "GITHUB_EVENT_NAME": "schedule"}
    del environment[name]
    with pytest.raises(UsageError, match=name):
        find_job(environment, b"{}")
