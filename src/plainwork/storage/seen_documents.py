"""What reviewers have seen, and what is asked about: both sides of documents, and their rules.

A review counts for a document only if what its reviewer saw is what is asked (``APPROVALS``, *The
digest*). A path is part of that: so a side that has the document is looked at there, and a side
that has not must not have it anywhere, by its id or an alias.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from hashlib import sha256

from plainwork.errors import RepositoryError
from plainwork.model.change import Change, ChangedDocument, FileState, RuleKey, SeenDocument
from plainwork.parsing.fences import find_fences
from plainwork.storage.bystanders import load_bystanders
from plainwork.storage.change_limits import find_excess
from plainwork.storage.file_states import load_file_states
from plainwork.storage.scratch import DeadlineError, Scratch
from plainwork.storage.scratch_trees import Tree, apply_differences, load_differences, load_tree
from plainwork.storage.source_repository import HASH
from plainwork.storage.workspace_files import absolute_path, enter_workspace, relative_path
from plainwork.storage.workspace_reader import WorkspaceReader, is_regular

DocumentKey = tuple[str, str]
"""As of :attr:`plainwork.model.change.ChangedDocument.key`."""

_NO_DOCUMENTS = ("file", "settings")


def load_asked(
    scratch: Scratch, change: Change, rules: Collection[RuleKey]
) -> dict[DocumentKey, SeenDocument]:
    """Return every document of a change as it is asked about: base tip and merge result.

    Args:
        scratch: Where the objects are.
        change: The change.
        rules: The workflows and policies whose requirements it meets.

    Raises:
        RepositoryError: If an object is missing, or Git fails or takes too long.
    """
    digests = _load_rules(scratch, change, load_tree(scratch, change.base), rules)
    return {each.key: SeenDocument(each.before, each.after, digests) for each in change.documents}


def load_seen(
    scratch: Scratch, change: Change, commit: str, rules: Collection[RuleKey]
) -> dict[DocumentKey, SeenDocument] | None:
    """Return every document of a change as whoever reviewed a commit saw it.

    That is the commit's own tree, against where it left the base's history.

    Args:
        scratch: Where the change was loaded: the merge result is nowhere else.
        change: The change.
        commit: The commit that was reviewed, as the evidence has it.
        rules: The workflows and policies whose requirements the change meets.

    Returns:
        None if there is no telling: the commit is missing, left the base at several commits, or
        is too large.

    Raises:
        RepositoryError: If the merge result is missing, or Git takes too long.
    """
    if not HASH.fullmatch(commit) or not change.tree:
        return None
    base = load_tree(scratch, change.base)
    result = apply_differences(base, load_differences(scratch, change.base, change.tree))
    try:
        forks = scratch.merge_bases(commit, change.base)
        if len(forks) != 1:
            return None
        old = _Side(scratch, change.workspace, change.base, base, forks[0])
        new = _Side(scratch, change.workspace, change.tree, result, commit)
        return _look(scratch, change, old, new, rules)
    except DeadlineError:
        raise
    except RepositoryError:  # of what cannot be read nobody can say that it was seen
        return None


def _look(
    scratch: Scratch, change: Change, old: _Side, new: _Side, rules: Collection[RuleKey]
) -> dict[DocumentKey, SeenDocument]:
    old.load([each.before for each in change.documents])
    new.load([each.after for each in change.documents])
    digests = _load_rules(scratch, change, old.tree, rules)
    return {
        each.key: SeenDocument(old.find(each, each.before), new.find(each, each.after), digests)
        for each in change.documents
    }


class _Side:
    """One side of what was seen: a commit, beside a tree that is known.

    Args:
        scratch: Where the objects are.
        workspace: The folder of the workspace.
        reference: The tree that is known: the base's, or the merge result.
        known: Its files.
        commit: The commit.
    """

    def __init__(
        self, scratch: Scratch, workspace: str, reference: str, known: Tree, commit: str
    ) -> None:
        self._scratch = scratch
        self._workspace = workspace
        self._changes = load_differences(scratch, reference, commit)
        self._differing = frozenset(change.path for change in self._changes)
        self._states: dict[str, FileState] = {}
        self.tree = apply_differences(known, self._changes)

    def load(self, expected: Collection[FileState | None]) -> None:
        """Read what stands where documents are expected, unless it is what is known there."""
        files = {}
        for state in expected:
            path = absolute_path(state.path, self._workspace) if state else ""
            if state is None or path not in self.tree:
                continue
            if path in self._differing:
                files[state.path] = self.tree[path]
            else:
                self._states[state.path] = state
        self._states |= load_file_states(self._scratch, files, files)

    def find(self, document: ChangedDocument, expected: FileState | None) -> FileState | None:
        """Return a document as it was here."""
        if expected is not None:
            return self._states.get(expected.path)
        if document.kind in _NO_DOCUMENTS:
            path = absolute_path(document.id, self._workspace)
            return self._load_state(document.id) if path in self.tree else None
        path_here = next((self._named[key] for key in _keys(document) if key in self._named), "")
        return self._load_state(path_here) if path_here else None

    def _load_state(self, path: str) -> FileState:
        files = {path: self.tree[absolute_path(path, self._workspace)]}
        return load_file_states(self._scratch, files, files)[path]

    @cached_property
    def _named(self) -> dict[DocumentKey, str]:
        """Where documents are that the known tree has not got: only what differs can hold one."""
        files = enter_workspace(self.tree, self._workspace, ())
        reader = WorkspaceReader(self._scratch, files)
        differing = {relative_path(path, self._workspace) for path in self._differing}
        paths = [path for path in reader.kinds if path in differing]
        if find_excess(self._scratch, [files[path] for path in paths]) is not None:
            message = "too much differs from what is asked"
            raise RepositoryError(message)
        return {
            (each.kind, name): path
            for path, each in load_bystanders(reader, paths).items()
            for name in each.names
        }


def _keys(document: ChangedDocument) -> list[DocumentKey]:
    """Return everything that a document is or was called."""
    sides = [side for side in (document.new, document.old) if side is not None]
    names = [document.id, *(side.id for side in sides)]
    names += [alias for side in sides for alias in side.fields.get("aliases", ())]
    return [(document.kind, name.lower()) for name in names]


def _load_rules(
    scratch: Scratch, change: Change, tree: Tree, rules: Collection[RuleKey]
) -> dict[RuleKey, str]:
    """Return the digests of rules of the base as they stood in a tree; of others there are none.

    A rule that has moved since counts as another one.
    """
    base = change.before
    paths = {("workflow", id_): each.path for id_, each in base.workflows.items()}
    paths |= {("policy", id_): each.path for id_, each in base.policies.items()}
    entries = {
        key: tree.get(absolute_path(paths[key], change.workspace))
        for key in sorted(rules)
        if key in paths
    }
    oids = {key: entry.oid for key, entry in entries.items() if entry and is_regular(entry)}
    blobs = scratch.read_blobs(oids.values())
    return {key: _hash_front_matter(data) for key, data in zip(oids, blobs, strict=True)}


def _hash_front_matter(data: bytes) -> str:
    """Return the SHA-256 of the bytes between the fences, or of all if there are none."""
    text = data.decode("utf-8", "surrogateescape")
    fences = find_fences(text)
    front = text[fences.start : fences.end] if fences and fences.end >= 0 else text
    return sha256(front.encode("utf-8", "surrogateescape")).hexdigest()
