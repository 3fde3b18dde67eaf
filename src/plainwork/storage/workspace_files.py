"""Paths in a repository, and from the root of a workspace in it.

What lies outside the workspace begins with ``../``. Names are taken as they are: a hostile tree
may hold ``..`` itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from plainwork.approvals.special_files import is_special
from plainwork.storage.repository import TreeEntry
from plainwork.storage.scan import MARKER
from plainwork.storage.scratch_trees import Tree

_UP = ".."


def find_workspaces(tree: Iterable[str]) -> list[str]:
    """Return the folder of every workspace among some paths, the repository's top as ``""``."""
    markers = (path for path in tree if path == MARKER or path.endswith(f"/{MARKER}"))
    return sorted({path.rpartition("/")[0] for path in markers})


def enter_workspace(tree: Tree, workspace: str, differing: Iterable[str]) -> Tree:
    """Return the files of a workspace by path from its root.

    Args:
        tree: Every file, by path from the repository's top.
        workspace: The folder of the workspace, or ``""``.
        differing: What differs: of the files outside, those that are special are there, too.
    """
    if not workspace:
        return tree
    inside = f"{workspace}/"
    paths = [path for path in tree if path.startswith(inside)]
    paths += [
        path
        for path in differing
        if path in tree and not path.startswith(inside) and is_special(path)
    ]
    names = {path: relative_path(path, workspace) for path in paths}
    return {name: TreeEntry(tree[path].mode, tree[path].oid, name) for path, name in names.items()}


def relative_path(path: str, workspace: str) -> str:
    """Return a path of the repository as it is from a workspace's root."""
    parts, folders = path.split("/"), workspace.split("/") if workspace else []
    while parts and folders and parts[0] == folders[0]:
        del parts[0], folders[0]
    return "/".join([_UP] * len(folders) + parts)


def absolute_path(name: str, workspace: str) -> str:
    """Return a path from a workspace's root as it is in the repository."""
    parts, folders = name.split("/"), workspace.split("/") if workspace else []
    while folders and parts[0] == _UP:
        del parts[0], folders[-1]
    return "/".join(folders + parts)
