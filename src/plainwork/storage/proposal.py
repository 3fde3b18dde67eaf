"""What a pull request would change: the base tip against the merge result, workspace by workspace.

Only trees count. What the commits and merges in between did, even one that hides a change in the
resolution of a conflict, shows in the result or does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from plainwork.approvals.file_faults import find_collisions
from plainwork.approvals.special_files import is_special
from plainwork.errors import UsageError
from plainwork.model.change import Change, Contributor, Fault
from plainwork.storage.altering_attributes import load_altering_attributes
from plainwork.storage.approving_commits import load_approving_commits
from plainwork.storage.contributors import MOST_COMMITS, load_contributors
from plainwork.storage.git_command import literal
from plainwork.storage.scan import MARKER
from plainwork.storage.scratch import Scratch, check_hash
from plainwork.storage.scratch_trees import (
    Tree,
    apply_differences,
    load_differences,
    load_tree,
    load_tree_and_parents,
)
from plainwork.storage.time_zone import find_zone
from plainwork.storage.workspace_change import (
    WorkspaceChange,
    is_governed,
    load_workspace_change,
)
from plainwork.storage.workspace_files import (
    absolute_path,
    enter_workspace,
    find_workspaces,
    relative_path,
)
from plainwork.storage.workspace_reader import WorkspaceReader

MOST_FILES = 20_000
"""Files that may differ, judged or not: merging more takes long, and nobody reviews them."""

_BRANCHES = "refs/heads/"
_UPDATE = "update the branch: rebase it, or merge the base into it"
_MOST_NAMED = 3


def load_change(
    scratch: Scratch, base: str, head: str, *, ref: str, now: datetime
) -> tuple[Change, ...]:
    """Return what merging a head into a base would change, one value for each workspace.

    Every workspace that the base or the result holds is there. If there is no merge result, the
    faults say why, and nothing else differs.

    Args:
        scratch: Where the commits are; see :func:`plainwork.storage.scratch.open_scratch`.
        base: The tip of the branch that it would be merged into, 40 hexadecimal digits.
        head: The commit that would be merged, likewise.
        ref: The branch: ``refs/heads/main``.
        now: The moment for which the rules are applied; its day is that of each workspace.

    Raises:
        UsageError: If a commit or the branch is named in any other way.
        RepositoryError: If an object is missing, or Git fails or takes too long.
    """
    merge = _load_merge(scratch, check_hash(base), check_hash(head))
    return _load_workspaces(scratch, merge, ref=ref, now=now)


def load_merged_change(
    scratch: Scratch, base: str, merged: str, *, head: str, ref: str, now: datetime
) -> tuple[Change, ...]:
    """Return what a commit of a branch has changed: as the proposal that it came from, but made.

    The result is the commit's own tree, whatever was proposed: who merges can do something else.

    Args:
        scratch: Where the commits are.
        base: The commit before it on the branch.
        merged: The commit.
        head: The commit that was proposed, whose authors count; without a proposal the commit.
        ref: The branch: ``refs/heads/main``.
        now: The moment for which the rules are applied; its day is that of each workspace.

    Raises:
        UsageError: If a commit or the branch is named in any other way.
        RepositoryError: If an object is missing, or Git fails or takes too long.
    """
    tree, *parents = load_tree_and_parents(scratch, merged)
    # What has no merge in between left the branch where it came back; that is most of a history.
    alone = head == merged and parents == [base]
    forks = (base,) if alone else scratch.merge_bases(base, head)
    commits, contributors = load_contributors(scratch, base, head)
    proposed = tree if head == merged else head
    merge = _Merge(
        base=base,
        head=head,
        tree=tree,
        contributors=contributors,
        commits=commits,
        files=len(load_differences(scratch, forks[0], proposed)) if len(forks) == 1 else 0,
        faults=(),
    )
    return _load_workspaces(scratch, merge, ref=ref, now=now)


def _load_workspaces(
    scratch: Scratch, merge: _Merge, *, ref: str, now: datetime
) -> tuple[Change, ...]:
    if not ref.startswith(_BRANCHES):
        message = f"{ref}: not the full name of a branch; write `refs/heads/…`"
        raise UsageError(message)
    before = load_tree(scratch, merge.base)
    # Without a result it still has to be known which workspaces there would be.
    changes = load_differences(scratch, merge.base, merge.tree or merge.head)
    after = apply_differences(before, changes)
    sides = _Sides(before, after, tuple(change.path for change in changes))
    found = (
        _load_workspace(scratch, sides, workspace, merge, ref=ref, now=now)
        for workspace in find_workspaces((*before, *after))
    )
    return tuple(_tell_approvers(scratch, change) for change in found)


def _tell_approvers(scratch: Scratch, change: Change) -> Change:
    """Return a change whose contributors are told from those who only approve in commits."""
    approving = [each.commit for each in load_approving_commits(scratch, change)]
    if not approving:
        return change
    _, contributors = load_contributors(scratch, change.base, change.head, approving)
    return msgspec.structs.replace(change, contributors=contributors)


class _Merge(msgspec.Struct, frozen=True):
    """The history of a change, and where it leads; without a tree, ``faults`` say why."""

    base: str
    head: str
    tree: str
    contributors: tuple[Contributor, ...]
    commits: int
    files: int
    faults: tuple[Fault, ...]


def _load_merge(scratch: Scratch, base: str, head: str) -> _Merge:
    forks = scratch.merge_bases(base, head)
    commits, contributors = load_contributors(scratch, base, head)
    files = len(load_differences(scratch, forks[0], head)) if len(forks) == 1 else 0
    faults = list(_find_unmergeable(forks, commits, files))
    tree = ""
    if not faults:
        result = scratch.merge(base, head)
        if result.conflicts:
            faults.append(_conflict(result.conflicts))
        else:
            tree = result.tree
    return _Merge(base, head, tree, contributors, commits, files, tuple(faults))


def _find_unmergeable(forks: tuple[str, ...], commits: int, files: int) -> Iterator[Fault]:
    if not forks:
        yield Fault("no-merge-base", "it has no commit in common with the base", _UPDATE)
    elif len(forks) > 1:
        message = "it left the base at several commits, so what it changes is ambiguous"
        yield Fault("several-merge-bases", message, _UPDATE)
    if commits > MOST_COMMITS:
        message = f"it has more than {MOST_COMMITS:,} commits"
        yield Fault("too-many-commits", message, "squash them")
    if files > MOST_FILES:
        message = f"{files:,} files differ, at most {MOST_FILES:,} may"
        yield Fault("too-many-files", message, "split the change into several")


def _conflict(paths: tuple[str, ...]) -> Fault:
    names = [path.encode("utf-8", "backslashreplace").decode() for path in paths]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    message = f"it conflicts with the base in {', '.join(names[:_MOST_NAMED])}{more}"
    return Fault("conflict", message, _UPDATE, names[0])


class _Sides(msgspec.Struct, frozen=True):
    """The files of the base tip and of the merge result, from the repository's top."""

    before: Tree
    after: Tree
    differing: tuple[str, ...]


def _load_workspace(
    scratch: Scratch, sides: _Sides, workspace: str, merge: _Merge, *, ref: str, now: datetime
) -> Change:
    before = WorkspaceReader(scratch, enter_workspace(sides.before, workspace, sides.differing))
    after = WorkspaceReader(
        scratch, enter_workspace(sides.after, workspace, sides.differing), before
    )
    faults = list(merge.faults)
    settings = before.settings if before.exists else after.settings
    if merge.tree:
        today = now.astimezone(find_zone(settings.timezone)).date()
        found = _compare(scratch, sides, workspace, (before, after), today)
        faults += found.faults
        faults += _find_misplaced(sides, workspace, gone=before.exists and not after.exists)
    else:
        before.read_definitions()
        snapshot = before.snapshot(())
        found = WorkspaceChange(snapshot, snapshot)
    return Change(
        repository=f"{settings.forge_kind}:{settings.forge_repository}",
        ref=ref,
        base=merge.base,
        head=merge.head,
        tree=merge.tree,
        workspace=workspace,
        before=found.before,
        after=found.after,
        documents=found.documents,
        faults=tuple(sorted(faults)),
        contributors=merge.contributors,
        commits=merge.commits,
        files=merge.files,
        first=not before.exists and not _was_there(scratch, merge.base, workspace),
        governed=before.exists,
        names=found.names,
    )


def _compare(
    scratch: Scratch,
    sides: _Sides,
    workspace: str,
    readers: tuple[WorkspaceReader, WorkspaceReader],
    today: date,
) -> WorkspaceChange:
    before, after = readers
    names = (relative_path(path, workspace) for path in sides.differing)
    differing = [name for name in names if name in before.files or name in after.files]
    found = load_workspace_change(scratch, before, after, differing, today, workspace=workspace)
    globs = before.governed_globs()
    faults = {*found.faults, *_find_collisions(sides, workspace, after)}
    for tree, reader in ((sides.before, before), (sides.after, after)):

        def is_judged(path: str, reader: WorkspaceReader = reader) -> bool:
            name = relative_path(path, workspace)
            if name.startswith("../"):
                return is_special(path)
            return name in reader.kinds or is_governed(name, globs)

        faults.update(load_altering_attributes(scratch, tree, is_judged))
    return msgspec.structs.replace(found, faults=tuple(faults))


def _find_collisions(sides: _Sides, workspace: str, after: WorkspaceReader) -> Iterator[Fault]:
    """Yield the new files, anywhere, that some systems put in the place of a document."""
    added = [path for path in sides.differing if path in sides.after and path not in sides.before]
    there = (absolute_path(name, workspace) for name in (*after.kinds, MARKER))
    for fault in find_collisions(added, there):
        yield msgspec.structs.replace(fault, path=relative_path(fault.path, workspace))


def _find_misplaced(sides: _Sides, workspace: str, *, gone: bool) -> Iterator[Fault]:
    """Yield that a workspace is gone, or that one lies in another."""
    if gone:
        message = f"the workspace is gone: there is no {MARKER} any more"
        yield Fault("workspace-gone", message, "restore it", MARKER)
        return
    for other in find_workspaces(sides.after):
        outer, inner = sorted((workspace, other), key=len)
        if workspace != other and (not outer or inner.startswith(f"{outer}/")):
            message = f"the workspace {inner} lies in another one, {outer or 'at the top'}"
            yield Fault("nested-workspace", message, f"remove one {MARKER}", MARKER)


def _was_there(scratch: Scratch, base: str, workspace: str) -> bool:
    """Whether a commit of the base's first-parent history ever held a workspace."""
    marker = f"{workspace}/{MARKER}" if workspace else MARKER
    options = ("--first-parent", "--max-count=1", base, "--", literal(marker))
    return bool(scratch.run("rev-list", *options))
