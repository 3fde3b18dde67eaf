"""The merge queue of the practice forge: what is merged together is tried together first."""

from __future__ import annotations

from plainwork.serving.practice.accounts import QUEUE, Account
from plainwork.serving.practice.checks import compute_passed
from plainwork.serving.practice.git import signed
from plainwork.serving.practice.merging import (
    ForgeRefusalError,
    MergeRequest,
    check_mergeable,
    close_as_merged,
    make_merge,
    move_branch,
)
from plainwork.serving.practice.state import Pull, State

_PREFIX = "gh-readonly-queue"


def enqueue(state: State, pull: Pull, by: Account) -> str:
    """Put a pull request into the queue; return the branch on which checks must pass.

    Raises:
        ForgeRefusalError: It may not be merged, or it conflicts with what is in the queue.
    """
    check_mergeable(state, pull, by, "")
    queued = list_queue(state, pull.base)
    base = queued[-1][1] if queued else state.tip(pull.base)
    robot = signed(QUEUE.signature, state.now)
    commit = make_merge(state, pull, base, robot, MergeRequest())
    if not commit:
        raise ForgeRefusalError(405, "Pull Request is not mergeable")
    branch = f"{_PREFIX}/{pull.base}/pr-{pull.number}-{base}"
    move_branch(state, branch, commit, QUEUE, "branch_creation")
    state.add_event(pull, "added_to_merge_queue", by)
    return branch


def list_queue(state: State, base: str) -> list[tuple[str, str]]:
    """Return the branches of a queue and their commits, in the order of merging."""
    git = state.git
    refs = git.refs(f"refs/heads/{_PREFIX}/{base}/")
    by_parent = {git.commit(commit).parents[0]: (ref, commit) for ref, commit in refs.items()}
    found, tip = [], state.tip(base)
    while tip in by_parent:
        ref, tip = by_parent[tip]
        found.append((ref.removeprefix("refs/heads/"), tip))
    return found


def dequeue(state: State, pull: Pull, by: Account) -> None:
    """Take a pull request out of the queue, and all that were behind it."""
    behind = False
    for branch, _ in list_queue(state, pull.base):
        member = find_member(state, branch)
        behind = behind or member is pull
        if behind:
            state.git.set_ref(f"refs/heads/{branch}", "")
            state.add_event(member, "removed_from_merge_queue", by)


def finish_queue(state: State, base: str) -> list[Pull]:
    """Merge what stands first in the queue, as far as its checks have passed; return it."""
    merged = []
    for branch, commit in list_queue(state, base):
        protection = state.protections.get(base)
        checks = protection.checks if protection else ()
        if not all(compute_passed(state, commit, check) for check in checks):
            break
        pull = find_member(state, branch)
        move_branch(state, base, commit, QUEUE, "merge_queue_merge")
        state.git.set_ref(f"refs/heads/{branch}", "")
        close_as_merged(state, pull, commit, QUEUE)
        merged.append(pull)
    return merged


def find_member(state: State, branch: str) -> Pull:
    """Return the pull request that a branch of the queue adds."""
    number = branch.rpartition("/")[2].split("-")[1]
    return state.pulls[int(number)]
