"""Webhook events of the practice forge, as a CI runner finds them in ``GITHUB_EVENT_PATH``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork.serving.practice.accounts import QUEUE, Account
from plainwork.serving.practice.answers import basics, commits, pulls, reports
from plainwork.serving.practice.answers.basics import Value
from plainwork.serving.practice.answers.links import render_time
from plainwork.serving.practice.git import ZERO

if TYPE_CHECKING:
    from plainwork.serving.practice_forge import PracticeForge

_WORKFLOW = 901


def write_event(path: Path, event: Value) -> None:
    """Write an event where a runner would."""
    path.write_text(json.dumps(event, indent=2) + "\n", encoding="utf-8")


def render_pull_event(forge: PracticeForge, number: int, action: str, sender: str) -> Value:
    """Return the event ``pull_request`` (also ``pull_request_target``).

    Args:
        forge: Where it happened.
        number: Of the pull request.
        action: ``opened``, ``synchronize``, ``reopened``, ``edited``, ``closed``, ….
        sender: The login of who did it.
    """
    links, pull = forge.links, forge.pull(number)
    request = pulls.render_pull(forge.state, links, forge.git, pull)
    moved: Value = {}
    if action == "synchronize":
        pushes = [push for push in forge.state.pushes if push.after == pull.head]
        moved = {"before": pushes[-1].before, "after": pull.head}
    said: Value = {"action": action, "number": number, "pull_request": request, **moved}
    return {**said, **_around(forge, forge.state.account(sender))}


def render_review_event(forge: PracticeForge, number: int, review: int, action: str) -> Value:
    """Return the event ``pull_request_review``: ``submitted``, ``edited`` or ``dismissed``."""
    links, pull = forge.links, forge.pull(number)
    found = next(each for each in pull.reviews if each.id == review)
    said = pulls.render_review(forge.state, links, pull, found)
    said["state"] = found.state.lower()
    request = pulls.render_short_pull(forge.state, links, pull)
    around = _around(forge, found.account)
    return {"action": action, "review": said, "pull_request": request, **around}


def render_queue_event(forge: PracticeForge, branch: str) -> Value:
    """Return the event ``merge_group`` of a branch of the merge queue."""
    ref = f"refs/heads/{branch}"
    commit = forge.git.commit(forge.git.find(ref))
    base = branch.split("/", 1)[1].rpartition("/")[0]
    group: Value = {
        "head_sha": commit.sha,
        "head_ref": ref,
        "base_sha": commit.parents[0],
        "base_ref": f"refs/heads/{base}",
        "head_commit": commits.render_simple_commit(commit),
    }
    return {"action": "checks_requested", "merge_group": group, **_around(forge, QUEUE)}


def render_push_event(forge: PracticeForge, branch: str) -> Value:
    """Return the event ``push`` of the last push to a branch."""
    ref = f"refs/heads/{branch}"
    push = [each for each in forge.state.pushes if each.ref == ref][-1]
    new = forge.git.commits(push.before, push.after) if push.before and push.after else []
    actor = forge.state.current(push.actor) or QUEUE
    name, email = actor.signature
    listed = [commits.render_simple_commit(forge.git.commit(sha)) for sha in new]
    return {
        "ref": ref,
        "before": push.before or ZERO,
        "after": push.after or ZERO,
        "created": not push.before,
        "deleted": not push.after,
        "forced": push.kind == "force_push",
        "base_ref": None,
        "commits": listed,
        "head_commit": listed[-1] if listed else None,
        "pusher": {"name": name, "email": email},
        **_around(forge, actor),
    }


def render_suite_event(forge: PracticeForge, commit: str) -> Value:
    """Return the event ``check_suite`` of the last suite of a commit."""
    suite = [each for each in forge.state.suites if each.commit == commit][-1]
    said = reports.render_suite(forge.state, forge.links, forge.git, suite)
    return {"action": "completed", "check_suite": said, **_around(forge, QUEUE)}


def render_run_event(forge: PracticeForge, number: int, event: str) -> Value:
    """Return the event ``workflow_run``: a workflow has ended that another event had started.

    Args:
        forge: Where it happened.
        number: Of the pull request that it ran for; of a fork's GitHub does not say it.
        event: What had started it: ``pull_request_review``.
    """
    links, pull = forge.links, forge.pull(number)
    suite = forge.state.add_suite(pull.head, pull.branch)
    name = forge.state.name
    now = render_time(forge.state.now)
    run: Value = {
        "id": _WORKFLOW + number,
        "name": "Review",
        "path": ".github/workflows/review.yml",
        "event": event,
        "status": "completed",
        "conclusion": "success",
        "head_branch": pull.branch,
        "head_sha": pull.head,
        "head_commit": commits.render_simple_commit(forge.git.commit(pull.head)),
        "head_repository": basics.render_short_repository(forge.state, links, pull.source),
        "repository": basics.render_short_repository(forge.state, links, name),
        "pull_requests": reports.render_pulls(forge.state, links, pull.head),
        "check_suite_id": suite.id,
        "workflow_id": _WORKFLOW,
        "created_at": now,
        "updated_at": now,
    }
    workflow = {"id": _WORKFLOW, "name": run["name"], "path": run["path"], "state": "active"}
    around = _around(forge, pull.author)
    return {"action": "completed", "workflow_run": run, "workflow": workflow, **around}


def _around(forge: PracticeForge, sender: Account) -> Value:
    links = forge.links
    return {
        "repository": basics.render_repository(forge.state, links, forge.state.name),
        "sender": basics.render_actor(forge.state, links, sender),
    }
