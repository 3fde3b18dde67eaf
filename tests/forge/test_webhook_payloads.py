"""Events as GitHub sends them, and the practice forge's own, lead to the right change."""

import json
from pathlib import Path

import pytest

from plainwork.errors import UsageError
from plainwork.forge.detect import Job, find_job
from plainwork.serving.practice import events
from plainwork.serving.practice.accounts import ACTIONS
from plainwork.serving.practice.state import Protection, RequiredCheck
from support.practice import lines, make_forge, open_topic

PAYLOADS = Path(__file__).parent / "payloads"
ENVIRONMENT = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_API_URL": "https://api.github.com",
    "GITHUB_REPOSITORY": "acme/operations",
}


def detect(event: str, payload: bytes) -> Job:
    job = find_job({**ENVIRONMENT, "GITHUB_EVENT_NAME": event}, payload)
    assert job is not None
    return job


def described(job: Job) -> tuple[str, str, str, bool]:
    return job.pull, job.ref, job.head, job.group


@pytest.mark.parametrize(
    ("event", "name", "expected"),
    [
        pytest.param(event, name, expected, id=f"{event}-{name}")
        for event, name, expected in [
            ("pull_request", "pull_request.opened", ("2", "", "", False)),
            ("pull_request_target", "pull_request.opened", ("2", "", "", False)),
            ("pull_request_review", "pull_request_review.submitted", ("2", "", "", False)),
            ("pull_request_review", "pull_request_review.dismissed", ("2", "", "", False)),
            (
                "merge_group",
                "merge_group.checks_requested",
                ("", "refs/heads/main", "2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d", True),
            ),
            (
                "workflow_run",
                "workflow_run.completed",
                ("", "", "5779607b49aab1200488439f02372c57b4f75444", False),
            ),
            (
                "push",
                "push",
                ("", "refs/heads/master", "6113728f27ae82c7b1a177c8d03f9e96e0adf246", False),
            ),
            ("check_suite", "check_suite.completed", ("", "", "", False)),
        ]
    ],
)
def test_what_github_sends_is_read(
    event: str, name: str, expected: tuple[str, str, str, bool]
) -> None:
    payload = (PAYLOADS / f"{name}.json").read_bytes()
    assert described(detect(event, payload)) == expected


def test_every_payload_is_told_apart() -> None:
    names = {path.stem for path in PAYLOADS.glob("*.json")}
    assert names == {
        "check_suite.completed",
        "merge_group.checks_requested",
        "pull_request.opened",
        "pull_request_review.dismissed",
        "pull_request_review.submitted",
        "push",
        "workflow_run.completed",
    }


@pytest.mark.parametrize(
    ("event", "name", "lost"),
    [
        ("pull_request", "pull_request.opened", "pull_request"),
        ("pull_request_review", "pull_request_review.submitted", "pull_request"),
        ("merge_group", "merge_group.checks_requested", "merge_group"),
        ("workflow_run", "workflow_run.completed", "workflow_run"),
        ("push", "push", "after"),
    ],
)
def test_an_event_without_what_it_is_about_is_refused(event: str, name: str, lost: str) -> None:
    payload = json.loads((PAYLOADS / f"{name}.json").read_bytes())
    del payload[lost]
    with pytest.raises(UsageError, match=f"`{event}` cannot be read"):
        detect(event, json.dumps(payload).encode())


def test_the_practice_forge_writes_what_a_runner_finds(tmp_path: Path) -> None:
    forge = make_forge(tmp_path)
    forge.protect("main", Protection(checks=(RequiredCheck("plainwork", ACTIONS.id),), queue=True))
    number = open_topic(forge)
    review = forge.approve(number, "cleo")
    head = forge.commit("bob", "topic", {"a.txt": lines(_20="final")}, "Call it final")
    forge.report_run(ACTIONS, head, "plainwork", "success")
    branch = forge.enqueue(number, "cleo")
    queued = forge.git.find(f"refs/heads/{branch}")
    pull, main = str(number), "refs/heads/main"
    expected = [
        ("pull_request", events.render_pull_event(forge, number, "synchronize", "bob"),
         (pull, "", "", False)),
        ("pull_request_review", events.render_review_event(forge, number, review, "submitted"),
         (pull, "", "", False)),
        ("merge_group", events.render_queue_event(forge, branch), ("", main, queued, True)),
        ("workflow_run", events.render_run_event(forge, number, "pull_request_review"),
         (pull, "", head, False)),
        ("push", events.render_push_event(forge, "topic"), ("", "refs/heads/topic", head, False)),
        ("check_suite", events.render_suite_event(forge, head), ("", "", "", False)),
    ]  # fmt: skip
    for event, payload, about in expected:
        path = tmp_path / f"{event}.json"
        events.write_event(path, payload)
        assert described(detect(event, path.read_bytes())) == about, event


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ("pull_request", "pull_request.opened"),
        ("pull_request_review", "pull_request_review.submitted"),
        ("merge_group", "merge_group.checks_requested"),
        ("push", "push"),
        ("check_suite", "check_suite.completed"),
    ],
)
def test_the_practice_forge_leaves_out_nothing_that_is_read_of_github(
    tmp_path: Path, event: str, name: str
) -> None:
    """What names commits, numbers and accounts in GitHub's payloads has the same place in ours."""
    forge = make_forge(tmp_path)
    number = open_topic(forge)
    review, head = forge.approve(number, "cleo"), forge.pull(number).head
    forge.commit("bob", "topic", {"a.txt": lines(_20="final")}, "Call it final")
    ours = {
        "pull_request": lambda: events.render_pull_event(forge, number, "opened", "bob"),
        "pull_request_review": lambda: events.render_review_event(
            forge, number, review, "submitted"
        ),
        "merge_group": lambda: events.render_queue_event(forge, forge.enqueue(number, "cleo")),
        "push": lambda: events.render_push_event(forge, "topic"),
        "check_suite": lambda: events.render_suite_event(forge, head),
    }[event]()
    theirs = json.loads((PAYLOADS / f"{name}.json").read_bytes())
    assert telling(theirs) - telling(ours) == set()


TELLING = {"sha", "head_sha", "head_ref", "base_sha", "base_ref", "ref", "before", "after",
           "number", "full_name", "action", "submitted_at", "commit_id"}  # fmt: skip


def telling(value: object, place: str = "") -> set[str]:
    """Return where the keys stand that say what an event is about."""
    if isinstance(value, dict):
        found = {f"{place}.{key}" for key in value if key in TELLING}
        return found.union(*(telling(each, f"{place}.{key}") for key, each in value.items()))
    return set()
