"""What every answer of GitHub is full of: numbers for nodes, times, and links."""

from __future__ import annotations

from datetime import datetime

import msgspec

_REPOSITORY_LINKS = {
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}
_USER_LINKS = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}


class Links(msgspec.Struct, frozen=True):
    """Where things are.

    Attributes:
        site: URL of the forge: ``http://127.0.0.1:4711``.
        api: URL of the REST interface.
    """

    site: str
    api: str

    def repository(self, name: str) -> dict[str, object]:
        """Return all links of a repository."""
        root = f"{self.api}/repos/{name}"
        return {
            "url": root,
            "html_url": f"{self.site}/{name}",
            **{key: f"{root}{rest}" for key, rest in _REPOSITORY_LINKS.items()},
        }

    def user(self, login: str) -> dict[str, object]:
        """Return all links of an account."""
        root = f"{self.api}/users/{login}"
        return {
            "url": root,
            "html_url": f"{self.site}/{login}",
            "avatar_url": f"{self.site}/{login}.png",
            **{key: f"{root}{rest}" for key, rest in _USER_LINKS.items()},
        }


def render_node(kind: str, number: object) -> str:
    """Return the name of a node in GitHub's graph."""
    return f"{kind}_{number}"


def render_time(at: datetime) -> str:
    """Return an instant as GitHub writes it: ``2026-05-04T10:00:00Z``."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def render_optional_time(at: datetime | None) -> str | None:
    """Return an instant as GitHub writes it, or None."""
    return render_time(at) if at else None
