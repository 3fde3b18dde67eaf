"""CI recipes of a workspace: which there are for a forge, and what writing them would change."""

from __future__ import annotations

from pathlib import Path

from plainwork import __version__
from plainwork.errors import StorageError, UsageError
from plainwork.model.plan import FileEdit, Plan
from plainwork.plans.recipe_source import Source, find_source
from plainwork.plans.recipes import RECIPES, Place, plan_recipes, render_recipes
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.git_questions import load_default_branch
from plainwork.storage.installation import load_origin
from plainwork.storage.rooted_files import RootedFiles
from plainwork.storage.templates import load_recipes


def find_top(root: Path) -> Path:
    """Return the top of the repository around a workspace; without one, where it would be."""
    git = find_git_folder(root)
    return git.worktree if git else root.resolve()


def load_source() -> Source:
    """Return which plainwork recipes run: the one that is running, as it was installed."""
    return find_source(__version__, load_origin())


def load_filled_recipes(root: Path, forge: str) -> dict[str, bytes]:
    """Return the recipes for a forge, by their paths from the top of the repository.

    Args:
        root: The workspace's root, which need not exist yet.
        forge: Which forge they are for, as ``--ci`` names it.

    Raises:
        UsageError: If there are none for it, or a name does not fit into them.
    """
    if forge not in RECIPES:
        message = f"--ci {forge}: there are recipes for {', '.join(RECIPES)}"
        raise UsageError(message)
    workspace = root.resolve().relative_to(find_top(root)).as_posix()
    place = Place(load_source(), load_default_branch(_existing(root)), workspace)
    return render_recipes(load_recipes(forge), place)


def load_recipe_plan(root: Path, forge: str) -> Plan:
    """Plan to write the recipes for a forge, from the top of the repository.

    Raises:
        RefusedError: If other files are in the way.
    """
    return plan_recipes(load_filled_recipes(root, forge), lambda path: read_top_file(root, path))


def read_top_file(root: Path, path: str) -> bytes | None:
    """Return a file of the repository around a workspace, by its path from the top, or None.

    Raises:
        StorageError: If it cannot be read.
        RefusedError: If it is no regular file.
    """
    top = find_top(root)
    if not top.is_dir():
        return None
    try:
        with RootedFiles(top) as files:
            stored = files.read(path)
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise StorageError(message) from error
    return stored.data if stored else None


def below_top(root: Path, plan: Plan) -> tuple[FileEdit, ...]:
    """Return the edits of a plan for a workspace with their paths from the top instead."""
    folder = root.resolve().relative_to(find_top(root)).as_posix()
    prefix = "" if folder == "." else f"{folder}/"
    return tuple(FileEdit(prefix + edit.path, edit.before, edit.after) for edit in plan.edits)


def _existing(root: Path) -> Path:
    return next(folder for folder in (root, *root.parents) if folder.is_dir())
