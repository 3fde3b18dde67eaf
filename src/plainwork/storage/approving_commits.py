"""Commits of a change that do nothing but add approval records.

Whoever makes such a commit approves. It gives them no part in the change, which would keep their
approval from counting.
"""

from __future__ import annotations

import msgspec

from plainwork.approvals.digest import is_consent
from plainwork.model.change import Change
from plainwork.model.document import Document
from plainwork.storage.git_command import literal
from plainwork.storage.scratch import Scratch
from plainwork.storage.scratch_trees import FileChange, load_differences

MOST_APPROVING = 200
"""Such commits of one change: each is looked at, and its signature verified, by itself."""


class ApprovingCommit(msgspec.Struct, frozen=True):
    """A commit with one parent that only adds approval records.

    Attributes:
        commit: 40 hexadecimal digits.
        added: The files of the records, with paths from the repository's top.
    """

    commit: str
    added: tuple[FileChange, ...]


def load_approving_commits(scratch: Scratch, change: Change) -> tuple[ApprovingCommit, ...]:
    """Return the approving commits of a change, oldest first; none if there are too many.

    Args:
        scratch: Where the commits are.
        change: What the commits come to: a record that is gone, or no record, is no approval.

    Raises:
        RepositoryError: If objects are missing, or Git fails or takes too long.
    """
    records = approval_records(change)
    if not records:
        return ()
    options = ("-z", "--reverse", "--no-merges", "--format=%H %P", "--diff-filter=A")
    range_ = (change.head, f"^{change.base}", "--")
    output = scratch.run("log", *options, *range_, *(literal(path) for path in records))
    lines = [line.split() for line in output.decode("ascii").split("\0") if line.strip()]
    if len(lines) > MOST_APPROVING:
        return ()
    commits = [
        ApprovingCommit(commit, load_differences(scratch, parent, commit))
        for commit, parent in lines
    ]
    return tuple(
        commit
        for commit in commits
        if all(each.before is None and each.path in records for each in commit.added)
    )


def approval_records(change: Change) -> dict[str, Document]:
    """Return the approval records that a change adds, by path from the repository's top."""
    start = f"{change.workspace}/" if change.workspace else ""
    return {
        start + each.new.path: each.new
        for each in change.documents
        if is_consent(each) and isinstance(each.new, Document)
    }
