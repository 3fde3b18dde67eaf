"""Pushes, checks, statuses and the protection of branches, as GitHub answers them."""

from __future__ import annotations

from plainwork.serving.practice.answers.basics import (
    Value,
    render_app,
    render_optional_user,
    render_short_repository,
    render_user,
)
from plainwork.serving.practice.answers.commits import render_commit, render_simple_commit
from plainwork.serving.practice.answers.links import Links, render_node, render_time
from plainwork.serving.practice.checks import latest_statuses
from plainwork.serving.practice.git import ZERO, BareRepository
from plainwork.serving.practice.state import Protection, Pull, Push, Run, State, Status, Suite

_RULESET = 77


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


# Branches


def render_branch(state: State, links: Links, git: BareRepository, name: str) -> Value:
    """Return a branch."""
    root = f"{_root(state, links)}/branches/{name}"
    protection = state.protections.get(name)
    commit = git.commit(git.find(f"refs/heads/{name}"))
    told = render_protection(state, links, name, protection) if protection else {"enabled": False}
    return {
        "name": name,
        "commit": render_commit(state, links, commit),
        "_links": {"html": f"{links.site}/{state.name}/tree/{name}", "self": root},
        "protected": protection is not None,
        "protection": told,
        "protection_url": f"{root}/protection",
    }


def render_short_branch(state: State, links: Links, name: str, commit: str) -> Value:
    """Return a branch as lists have it."""
    place = f"{_root(state, links)}/commits/{commit}"
    protected = name in state.protections
    return {"name": name, "commit": {"sha": commit, "url": place}, "protected": protected}


def render_protection(state: State, links: Links, branch: str, protection: Protection) -> Value:
    """Return the older kind of protection of a branch."""
    root = f"{_root(state, links)}/branches/{branch}/protection"
    checks = _render_checks(protection, "app_id")
    users = [render_user(links, account) for account in protection.bypass]
    off = ("required_linear_history", "allow_force_pushes", "allow_deletions", "block_creations")
    reviews: Value = {
        "url": f"{root}/required_pull_request_reviews",
        "dismiss_stale_reviews": protection.dismiss_stale,
        "require_code_owner_reviews": protection.code_owners,
        "required_approving_review_count": protection.approvals,
        "require_last_push_approval": protection.last_push,
        "bypass_pull_request_allowances": {"users": users, "teams": [], "apps": []},
    }
    required: Value = {
        "url": f"{root}/required_status_checks",
        "strict": protection.strict,
        "contexts": [check.context for check in protection.checks],
        "contexts_url": f"{root}/required_status_checks/contexts",
        "checks": checks,
    }
    return {
        "url": root,
        "enabled": True,
        "enforce_admins": {"url": f"{root}/enforce_admins", "enabled": protection.for_admins},
        "required_pull_request_reviews": reviews,
        **{name: {"enabled": False} for name in off},
        **({"required_status_checks": required} if checks else {}),
    }


def render_rules(state: State, branch: str) -> list[Value]:
    """Return the rules of rulesets that hold for a branch."""
    protection = state.protections.get(branch)
    if protection is None or not protection.ruleset:
        return []
    source = {
        "ruleset_source_type": "Repository",
        "ruleset_source": state.name,
        "ruleset_id": _RULESET,
    }
    return [{**rule, **source} for rule in _render_rule_set(protection)]


def render_ruleset(state: State, links: Links, branch: str, protection: Protection) -> Value:
    """Return a ruleset in full."""
    actors: list[Value] = [
        {"actor_id": account.id, "actor_type": "User", "bypass_mode": "always"}
        for account in protection.bypass
    ]
    if not protection.for_admins:
        role: Value = {"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}
        actors.append(role)
    return {
        **render_short_ruleset(state, links, branch),
        "bypass_actors": actors,
        "conditions": {"ref_name": {"include": [f"refs/heads/{branch}"], "exclude": []}},
        "rules": _render_rule_set(protection),
    }


def render_short_ruleset(state: State, links: Links, branch: str) -> Value:
    """Return a ruleset as lists have it."""
    place = f"{_root(state, links)}/rulesets/{_RULESET}"
    return {
        "id": _RULESET,
        "node_id": render_node("RRS", _RULESET),
        "name": f"Protect {branch}",
        "target": "branch",
        "source_type": "Repository",
        "source": state.name,
        "enforcement": "active",
        "_links": {"self": {"href": place}, "html": {"href": f"{links.site}/{state.name}/rules"}},
        "created_at": render_time(state.now),
        "updated_at": render_time(state.now),
    }


def _render_rule_set(protection: Protection) -> list[Value]:
    rules: list[Value] = [
        {"type": "deletion"},
        {"type": "non_fast_forward"},
        {
            "type": "pull_request",
            "parameters": {
                "required_approving_review_count": protection.approvals,
                "dismiss_stale_reviews_on_push": protection.dismiss_stale,
                "require_code_owner_review": protection.code_owners,
                "require_last_push_approval": protection.last_push,
                "required_review_thread_resolution": False,
            },
        },
    ]
    if protection.checks:
        checks = _render_checks(protection, "integration_id")
        said = {
            "strict_required_status_checks_policy": protection.strict,
            "required_status_checks": checks,
        }
        rules.append({"type": "required_status_checks", "parameters": said})
    if protection.queue:
        rules.append({"type": "merge_queue", "parameters": _QUEUE})
    return rules


def _render_checks(protection: Protection, key: str) -> list[Value]:
    """Return the required checks; a ruleset leaves an app out that nobody named."""
    nobody: Value = {"app_id": None} if key == "app_id" else {}
    return [
        {"context": check.context, **({key: check.app} if check.app else nobody)}
        for check in protection.checks
    ]


_QUEUE: Value = {
    "check_response_timeout_minutes": 60,
    "grouping_strategy": "ALLGREEN",
    "max_entries_to_build": 5,
    "max_entries_to_merge": 5,
    "merge_method": "MERGE",
    "min_entries_to_merge": 1,
    "min_entries_to_merge_wait_minutes": 5,
}


def _root(state: State, links: Links) -> str:
    return f"{links.api}/repos/{state.name}"
