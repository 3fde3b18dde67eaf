"""Which request of the REST interface gets which answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from plainwork.serving.practice import checks, merging
from plainwork.serving.practice.accounts import Account
from plainwork.serving.practice.answers import basics, commits, pulls, reports
from plainwork.serving.practice.answers.links import Links
from plainwork.serving.practice.requests import Answer, Request, page, refuse
from plainwork.serving.practice.state import Pull, Push, Run, State, Token

if TYPE_CHECKING:
    from plainwork.serving.practice.git import BareRepository
    from plainwork.serving.practice_forge import PracticeForge

_NOT_FOUND = "Not Found"


class _Call(msgspec.Struct, frozen=True):
    """A request on its way: whom it is put to, by whom, and what its path names."""

    forge: PracticeForge
    request: Request
    repository: str
    named: dict[str, str]
    token: Token | None

    @property
    def state(self) -> State:
        return self.forge.state

    @property
    def links(self) -> Links:
        return self.forge.links

    @property
    def git(self) -> BareRepository:
        return self.forge.repository(self.repository)

    @property
    def pull(self) -> Pull:
        return self.state.pulls[int(self.named["number"])]

    @property
    def commit(self) -> str:
        """Return the commit that the path names.

        Raises:
            KeyError: There is none.
        """
        name = self.named["commit"]
        found = self.git.find(f"refs/heads/{name}") or self.git.find(name)
        if not found:
            raise KeyError(name)
        return found

    def page(self, entries: Sequence[object], key: str = "") -> Answer:
        most = self.forge.faults.most(self.request.path)
        return page(self.request, self.links.api, entries, most, key)


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
            return answer(_Call(forge, request, known, match.groupdict(), token))
    return refuse(404, _NOT_FOUND)


# The repository and its branches


def _repository(call: _Call) -> Answer:
    said = basics.render_repository(call.state, call.links, call.repository)
    account = call.token.account if call.token else None
    if account:
        said["permissions"] = basics.render_collaborator(call.state, call.links, account)[
            "permissions"
        ]
    return Answer(said)


def _branches(call: _Call) -> Answer:
    found = [
        reports.render_short_branch(call.state, call.links, ref.removeprefix("refs/heads/"), commit)
        for ref, commit in call.git.refs().items()
    ]
    if call.request.query.get("protected") == "true":
        found = [branch for branch in found if branch["protected"]]
    return call.page(found)


def _branch(call: _Call) -> Answer:
    name = call.named["branch"]
    if f"refs/heads/{name}" not in call.git.refs():
        return refuse(404, "Branch not found")
    return Answer(reports.render_branch(call.state, call.links, call.git, name))


def _protection(call: _Call) -> Answer:
    name = call.named["branch"]
    protection = call.state.protections.get(name)
    if protection is None or protection.ruleset:
        return refuse(404, "Branch not protected")
    return Answer(reports.render_protection(call.state, call.links, name, protection))


def _rules(call: _Call) -> Answer:
    return call.page(reports.render_rules(call.state, call.named["branch"]))


def _rulesets(call: _Call) -> Answer:
    found = [branch for branch, each in call.state.protections.items() if each.ruleset]
    return call.page([reports.render_short_ruleset(call.state, call.links, b) for b in found])


def _ruleset(call: _Call) -> Answer:
    for branch, protection in call.state.protections.items():
        if protection.ruleset:
            return Answer(reports.render_ruleset(call.state, call.links, branch, protection))
    return refuse(404, _NOT_FOUND)


def _ref(call: _Call) -> Answer:
    ref = f"refs/{call.named['ref']}"
    commit = call.git.refs("refs/")[ref]
    return Answer(commits.render_ref(call.state, call.links, ref, commit))


def _matching_refs(call: _Call) -> Answer:
    start = f"refs/{call.named['ref']}"
    return call.page(
        [
            commits.render_ref(call.state, call.links, ref, commit)
            for ref, commit in call.git.refs("refs/").items()
            if ref.startswith(start)
        ]
    )


def _commit(call: _Call) -> Answer:
    commit = call.git.commit(call.commit)
    return Answer(commits.render_commit(call.state, call.links, commit))


def _compare(call: _Call) -> Answer:
    base, head = (call.git.find(call.named[side]) for side in ("base", "head"))
    if not (base and head and call.git.merge_base(base, head)):
        return refuse(404, _NOT_FOUND)
    return Answer(commits.render_comparison(call.state, call.links, call.git, base, head))


def _activity(call: _Call) -> Answer:
    found = [push for push in call.state.pushes if _asked_for(call, push)]
    if call.request.query.get("direction", "desc") == "desc":
        found.reverse()
    shown = [reports.render_activity(call.state, call.links, push) for push in found]
    return call.page(shown)


def _asked_for(call: _Call, push: Push) -> bool:
    query, ref = call.request.query, call.request.query.get("ref", "")
    actor = push.actor.login if push.actor else ""
    return (
        push.repository == call.repository
        and ref in ("", push.ref, push.ref.removeprefix("refs/heads/"))
        and query.get("actor", actor).lower() == actor.lower()
        and query.get("activity_type", push.kind) == push.kind
    )


# Pull requests


def _pulls(call: _Call) -> Answer:
    query = call.request.query
    state, head, base = query.get("state", "open"), query.get("head"), query.get("base")
    found = [
        pull
        for pull in call.state.pulls.values()
        if state in ("all", pull.state)
        and base in (None, pull.base)
        and head in (None, f"{pull.source.partition('/')[0]}:{pull.branch}")
    ]
    if query.get("direction", "desc") == "desc":
        found.reverse()
    return call.page([pulls.render_short_pull(call.state, call.links, pull) for pull in found])


def _pull(call: _Call) -> Answer:
    return Answer(pulls.render_pull(call.state, call.links, call.git, call.pull))


def _reviews(call: _Call) -> Answer:
    pull = call.pull
    return call.page(
        [pulls.render_review(call.state, call.links, pull, review) for review in pull.reviews]
    )


def _review(call: _Call) -> Answer:
    for review in call.pull.reviews:
        if review.id == int(call.named["review"]):
            return Answer(pulls.render_review(call.state, call.links, call.pull, review))
    return refuse(404, _NOT_FOUND)


def _graphql(call: _Call) -> Answer:
    """Answer the only question that GraphQL is asked: which reviews were edited, and when."""
    said = call.request.said.get("variables")
    variables = said if isinstance(said, dict) else {}
    pull = call.state.pulls[int(variables["number"])]
    nodes = [pulls.render_review_node(review) for review in pull.reviews]
    reviews = {"nodes": nodes, "pageInfo": {"hasNextPage": False, "endCursor": None}}
    return Answer({"data": {"repository": {"pullRequest": {"reviews": reviews}}}})


def _pull_commits(call: _Call) -> Answer:
    found = call.git.commits(call.pull.base_commit, call.pull.head)[:250]
    return call.page(
        [commits.render_commit(call.state, call.links, call.git.commit(sha)) for sha in found]
    )


def _pull_files(call: _Call) -> Answer:
    pull = call.pull
    found = call.git.files(pull.base_commit, pull.head)[:3000]
    return call.page(
        [commits.render_file(call.state, call.links, pull.head, file) for file in found]
    )


def _timeline(call: _Call) -> Answer:
    return call.page(pulls.render_timeline(call.state, call.links, call.git, call.pull))


def _merged(call: _Call) -> Answer:
    return Answer(None, 204) if call.pull.merged_at else refuse(404, _NOT_FOUND)


def _merge(call: _Call) -> Answer:
    said = call.request.said
    method, sha = str(said.get("merge_method", "merge")), str(said.get("sha", ""))
    commit = call.forge.merge(call.pull.number, _bearer(call).login, method, sha=sha)
    return Answer({"sha": commit, "merged": True, "message": "Pull Request successfully merged"})


def _update_branch(call: _Call) -> Answer:
    expected = str(call.request.said.get("expected_head_sha", ""))
    call.forge.update_branch(call.pull.number, _bearer(call).login, expected=expected)
    said = {"message": "Updating pull request branch.", "url": call.links.site}
    return Answer(said, 202)


def _commit_pulls(call: _Call) -> Answer:
    commit = call.commit
    found = [
        pull
        for pull in call.state.pulls.values()
        if commit in (pull.head, pull.merge_commit)
        or commit in call.git.commits(pull.base_commit, pull.head)
    ]
    return call.page([pulls.render_short_pull(call.state, call.links, pull) for pull in found])


# Checks


def _suites(call: _Call) -> Answer:
    commit, app = call.commit, call.request.query.get("app_id")
    found = [
        reports.render_suite(call.state, call.links, call.git, suite)
        for suite in call.state.suites
        if suite.commit == commit and app in (None, str(suite.app.id))
    ]
    return call.page(found, "check_suites")


def _runs(call: _Call) -> Answer:
    commit, name = call.commit, call.request.query.get("check_name")
    found = [
        reports.render_run(call.state, call.links, run)
        for run in checks.latest_runs(call.state, commit)
        if name in (None, run.said["name"])
    ]
    return call.page(found, "check_runs")


def _run(call: _Call) -> Answer:
    return Answer(reports.render_run(call.state, call.links, _find_run(call)))


def _find_run(call: _Call) -> Run:
    runs = {run.id: run for run in call.state.runs}
    return runs[int(call.named["run"])]


def _add_run(call: _Call) -> Answer:
    app = call.token.app if call.token else None
    if app is None:
        return refuse(403, "You must authenticate via a GitHub App.")
    if not call.git.find(str(call.request.said["head_sha"])):
        return refuse(422, "No commit found for SHA")
    run = checks.add_run(call.state, app, call.request.said)
    return Answer(reports.render_run(call.state, call.links, run), 201)


def _change_run(call: _Call) -> Answer:
    run = _find_run(call)
    if call.token is None or call.token.app != run.app:
        return refuse(403, "Invalid app_id: check runs belong to the app that made them.")
    run.said |= call.request.said
    return Answer(reports.render_run(call.state, call.links, run))


def _statuses(call: _Call) -> Answer:
    commit = call.commit
    found = [status for status in reversed(call.state.statuses) if status.commit == commit]
    return call.page([reports.render_status(call.state, call.links, each) for each in found])


def _combined_status(call: _Call) -> Answer:
    return Answer(reports.render_combined_status(call.state, call.links, call.commit))


def _add_status(call: _Call) -> Answer:
    creator = _bearer(call)
    if not (call.state.may_write(creator) or (call.token and call.token.app)):
        return refuse(403, "Resource not accessible by personal access token")
    commit, said = call.commit, call.request.said
    words = {key: str(value) for key, value in said.items() if value is not None}
    status = checks.add_status(call.state, commit, creator, words)
    return Answer(reports.render_status(call.state, call.links, status), 201)


# Accounts


def _bearer(call: _Call) -> Account:
    """Return who asks.

    Raises:
        ForgeRefusalError: Nobody says so.
    """
    if call.token is None:
        raise merging.ForgeRefusalError(401, "Requires authentication")
    return call.token.account


def _me(call: _Call) -> Answer:
    return Answer(basics.render_profile(call.state, call.links, _bearer(call)))


def _user(call: _Call) -> Answer:
    account = call.state.account(call.named["login"])
    return Answer(basics.render_profile(call.state, call.links, account))


def _user_by_number(call: _Call) -> Answer:
    account = call.state.accounts[int(call.named["account"])]
    return Answer(basics.render_profile(call.state, call.links, account))


def _collaborators(call: _Call) -> Answer:
    found = [call.state.accounts[number] for number in call.state.permissions]
    return call.page(
        [basics.render_collaborator(call.state, call.links, account) for account in found]
    )


def _permission(call: _Call) -> Answer:
    account = call.state.account(call.named["login"])
    return Answer(basics.render_permission(call.state, call.links, account))


def _rate_limit(call: _Call) -> Answer:
    left = call.forge.faults.limit
    remaining = 5000 if left is None else left
    reset = call.forge.faults.reset or call.state.now
    rate = {
        "limit": 5000,
        "remaining": remaining,
        "reset": int(reset.timestamp()),
        "used": 5000 - remaining,
    }
    return Answer({"resources": {"core": rate, "search": rate}, "rate": rate})


_HERE = "/repos/HERE"
_PULL = f"{_HERE}/pulls/{{number}}"
_COMMIT = f"{_HERE}/commits/{{commit}}"
_FORMS = {"number": r"\d+", "review": r"\d+", "run": r"\d+", "account": r"\d+", "login": "[^/]+"}
_TABLE: tuple[tuple[str, str, Callable[[_Call], Answer]], ...] = (
    ("GET", _HERE, _repository),
    ("GET", f"{_HERE}/branches", _branches),
    ("GET", f"{_HERE}/branches/{{branch}}/protection", _protection),
    ("GET", f"{_HERE}/branches/{{branch}}", _branch),
    ("GET", f"{_HERE}/rules/branches/{{branch}}", _rules),
    ("GET", f"{_HERE}/rulesets", _rulesets),
    ("GET", f"{_HERE}/rulesets/{{number}}", _ruleset),
    ("GET", f"{_HERE}/git/ref/{{ref}}", _ref),
    ("GET", f"{_HERE}/git/matching-refs/{{ref}}", _matching_refs),
    ("GET", f"{_HERE}/compare/{{base}}...{{head}}", _compare),
    ("GET", f"{_HERE}/activity", _activity),
    ("GET", f"{_HERE}/pulls", _pulls),
    ("GET", _PULL, _pull),
    ("GET", f"{_PULL}/reviews", _reviews),
    ("GET", f"{_PULL}/reviews/{{review}}", _review),
    ("GET", f"{_PULL}/commits", _pull_commits),
    ("GET", f"{_PULL}/files", _pull_files),
    ("GET", f"{_PULL}/merge", _merged),
    ("PUT", f"{_PULL}/merge", _merge),
    ("PUT", f"{_PULL}/update-branch", _update_branch),
    ("GET", f"{_HERE}/issues/{{number}}/timeline", _timeline),
    ("GET", f"{_COMMIT}/pulls", _commit_pulls),
    ("GET", f"{_COMMIT}/check-suites", _suites),
    ("GET", f"{_COMMIT}/check-runs", _runs),
    ("GET", f"{_COMMIT}/status", _combined_status),
    ("GET", f"{_COMMIT}/statuses", _statuses),
    ("GET", _COMMIT, _commit),
    ("POST", f"{_HERE}/check-runs", _add_run),
    ("GET", f"{_HERE}/check-runs/{{run}}", _run),
    ("PATCH", f"{_HERE}/check-runs/{{run}}", _change_run),
    ("POST", f"{_HERE}/statuses/{{commit}}", _add_status),
    ("GET", f"{_HERE}/collaborators", _collaborators),
    ("GET", f"{_HERE}/collaborators/{{login}}/permission", _permission),
    ("POST", "/graphql", _graphql),
    ("GET", "/user", _me),
    ("GET", "/user/{account}", _user_by_number),
    ("GET", "/users/{login}", _user),
    ("GET", "/rate_limit", _rate_limit),
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
