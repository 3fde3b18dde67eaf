"""Whether a branch goes by rules that the default branch has left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plainwork.parsing.settings_file import parse_settings
from plainwork.serving.auditing import Branch
from plainwork.storage.git_questions import load_default_branch, load_tip_name
from plainwork.storage.repository import Repository
from plainwork.storage.scan import MARKER
from plainwork.storage.tree_scan import select_documents

_RULES = frozenset({"workflow", "policy"})


def load_older_rules(root: Path, branch: Branch) -> tuple[str, ...]:
    """Return, in a line each, which rules of a branch are older than those of the default branch.

    Whoever merges into an old release branch is judged by what was the rule then.

    Args:
        root: The workspace's root.
        branch: The branch that is audited.

    Raises:
        RepositoryError: If commits cannot be read.
    """
    default = load_default_branch(root)
    if branch.ref.removeprefix("refs/heads/") == default:
        return ()
    with Repository.open_at(root) as top:
        tip = top.find_reference(load_tip_name(root, default))
    if not tip:
        return ()
    with Repository.open(root) as repository:
        return tuple(_find_older(repository, branch.until, tip, default))


def _find_older(repository: Repository, until: str, tip: str, default: str) -> Iterator[str]:
    here, there = _load_rules(repository, until), _load_rules(repository, tip)
    paths = [path for path, oid in here.items() if there.get(path) != oid]
    if not paths:
        return
    past = {(version.path, version.oid) for version in repository.path_versions(tip, paths)}
    for path in paths:
        if (path, here[path]) in past:
            gone = "" if path in there else ", where it is gone"
            yield f"{path} is older than on {default}{gone}: changes here are judged by old rules"


def _load_rules(repository: Repository, commit: str) -> dict[str, str]:
    """Return the object of each file that holds rules, by path."""
    entries = {entry.path: entry for entry in repository.list_tree(commit)}
    if MARKER not in entries:
        return {}
    (data,) = repository.read_blobs([entries[MARKER].oid])
    settings, _ = parse_settings(MARKER, data)
    documents = select_documents(entries.values(), settings, [])
    paths = [MARKER, *(path for path, kind in documents if kind in _RULES)]
    return {path: entries[path].oid for path in paths}
