"""Commits, files and comparisons, as GitHub answers them."""

from __future__ import annotations

from plainwork.serving.practice.accounts import Account
from plainwork.serving.practice.answers.basics import Value, render_user
from plainwork.serving.practice.answers.links import Links, render_node, render_time
from plainwork.serving.practice.git import BareRepository, Commit, FileChange, Signed
from plainwork.serving.practice.state import State

_UNSIGNED: Value = {
    "verified": False,
    "reason": "unsigned",
    "signature": None,
    "payload": None,
    "verified_at": None,
}


def render_commit(state: State, links: Links, commit: Commit) -> Value:
    """Return a commit with the accounts that its addresses belong to."""
    return {
        **_place(state, links, commit.sha),
        "comments_url": f"{_root(state, links)}/commits/{commit.sha}/comments",
        "commit": {
            "url": f"{_root(state, links)}/git/commits/{commit.sha}",
            "author": _render_signed(commit.author),
            "committer": _render_signed(commit.committer),
            "message": commit.message.rstrip("\n"),
            "comment_count": 0,
            "tree": _render_tree(state, links, commit.tree),
            "verification": _UNSIGNED,
        },
        "author": _render_account(state, links, commit.author),
        "committer": _render_account(state, links, commit.committer),
        "parents": [_place(state, links, parent) for parent in commit.parents],
    }


def render_git_commit(state: State, links: Links, commit: Commit) -> Value:
    """Return a commit as it stands in Git, and in timelines."""
    return {
        **_place(state, links, commit.sha),
        "author": _render_signed(commit.author),
        "committer": _render_signed(commit.committer),
        "message": commit.message.rstrip("\n"),
        "tree": _render_tree(state, links, commit.tree),
        "parents": [_place(state, links, parent) for parent in commit.parents],
        "verification": _UNSIGNED,
    }


def render_simple_commit(commit: Commit) -> Value:
    """Return a commit as it stands in check suites and events."""
    who = (("author", commit.author), ("committer", commit.committer))
    return {
        "id": commit.sha,
        "tree_id": commit.tree,
        "message": commit.message.rstrip("\n"),
        "timestamp": render_time(commit.committer.at),
        **{role: {"name": each.name, "email": each.email} for role, each in who},
    }


def render_file(state: State, links: Links, commit: str, file: FileChange) -> Value:
    """Return one changed file."""
    place = f"{links.site}/{state.name}"
    return {
        "sha": file.sha,
        "filename": file.path,
        "status": file.status,
        "additions": file.additions,
        "deletions": file.deletions,
        "changes": file.additions + file.deletions,
        "blob_url": f"{place}/blob/{commit}/{file.path}",
        "raw_url": f"{place}/raw/{commit}/{file.path}",
        "contents_url": f"{_root(state, links)}/contents/{file.path}?ref={commit}",
    }


def render_comparison(
    state: State, links: Links, git: BareRepository, base: str, head: str
) -> Value:
    """Return how two commits stand to each other."""
    start = git.merge_base(base, head)
    ahead, behind = git.commits(base, head), git.commits(head, base)
    words = {(False, False): "identical", (True, False): "ahead", (False, True): "behind"}
    place = f"{links.site}/{state.name}/compare/{base}...{head}"
    return {
        "url": f"{_root(state, links)}/compare/{base}...{head}",
        "html_url": place,
        "permalink_url": place,
        "diff_url": f"{place}.diff",
        "patch_url": f"{place}.patch",
        "base_commit": render_commit(state, links, git.commit(base)),
        "merge_base_commit": render_commit(state, links, git.commit(start)),
        "status": words.get((bool(ahead), bool(behind)), "diverged"),
        "ahead_by": len(ahead),
        "behind_by": len(behind),
        "total_commits": len(ahead),
        "commits": [render_commit(state, links, git.commit(sha)) for sha in ahead],
        "files": [render_file(state, links, head, file) for file in git.files(start, head)],
    }


def render_ref(state: State, links: Links, ref: str, commit: str) -> Value:
    """Return a ref."""
    place = f"{_root(state, links)}/git/commits/{commit}"
    return {
        "ref": ref,
        "node_id": render_node("REF", ref),
        "url": f"{_root(state, links)}/git/{ref}",
        "object": {"type": "commit", "sha": commit, "url": place},
    }


def _root(state: State, links: Links) -> str:
    return f"{links.api}/repos/{state.name}"


def _place(state: State, links: Links, sha: str) -> Value:
    return {
        "sha": sha,
        "node_id": render_node("C", sha),
        "url": f"{_root(state, links)}/commits/{sha}",
        "html_url": f"{links.site}/{state.name}/commit/{sha}",
    }


def _render_tree(state: State, links: Links, tree: str) -> Value:
    return {"sha": tree, "url": f"{_root(state, links)}/git/trees/{tree}"}


def _render_signed(who: Signed) -> Value:
    return {"name": who.name, "email": who.email, "date": render_time(who.at)}


def _render_account(state: State, links: Links, who: Signed) -> Value | None:
    found = find_by_address(state, who.email)
    return render_user(links, found) if found else None


def find_by_address(state: State, email: str) -> Account | None:
    """Return the account that claims an e-mail address; Git lets anybody write it."""
    for account in state.accounts.values():
        if account.signature[1] == email:
            return account
    return None
