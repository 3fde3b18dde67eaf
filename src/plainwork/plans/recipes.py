"""CI recipes: the files by which a forge runs plainwork, filled in for one repository."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec

from plainwork.errors import RefusedError, UsageError
from plainwork.model.plan import FileEdit, Plan
from plainwork.plans.recipe_source import Source

RECIPES = ("github", "gitlab", "forgejo")
"""The forges that there are recipes for; those for Forgejo are for Gitea, too."""

PYTHON_IMAGE = (
    "python:3.13-bookworm@sha256:07bf1bd38e191e3ed18b5f3eb0006d5ab260cb8c967f49d3bf947e5c2e44d8a9"
)
"""Where a forge runs jobs in containers: Python with Git, by digest."""

_PLACEHOLDER = re.compile(r"\{\{ ([a-z_]+) \}\}")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*|\.")


class Place(msgspec.Struct, frozen=True):
    """What recipes are filled with.

    Attributes:
        source: Which plainwork they run.
        branch: The default branch.
        workspace: The folder of the workspace, from the top of the repository; ``.``: its top.
    """

    source: Source
    branch: str
    workspace: str


def render_recipes(files: Mapping[str, str], place: Place) -> dict[str, bytes]:
    """Fill in recipes.

    Args:
        files: The text of each by its path from the top of the repository, with the placeholders.
        place: What takes their place.

    Raises:
        UsageError: If a name would mean something else in a recipe, or in its scripts.
    """
    for what, name in (("branch", place.branch), ("folder", place.workspace)):
        if not _NAME.fullmatch(name) or ".." in name:
            message = f"{what} {name}: recipes can only name letters, digits and any of . _ - /"
            raise UsageError(message)
    values = {
        "plainwork_action": place.source.action,
        "plainwork_requirement": place.source.requirement,
        "python_image": PYTHON_IMAGE,
        "branch": place.branch,
        "workspace": place.workspace,
    }
    return {
        path: _PLACEHOLDER.sub(lambda match: values[match[1]], text).encode()
        for path, text in sorted(files.items())
    }


def plan_recipes(recipes: Mapping[str, bytes], read: Callable[[str], bytes | None]) -> Plan:
    """Plan to write recipes; those that are there already, to the byte, stay.

    Args:
        recipes: The bytes of each by its path from the top of the repository.
        read: Returns what is at a path, or None.

    Raises:
        RefusedError: If another file is in the way: it may be a recipe that was changed by hand.
    """
    found = {path: read(path) for path in recipes}
    different = [path for path, data in recipes.items() if found[path] not in (None, data)]
    if different:
        message = (
            f"{', '.join(different)} would be overwritten; move what is there away, or remove it to"
            " have the recipe of this version of plainwork"
        )
        raise RefusedError(message)
    edits = (FileEdit(path, found[path], data) for path, data in recipes.items())
    return Plan(tuple(edits), "Run plainwork in CI")
