"""Which request of the REST interface gets which answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from plainwork.serving.practice import (
    account_routes,
    check_routes,
    merging,
    pull_routes,
    repository_routes,
)
from plainwork.serving.practice.call import Call
from plainwork.serving.practice.requests import Answer, Request, refuse
from plainwork.serving.practice.state import Token

if TYPE_CHECKING:
    from plainwork.serving.practice_forge import PracticeForge

_NOT_FOUND = "Not Found"


def answer_request(forge: PracticeForge, request: Request) -> Answer:
    """Answer a request to the REST interface."""
    failure = forge.faults.find(request.path, forge.state.now)
    if failure is not None:
        refused = refuse(failure.status, failure.message)
        return Answer(refused.value, refused.status, failure.headers)
    token = forge.state.tokens.get(request.token)
    if request.token and token is None:
        return refuse(401, "Bad credentials")
    try:
        return _find_answer(forge, request, token)
    except KeyError:
        return refuse(404, _NOT_FOUND)
    except merging.ForgeRefusalError as refusal:
        return refuse(refusal.status, str(refusal))


def _find_answer(forge: PracticeForge, request: Request, token: Token | None) -> Answer:
    name = "/".join(request.path.split("/")[2:4])
    known = name if name in (forge.state.name, *forge.state.forks) else forge.state.name
    path = request.path.replace(f"/repos/{known}", "/repos/HERE", 1)
    for method, pattern, answer in _ROUTES:
        match = pattern.fullmatch(path)
        if match and method == request.method:
            return answer(Call(forge, request, known, match.groupdict(), token))
    return refuse(404, _NOT_FOUND)


_HERE = "/repos/HERE"
_PULL = f"{_HERE}/pulls/{{number}}"
_COMMIT = f"{_HERE}/commits/{{commit}}"
_FORMS = {"number": r"\d+", "review": r"\d+", "run": r"\d+", "account": r"\d+", "login": "[^/]+"}
_TABLE: tuple[tuple[str, str, Callable[[Call], Answer]], ...] = (
    ("GET", _HERE, repository_routes.answer_repository),
    ("GET", f"{_HERE}/branches", repository_routes.answer_branches),
    ("GET", f"{_HERE}/branches/{{branch}}/protection", repository_routes.answer_protection),
    ("GET", f"{_HERE}/branches/{{branch}}", repository_routes.answer_branch),
    ("GET", f"{_HERE}/rules/branches/{{branch}}", repository_routes.answer_rules),
    ("GET", f"{_HERE}/rulesets", repository_routes.answer_rulesets),
    ("GET", f"{_HERE}/rulesets/{{number}}", repository_routes.answer_ruleset),
    ("GET", f"{_HERE}/git/ref/{{ref}}", repository_routes.answer_ref),
    ("GET", f"{_HERE}/git/matching-refs/{{ref}}", repository_routes.answer_matching_refs),
    ("GET", f"{_HERE}/compare/{{base}}...{{head}}", repository_routes.answer_compare),
    ("GET", f"{_HERE}/activity", repository_routes.answer_activity),
    ("GET", f"{_HERE}/pulls", pull_routes.answer_pulls),
    ("GET", _PULL, pull_routes.answer_pull),
    ("GET", f"{_PULL}/reviews", pull_routes.answer_reviews),
    ("GET", f"{_PULL}/reviews/{{review}}", pull_routes.answer_review),
    ("GET", f"{_PULL}/commits", pull_routes.answer_pull_commits),
    ("GET", f"{_PULL}/files", pull_routes.answer_pull_files),
    ("GET", f"{_PULL}/merge", pull_routes.answer_merged),
    ("PUT", f"{_PULL}/merge", pull_routes.answer_merge),
    ("PUT", f"{_PULL}/update-branch", pull_routes.answer_update_branch),
    ("GET", f"{_HERE}/issues/{{number}}/timeline", pull_routes.answer_timeline),
    ("GET", f"{_COMMIT}/pulls", pull_routes.answer_commit_pulls),
    ("GET", f"{_COMMIT}/check-suites", check_routes.answer_suites),
    ("GET", f"{_COMMIT}/check-runs", check_routes.answer_runs),
    ("GET", f"{_COMMIT}/status", check_routes.answer_combined_status),
    ("GET", f"{_COMMIT}/statuses", check_routes.answer_statuses),
    ("GET", _COMMIT, repository_routes.answer_commit),
    ("POST", f"{_HERE}/check-runs", check_routes.answer_add_run),
    ("GET", f"{_HERE}/check-runs/{{run}}", check_routes.answer_run),
    ("PATCH", f"{_HERE}/check-runs/{{run}}", check_routes.answer_change_run),
    ("POST", f"{_HERE}/statuses/{{commit}}", check_routes.answer_add_status),
    ("GET", f"{_HERE}/collaborators", account_routes.answer_collaborators),
    ("GET", f"{_HERE}/collaborators/{{login}}/permission", account_routes.answer_permission),
    ("POST", "/graphql", pull_routes.answer_graphql),
    ("GET", "/user", account_routes.answer_me),
    ("GET", "/user/{account}", account_routes.answer_user_by_number),
    ("GET", "/users/{login}", account_routes.answer_user),
    ("GET", "/rate_limit", account_routes.answer_rate_limit),
)


def _compile(path: str) -> re.Pattern[str]:
    """Return what a path with names in braces matches; a name may have slashes, if not told."""
    parts = re.split(r"\{(\w+)\}", path)
    found = [
        f"(?P<{part}>{_FORMS.get(part, '.+')})" if position % 2 else re.escape(part)
        for position, part in enumerate(parts)
    ]
    return re.compile("".join(found))


_ROUTES = tuple((method, _compile(path), answer) for method, path, answer in _TABLE)
