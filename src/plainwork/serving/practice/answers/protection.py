"""Branches and how they are protected, as GitHub answers them."""

from __future__ import annotations

from plainwork.serving.practice.answers.basics import (
    Value,
    render_user,
)
from plainwork.serving.practice.answers.commits import render_commit
from plainwork.serving.practice.answers.links import Links, render_node, render_time
from plainwork.serving.practice.git import BareRepository
from plainwork.serving.practice.state import Protection, State

_RULESET = 77


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
