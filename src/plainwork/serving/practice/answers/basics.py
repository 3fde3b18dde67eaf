"""Accounts, apps and repositories, as GitHub answers them."""

from __future__ import annotations

from plainwork.serving.practice.accounts import GHOST, Account, App
from plainwork.serving.practice.answers.links import Links, render_node, render_time
from plainwork.serving.practice.state import State

Value = dict[str, object]

_PERMISSIONS = ("pull", "triage", "push", "maintain", "admin")
_REACH = {"none": 0, "read": 1, "triage": 2, "write": 3, "maintain": 4, "admin": 5}


def render_user(links: Links, account: Account) -> Value:
    """Return an account as it stands in other answers."""
    return {
        "login": account.login,
        "id": account.id,
        "node_id": render_node("U", account.id),
        "gravatar_id": "",
        **links.user(account.login),
        "type": account.type,
        "site_admin": False,
    }


def render_actor(state: State, links: Links, account: Account | None) -> Value:
    """Return an account that may be deleted meanwhile: then GitHub names its ghost."""
    return render_user(links, state.current(account) or GHOST)


def render_optional_user(state: State, links: Links, account: Account | None) -> Value | None:
    """Return an account, or None if it was deleted meanwhile."""
    found = state.current(account)
    return render_user(links, found) if found else None


def render_profile(state: State, links: Links, account: Account) -> Value:
    """Return an account's own page."""
    return {
        **render_user(links, account),
        "user_view_type": "public",
        **dict.fromkeys(("company", "blog", "location", "email", "hireable", "bio")),
        "name": account.name or None,
        **dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0),
        **dict.fromkeys(("created_at", "updated_at"), render_time(state.now)),
    }


def render_permission(state: State, links: Links, account: Account) -> Value:
    """Return what an account may do in the repository."""
    permission = state.permission(account)
    old_words = {"maintain": "write", "triage": "read"}
    user = {
        **render_user(links, account),
        "role_name": permission,
        "permissions": _render_permissions(permission),
    }
    word = old_words.get(permission, permission)
    return {"permission": word, "role_name": permission, "user": user}


def render_collaborator(state: State, links: Links, account: Account) -> Value:
    """Return an account in the list of collaborators."""
    permission = state.permission(account)
    said = {"role_name": permission, "permissions": _render_permissions(permission)}
    return {**render_user(links, account), **said}


def _render_permissions(permission: str) -> dict[str, bool]:
    return {word: number < _REACH[permission] for number, word in enumerate(_PERMISSIONS)}


def render_app(links: Links, app: App) -> Value:
    """Return an app."""
    created = "2018-07-30T09:30:17Z"
    owner = Account(9919, "github", "Organization")
    return {
        "id": app.id,
        "slug": app.slug,
        "node_id": render_node("A", app.id),
        "owner": render_user(links, owner),
        "name": app.name,
        "description": "",
        "external_url": f"{links.site}/apps/{app.slug}",
        "html_url": f"{links.site}/apps/{app.slug}",
        "created_at": created,
        "updated_at": created,
        "permissions": {"checks": "write", "metadata": "read", "contents": "read"},
        "events": ["check_run", "check_suite"],
    }


def render_short_repository(state: State, links: Links, name: str) -> Value:
    """Return a repository as it stands in most other answers."""
    owner, _, title = name.partition("/")
    number = _number(state, name)
    return {
        "id": number,
        "node_id": render_node("R", number),
        "name": title,
        "full_name": name,
        "owner": render_user(links, _owner(state, owner)),
        "private": not state.public,
        "description": None,
        "fork": name != state.name,
        **links.repository(name),
    }


def render_repository(state: State, links: Links, name: str) -> Value:
    """Return a repository in full."""
    now = render_time(state.now)
    counts = ("forks", "forks_count", "network_count")
    zeros = ("stargazers_count", "subscribers_count", "watchers", "watchers_count", "size")
    opened = len(state.open_pulls()) if name == state.name else 0
    clone = f"{links.site}/{name}.git"
    return {
        **render_short_repository(state, links, name),
        "default_branch": state.branch,
        "visibility": "public" if state.public else "private",
        **dict.fromkeys(counts, len(state.forks)),
        **dict.fromkeys(zeros, 0),
        **dict.fromkeys(("open_issues", "open_issues_count"), opened),
        **dict.fromkeys(("has_issues", "has_projects", "has_wiki", "has_downloads"), True),
        **dict.fromkeys(("has_pages", "has_discussions", "archived", "disabled"), False),
        **dict.fromkeys(("homepage", "language", "license", "mirror_url")),
        **dict.fromkeys(("created_at", "updated_at", "pushed_at"), now),
        **dict.fromkeys(("clone_url", "svn_url", "git_url", "ssh_url"), clone),
        **dict.fromkeys(("allow_merge_commit", "allow_squash_merge", "allow_rebase_merge"), True),
        "allow_auto_merge": False,
        "allow_update_branch": True,
    }


def _owner(state: State, login: str) -> Account:
    try:
        return state.account(login)
    except KeyError:
        return Account(9001, login, "Organization")


def _number(state: State, name: str) -> int:
    return 501 + [state.name, *state.forks].index(name)
