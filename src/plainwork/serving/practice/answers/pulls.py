"""Pull requests, reviews and timelines, as GitHub answers them."""

from __future__ import annotations

from datetime import datetime

from plainwork.serving.practice.accounts import Account
from plainwork.serving.practice.answers.basics import (
    Value,
    render_actor,
    render_optional_user,
    render_repository,
)
from plainwork.serving.practice.answers.commits import render_git_commit
from plainwork.serving.practice.answers.links import (
    Links,
    render_node,
    render_optional_time,
    render_time,
)
from plainwork.serving.practice.git import BareRepository
from plainwork.serving.practice.state import Event, Pull, Review, State

_PULL_LINKS = {
    "html": "",
    "issue": "",
    "self": "",
    "comments": "/comments",
    "commits": "/commits",
    "review_comments": "/comments",
    "review_comment": "/comments{/number}",
}


def render_short_pull(state: State, links: Links, pull: Pull) -> Value:
    """Return a pull request as lists have it."""
    return {
        "id": pull.id,
        "node_id": render_node("PR", pull.id),
        "number": pull.number,
        "state": pull.state,
        "locked": False,
        "title": pull.title,
        "body": pull.body or None,
        "user": render_actor(state, links, pull.author),
        "draft": pull.draft,
        "labels": [_render_label(state, links, label) for label in pull.labels],
        "milestone": None,
        "assignee": _render_users(state, links, pull.assignees[:1] or (None,))[0],
        "assignees": _render_users(state, links, pull.assignees),
        "requested_reviewers": _render_users(state, links, pull.asked),
        "requested_teams": [],
        "created_at": render_time(pull.created_at),
        "updated_at": render_time(pull.updated_at),
        "closed_at": render_optional_time(pull.closed_at),
        "merged_at": render_optional_time(pull.merged_at),
        "merge_commit_sha": pull.merge_commit or None,
        "head": _render_side(state, links, pull.source, pull.branch, pull.head),
        "base": _render_side(state, links, state.name, pull.base, pull.base_commit),
        "author_association": _associate(state, pull.author),
        "auto_merge": None,
        **_render_links(state, links, pull),
    }


def render_pull(state: State, links: Links, git: BareRepository, pull: Pull) -> Value:
    """Return a pull request in full."""
    base = git.find(f"refs/heads/{pull.base}") or pull.base_commit
    merged = pull.merged_at is not None
    files = git.files(pull.base_commit, pull.head)
    mergeable = None if merged else bool(git.merge_tree(base, pull.head))
    return {
        **render_short_pull(state, links, pull),
        "merged": merged,
        "mergeable": mergeable,
        "rebaseable": mergeable,
        "mergeable_state": _say_mergeable(pull, mergeable),
        "merged_by": render_optional_user(state, links, pull.merged_by),
        "comments": 0,
        "review_comments": 0,
        "maintainer_can_modify": pull.source != state.name,
        "commits": len(git.commits(pull.base_commit, pull.head)),
        "additions": sum(file.additions for file in files),
        "deletions": sum(file.deletions for file in files),
        "changed_files": len(files),
    }


def render_review(state: State, links: Links, pull: Pull, review: Review) -> Value:
    """Return a review; of a deleted account without a user, as GitHub does."""
    place = f"{links.site}/{state.name}/pull/{pull.number}#pullrequestreview-{review.id}"
    request = f"{_root(state, links)}/pulls/{pull.number}"
    return {
        "id": review.id,
        "node_id": render_node("PRR", review.id),
        "user": render_optional_user(state, links, review.account),
        "body": review.body,
        "state": review.state,
        "html_url": place,
        "pull_request_url": request,
        "_links": {"html": {"href": place}, "pull_request": {"href": request}},
        "commit_id": review.commit or None,
        "author_association": _associate(state, review.account),
        "submitted_at": render_time(review.at),
    }


def render_review_node(review: Review) -> Value:
    """Return what only GraphQL says of a review: when its text was edited."""
    return {"databaseId": review.id, "lastEditedAt": render_optional_time(review.edited_at)}


def render_timeline(state: State, links: Links, git: BareRepository, pull: Pull) -> list[Value]:
    """Return the timeline: commits by their own dates, reviews and events by the server's."""
    dated: list[tuple[datetime, Value]] = []
    for sha in git.commits(pull.base_commit, pull.head):
        commit = git.commit(sha)
        said = {**render_git_commit(state, links, commit), "event": "committed"}
        dated.append((commit.committer.at, said))
    for review in pull.reviews:
        said = {**render_review(state, links, pull, review), "event": "reviewed"}
        said["state"] = review.state.lower()
        dated.append((review.at, said))
    dated += [(event.at, _render_event(state, links, event)) for event in pull.events]
    return [said for _, said in sorted(dated, key=lambda each: each[0])]


def _render_event(state: State, links: Links, event: Event) -> Value:
    root = _root(state, links)
    details = {
        key: render_actor(state, links, value) if isinstance(value, Account) else value
        for key, value in event.details.items()
    }
    return {
        "id": event.id,
        "node_id": render_node("E", event.id),
        "url": f"{root}/issues/events/{event.id}",
        "actor": render_actor(state, links, event.actor),
        "event": event.name,
        "commit_id": event.commit or None,
        "commit_url": f"{root}/commits/{event.commit}" if event.commit else None,
        "created_at": render_time(event.at),
        "performed_via_github_app": None,
        **details,
    }


def _render_users(
    state: State, links: Links, accounts: tuple[Account | None, ...]
) -> list[Value | None]:
    return [render_optional_user(state, links, account) for account in accounts]


def _render_side(state: State, links: Links, name: str, branch: str, commit: str) -> Value:
    repository = render_repository(state, links, name)
    label = f"{name.partition('/')[0]}:{branch}"
    return {
        "label": label,
        "ref": branch,
        "sha": commit,
        "user": repository["owner"],
        "repo": repository,
    }


def _render_label(state: State, links: Links, label: str) -> Value:
    number = sum(label.encode())
    return {
        "id": number,
        "node_id": render_node("LA", number),
        "url": f"{_root(state, links)}/labels/{label}",
        "name": label,
        "description": "",
        "color": "ededed",
        "default": False,
    }


def _render_links(state: State, links: Links, pull: Pull) -> Value:
    root = _root(state, links)
    starts = {
        "html": f"{links.site}/{state.name}/pull/{pull.number}",
        "issue": f"{root}/issues/{pull.number}",
        "comments": f"{root}/issues/{pull.number}",
    }
    request = f"{root}/pulls/{pull.number}"
    found = {name: f"{starts.get(name, request)}{rest}" for name, rest in _PULL_LINKS.items()}
    found["statuses"] = f"{root}/statuses/{pull.head}"
    urls: Value = {f"{name}_url": url for name, url in found.items() if name != "self"}
    return {
        **urls,
        "url": found["self"],
        "diff_url": f"{found['html']}.diff",
        "patch_url": f"{found['html']}.patch",
        "_links": {name: {"href": url} for name, url in found.items()},
    }


def _associate(state: State, account: Account) -> str:
    return "COLLABORATOR" if account.id in state.permissions else "NONE"


def _say_mergeable(pull: Pull, mergeable: bool | None) -> str:  # noqa: FBT001 - GitHub's own value
    if mergeable is None:
        return "unknown"
    if pull.draft:
        return "draft"
    return "clean" if mergeable else "dirty"


def _root(state: State, links: Links) -> str:
    return f"{links.api}/repos/{state.name}"
