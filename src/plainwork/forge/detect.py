"""Which change a CI job runs for: from the runner's variables and its event, nothing else.

Titles, branch names, labels and files of a pull request are its author's; none of them is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeVar

import msgspec

from plainwork.errors import UsageError
from plainwork.forge.place import Place

LARGEST_EVENT = 32 * 1024 * 1024
"""Bytes; GitHub's payloads have 25 MB at most."""

_HEADS = "refs/heads/"
_Commit = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{40}\Z")]
_PULL_EVENTS = frozenset(
    {
        "pull_request",
        "pull_request_target",
        "pull_request_review",
        "pull_request_review_comment",
        "pull_request_sync",
        "pull_request_review_approved",
        "pull_request_review_rejected",
        "pull_request_approved",
        "pull_request_rejected",
        "pull_request_comment",
    }
)
"""GitHub's, and the further ones of Gitea and Forgejo."""

Payload = TypeVar("Payload")


class Job(msgspec.Struct, frozen=True):
    """What a CI job is about.

    Attributes:
        place: Where its pull requests are.
        event: What started it, in the runner's words.
        pull: The pull request's number, or ``""``.
        ref: Of a merge queue's group, or a push: the branch; else ``""``.
        head: Of a group, a push, or a run that another one started: the commit; else ``""``.
        group: Whether it is a group of a merge queue.
    """

    place: Place
    event: str
    pull: str = ""
    ref: str = ""
    head: str = ""
    group: bool = False


class _Numbered(msgspec.Struct):
    number: Annotated[int, msgspec.Meta(ge=1)]


class _PullEvent(msgspec.Struct):
    pull_request: _Numbered


class _MergeGroup(msgspec.Struct):
    base_ref: str
    head_sha: _Commit


class _MergeGroupEvent(msgspec.Struct):
    merge_group: _MergeGroup


class _WorkflowRun(msgspec.Struct):
    head_sha: _Commit
    pull_requests: tuple[_Numbered, ...] = ()


class _WorkflowRunEvent(msgspec.Struct):
    workflow_run: _WorkflowRun


class _PushEvent(msgspec.Struct):
    ref: str
    after: _Commit


def find_job(
    environment: Mapping[str, str], event: bytes | None = None, *, kind: str = ""
) -> Job | None:
    """Return what a CI job is about; None: this is no CI job of a known forge.

    Args:
        environment: The variables of the process.
        event: The file that ``GITHUB_EVENT_PATH`` names, if it does.
        kind: ``[forge] kind`` of the base, if it says so: older runners of Forgejo call themselves
            Gitea's.

    Raises:
        UsageError: If the variables or the event contradict themselves or cannot be read.
    """
    if environment.get("GITLAB_CI"):
        return _find_gitlab_job(environment)
    if environment.get("GITHUB_ACTIONS"):
        return _find_actions_job(environment, event, kind)
    return None


def _find_gitlab_job(environment: Mapping[str, str]) -> Job:
    """GitLab says all in variables; of a fork's pipeline, which project it is for, too."""
    pull = environment.get("CI_MERGE_REQUEST_IID", "")
    ours = _require(environment, "CI_PROJECT_PATH")
    repository = environment.get("CI_MERGE_REQUEST_PROJECT_PATH") or ours
    place = Place("gitlab", _require(environment, "CI_API_V4_URL"), repository)
    event = environment.get("CI_PIPELINE_SOURCE", "")
    if environment.get("CI_MERGE_REQUEST_EVENT_TYPE") == "merge_train":
        branch = _require(environment, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
        head = _require(environment, "CI_COMMIT_SHA")
        return Job(place, event, ref=_HEADS + branch, head=head, group=True)
    if pull:
        return Job(place, event, pull=pull)
    branch = environment.get("CI_COMMIT_BRANCH", "")
    head = environment.get("CI_COMMIT_SHA", "") if branch else ""
    return Job(place, event, ref=_HEADS + branch if branch else "", head=head)


def _find_actions_job(environment: Mapping[str, str], event: bytes | None, kind: str) -> Job:
    runner = "github"
    if environment.get("FORGEJO_ACTIONS"):
        runner = "forgejo"
    elif environment.get("GITEA_ACTIONS"):
        runner = "forgejo" if kind == "forgejo" else "gitea"
    place = Place(
        runner,
        _require(environment, "GITHUB_API_URL"),
        _require(environment, "GITHUB_REPOSITORY"),
    )
    name = _require(environment, "GITHUB_EVENT_NAME")
    return _read_event(place, name, event)


def _read_event(place: Place, name: str, event: bytes | None) -> Job:
    if name in _PULL_EVENTS:
        number = _parse(event, _PullEvent, name).pull_request.number
        return Job(place, name, pull=str(number))
    if name == "merge_group":
        group = _parse(event, _MergeGroupEvent, name).merge_group
        return Job(place, name, ref=_check_branch(group.base_ref), head=group.head_sha, group=True)
    if name == "workflow_run":
        # Of a run for a fork's pull request the list is empty: its head is all there is.
        run = _parse(event, _WorkflowRunEvent, name).workflow_run
        pull = str(run.pull_requests[0].number) if len(run.pull_requests) == 1 else ""
        return Job(place, name, pull=pull, head=run.head_sha)
    if name == "push":
        push = _parse(event, _PushEvent, name)
        return Job(place, name, ref=_check_branch(push.ref), head=push.after)
    return Job(place, name)


def _parse(event: bytes | None, kind: type[Payload], name: str) -> Payload:
    if event is None:
        message = f"the event `{name}` has no file; GITHUB_EVENT_PATH should name it"
        raise UsageError(message)
    if len(event) > LARGEST_EVENT:
        message = f"the event `{name}` is larger than {LARGEST_EVENT:,} bytes"
        raise UsageError(message)
    try:
        return msgspec.json.decode(event, type=kind)
    except (msgspec.MsgspecError, RecursionError, ValueError) as problem:
        message = f"the event `{name}` cannot be read: {str(problem) or 'nested too deep'}"
        raise UsageError(message) from problem


def _check_branch(ref: str) -> str:
    if not ref.startswith(_HEADS):
        message = f"`{ref}` is no branch"
        raise UsageError(message)
    return ref


def _require(environment: Mapping[str, str], name: str) -> str:
    found = environment.get(name, "")
    if not found:
        message = f"{name} is not set, which says what this CI job is about"
        raise UsageError(message)
    return found
