"""The rule ``missing-attachment``."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.model.snapshot import Snapshot
from plainwork.model.surroundings import Surroundings
from plainwork.rules.rule import Found, Rule, Scope


def _check(_snapshot: Snapshot, surroundings: Surroundings) -> Iterator[Found]:
    for file in surroundings.missing_files:
        message = f"there is no file {file.path}"
        hint = "paths are relative to the document, or with `/` to the workspace's root"
        if not file.path:
            message = f"`{file.written}` leads out of the workspace"
            hint = "put the file into the workspace, or give its URL"
        yield Found(file.document, message, hint, file.field)


RULE = Rule(
    name="missing-attachment",
    summary="Files that are attached exist.",
    remedy=(
        "An attachment proves or explains something; one that is gone does neither. Add the file, "
        "correct the path, or give a URL."
    ),
    scope=Scope.SURROUNDINGS,
    check_surroundings=_check,
)
