"""Pushes, checks and statuses, as GitHub answers them."""

from __future__ import annotations

from plainwork.serving.practice.answers.basics import (
    Value,
    render_app,
    render_optional_user,
    render_short_repository,
)
from plainwork.serving.practice.answers.commits import render_simple_commit
from plainwork.serving.practice.answers.links import Links, render_node, render_time
from plainwork.serving.practice.checks import latest_statuses
from plainwork.serving.practice.git import ZERO, BareRepository
from plainwork.serving.practice.state import Pull, Push, Run, State, Status, Suite


def render_activity(state: State, links: Links, push: Push) -> Value:
    """Return a push."""
    return {
        "id": push.id,
        "node_id": render_node("PSH", push.id),
        "before": push.before or ZERO,
        "after": push.after or ZERO,
        "ref": push.ref,
        "timestamp": render_time(push.at),
        "activity_type": push.kind,
        "actor": render_optional_user(state, links, push.actor),
    }


def render_suite(state: State, links: Links, git: BareRepository, suite: Suite) -> Value:
    """Return a check suite, with the state of its last run."""
    runs = [run for run in state.runs if run.suite == suite.id]
    last = runs[-1].said if runs else {"status": "queued"}
    return {
        "id": suite.id,
        "node_id": render_node("CS", suite.id),
        "head_branch": suite.branch,
        "head_sha": suite.commit,
        "status": last.get("status", "queued"),
        "conclusion": last.get("conclusion"),
        "url": f"{_root(state, links)}/check-suites/{suite.id}",
        "before": suite.before or ZERO,
        "after": suite.commit,
        "pull_requests": render_pulls(state, links, suite.commit),
        "app": render_app(links, suite.app),
        "repository": render_short_repository(state, links, state.name),
        "created_at": render_time(suite.at),
        "updated_at": render_time(suite.at),
        "head_commit": render_simple_commit(git.commit(suite.commit)),
        "latest_check_runs_count": len(runs),
        "check_runs_url": f"{_root(state, links)}/check-suites/{suite.id}/check-runs",
    }


def render_run(state: State, links: Links, run: Run) -> Value:
    """Return a check run, as who reports it asked for it."""
    place = f"{_root(state, links)}/check-runs/{run.id}"
    said = run.said
    ended = said.get("conclusion") is not None
    default = render_time(run.at)
    return {
        "id": run.id,
        "node_id": render_node("CR", run.id),
        "head_sha": run.commit,
        "external_id": said.get("external_id", ""),
        "url": place,
        "html_url": f"{links.site}/{state.name}/runs/{run.id}",
        "details_url": said.get("details_url", links.site),
        "status": "completed" if ended else said.get("status", "queued"),
        "conclusion": said.get("conclusion"),
        "started_at": said.get("started_at", default),
        "completed_at": said.get("completed_at", default) if ended else None,
        "output": _render_output(run, place),
        "name": said["name"],
        "check_suite": {"id": run.suite},
        "app": render_app(links, run.app),
        "pull_requests": render_pulls(state, links, run.commit),
    }


def _render_output(run: Run, place: str) -> Value:
    output = run.said.get("output")
    told = output if isinstance(output, dict) else {}
    return {
        **{key: told.get(key) for key in ("title", "summary", "text")},
        "annotations_count": len(told.get("annotations", ())),
        "annotations_url": f"{place}/annotations",
    }


def render_pulls(state: State, links: Links, commit: str) -> list[Value]:
    """Return the open pull requests with a head; of forks GitHub says nothing here."""
    open_pulls = state.open_pulls()
    mine = [pull for pull in open_pulls if (pull.head, pull.source) == (commit, state.name)]
    return [_render_minimal_pull(state, links, pull) for pull in mine]


def _render_minimal_pull(state: State, links: Links, pull: Pull) -> Value:
    repository = render_short_repository(state, links, state.name)
    about = {key: repository[key] for key in ("id", "url", "name")}
    return {
        "id": pull.id,
        "number": pull.number,
        "url": f"{_root(state, links)}/pulls/{pull.number}",
        "head": {"ref": pull.branch, "sha": pull.head, "repo": about},
        "base": {"ref": pull.base, "sha": pull.base_commit, "repo": about},
    }


def render_status(state: State, links: Links, status: Status) -> Value:
    """Return a commit status with who made it."""
    creator = render_optional_user(state, links, status.creator)
    return {**_render_simple_status(state, links, status), "creator": creator}


def _render_simple_status(state: State, links: Links, status: Status) -> Value:
    return {
        "id": status.id,
        "node_id": render_node("SC", status.id),
        "url": f"{_root(state, links)}/statuses/{status.commit}",
        "avatar_url": None,
        "state": status.state,
        "description": status.description or None,
        "target_url": status.target_url or None,
        "context": status.context,
        "created_at": render_time(status.at),
        "updated_at": render_time(status.at),
    }


def render_combined_status(state: State, links: Links, commit: str) -> Value:
    """Return the newest status of each context, and what they come to."""
    statuses = latest_statuses(state, commit)
    states = {status.state for status in statuses}
    bad = states & {"failure", "error"}
    good = bool(states) and states == {"success"}
    url = f"{_root(state, links)}/commits/{commit}"
    return {
        "state": "failure" if bad else "success" if good else "pending",
        "statuses": [_render_simple_status(state, links, status) for status in statuses],
        "sha": commit,
        "total_count": len(statuses),
        "repository": render_short_repository(state, links, state.name),
        "commit_url": url,
        "url": f"{url}/status",
    }


def _root(state: State, links: Links) -> str:
    return f"{links.api}/repos/{state.name}"
