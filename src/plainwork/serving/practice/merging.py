"""Merging on the practice forge: when it refuses, and the commits that it makes otherwise."""

from __future__ import annotations

import msgspec

from plainwork.serving.practice.accounts import WEB_FLOW, Account
from plainwork.serving.practice.checks import compute_passed
from plainwork.serving.practice.git import Signed, signed
from plainwork.serving.practice.state import Pull, State


class ForgeRefusalError(Exception):
    """The forge refuses, with GitHub's status and words."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class MergeRequest(msgspec.Struct, frozen=True):
    """How to merge.

    Attributes:
        method: ``merge``, ``squash`` or ``rebase``.
        sha: The head that is meant; another one is refused. ``""``: whatever it is.
        title, message: Of the commit; empty: GitHub's own.
    """

    method: str = "merge"
    sha: str = ""
    title: str = ""
    message: str = ""


def check_mergeable(state: State, pull: Pull, by: Account, sha: str) -> None:
    """Refuse to merge what GitHub would not.

    Raises:
        ForgeRefusalError: It is closed or a draft, its head is another, it is in conflict, or the
            branch is protected against it.
    """
    if sha and sha != pull.head:
        raise ForgeRefusalError(409, "Head branch was modified. Review and try the merge again.")
    if pull.state != "open" or pull.draft or not _merge_tree(state, pull):
        raise ForgeRefusalError(405, "Pull Request is not mergeable")
    if not state.may_write(by):
        raise ForgeRefusalError(403, "Must have push access to merge")
    missing = find_missing(state, pull)
    protection = state.protections.get(pull.base)
    if missing and protection and (protection.for_admins or not _passes_by(state, by, pull.base)):
        raise ForgeRefusalError(405, missing)


def find_missing(state: State, pull: Pull) -> str:
    """Return what the protection of the branch still asks for, or ``""``."""
    protection = state.protections.get(pull.base)
    if protection is None:
        return ""
    if protection.strict and not state.git.contains(pull.head, state.tip(pull.base)):
        return "Head branch is not up to date with the base branch"
    for check in protection.checks:
        if not compute_passed(state, pull.head, check):
            return f'Required status check "{check.context}" is expected.'
    given = {
        review.account.id
        for review in pull.reviews
        if review.state == "APPROVED" and state.may_write(review.account)
    }
    if len(given) < protection.approvals:
        return f"At least {protection.approvals} approving review is required by reviewers."
    return ""


def apply_merge(state: State, pull: Pull, by: Account, how: MergeRequest) -> str:
    """Merge a pull request and return the new tip.

    Raises:
        ForgeRefusalError: See :func:`check_mergeable`.
    """
    check_mergeable(state, pull, by, how.sha)
    base = state.tip(pull.base)
    commit = _METHODS[how.method](state, pull, base, signed(by.signature, state.now), how)
    if not commit:
        raise ForgeRefusalError(405, "Pull Request is not mergeable")
    move_branch(state, pull.base, commit, by, "pr_merge")
    close_as_merged(state, pull, commit, by)
    return commit


def move_branch(state: State, branch: str, commit: str, by: Account, kind: str) -> None:
    """Let a branch point to a new commit, and remember that."""
    ref = f"refs/heads/{branch}"
    before = state.tip(branch)
    state.git.set_ref(ref, commit)
    state.add_push(state.name, ref, before=before, after=commit, actor=by, kind=kind)


def close_as_merged(state: State, pull: Pull, commit: str, by: Account) -> None:
    """Say that a pull request is merged."""
    pull.state, pull.merged_by, pull.merge_commit = "closed", by, commit
    pull.closed_at = pull.merged_at = state.now
    state.add_event(pull, "merged", by, commit)
    state.add_event(pull, "closed", by)


def update_branch(state: State, pull: Pull, by: Account, method: str, expected: str) -> str:
    """Bring the branch of a pull request up to date, and return its new tip.

    Args:
        state: The forge's memory.
        pull: The pull request.
        by: Who asks for it.
        method: ``merge`` or ``rebase``.
        expected: The head that is meant, or ``""``.

    Raises:
        ForgeRefusalError: The head is another, or there is a conflict.
    """
    if expected and expected != pull.head:
        raise ForgeRefusalError(422, "expected head sha didn’t match current head ref.")
    base, who = state.tip(pull.base), signed(by.signature, state.now)
    if method == "rebase":
        new = _rebase(state, pull, base, who, MergeRequest())
    else:
        tree = state.git.merge_tree(pull.head, base)
        message = f"Merge branch '{pull.base}' into {pull.branch}\n"
        new = tree and state.git.add_commit(tree, (pull.head, base), who, _web(state), message)
    if not new:
        raise ForgeRefusalError(422, "merge conflict between base and head")
    return new


def make_merge(state: State, pull: Pull, base: str, who: Signed, how: MergeRequest) -> str:
    """Make the merge commit of a pull request on a commit; ``""``: there is a conflict."""
    tree = state.git.merge_tree(base, pull.head)
    owner = pull.source.partition("/")[0]
    title = how.title or f"Merge pull request #{pull.number} from {owner}/{pull.branch}"
    message = f"{title}\n\n{how.message or pull.title}\n"
    return tree and state.git.add_commit(tree, (base, pull.head), who, _web(state), message)


def _squash(state: State, pull: Pull, base: str, who: Signed, how: MergeRequest) -> str:
    tree = state.git.merge_tree(base, pull.head)
    title = how.title or f"{pull.title} (#{pull.number})"
    message = f"{title}\n\n{how.message}\n" if how.message else f"{title}\n"
    return tree and state.git.add_commit(tree, (base,), who, _web(state), message)


def _rebase(state: State, pull: Pull, base: str, who: Signed, _how: MergeRequest) -> str:
    """Make every commit again on the base; who asks is the committer, as on GitHub."""
    git, tip = state.git, base
    for sha in git.commits(base, pull.head):
        commit = git.commit(sha)
        if len(commit.parents) > 1:
            continue  # the base is what it would bring
        tip = git.pick(tip, commit, who)
        if not tip:
            return ""
    return tip


_METHODS = {"merge": make_merge, "squash": _squash, "rebase": _rebase}


def _web(state: State) -> Signed:
    return signed(WEB_FLOW.signature, state.now)


def _merge_tree(state: State, pull: Pull) -> str:
    return state.git.merge_tree(state.tip(pull.base), pull.head)


def _passes_by(state: State, by: Account, branch: str) -> bool:
    """Whether a protection that spares administrators does not stop somebody."""
    return state.permission(by) == "admin" or by in state.protections[branch].bypass
