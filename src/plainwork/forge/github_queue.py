"""GitHub's merge queue: which pull requests a group holds.

Each has a branch ``gh-readonly-queue/main/pr-12-<commit>``: pull request 12, merged on that commit,
which is the tip of the branch, or the head of the group before it. The branches are GitHub's own,
unlike the messages of their commits, which whoever opens a pull request has a say in.
"""

from __future__ import annotations

import re

from plainwork.forge.github_answers import GitRef
from plainwork.forge.github_evidence import READ_CONTENTS, GitHubRepository

_BRANCH = re.compile(r"pr-(?P<number>[1-9][0-9]{0,11})-(?P<on>[0-9a-f]{40})\Z")


def fetch_queue(
    repository: GitHubRepository, branch: str, head: str, tip: str
) -> tuple[tuple[str, ...], str]:
    """Fetch the numbers of the pull requests of a group, first in the queue first.

    Args:
        repository: Where to ask.
        branch: The branch that they would be merged into.
        head: The group's last commit.
        tip: Of the branch.

    Returns:
        The numbers, and why they may not be all, or ``""``.
    """
    prefix = f"gh-readonly-queue/{branch}/"
    path = repository.path("git", "matching-refs", f"heads/{prefix}")
    refs = repository.api.list(path, GitRef, needs=READ_CONTENTS)
    if refs.gap:
        return (), refs.gap
    entries: dict[str, tuple[str, str]] = {}
    for ref in refs.items:
        found = _BRANCH.match(ref.ref.removeprefix(f"refs/heads/{prefix}"))
        if found is not None:
            entries[ref.object.sha] = (found["number"], found["on"])
    numbers: list[str] = []
    at = head
    while at != tip:
        if at not in entries:
            return tuple(reversed(numbers)), f"no branch of the merge queue leads to {at}"
        number, at = entries.pop(at)
        numbers.append(number)
    return tuple(reversed(numbers)), "" if numbers else "the group holds no pull request"
