"""Starting a workspace from a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from plainwork.analysis.relations import RESERVED_NAMES
from plainwork.editing.new_document import slug
from plainwork.errors import RefusedError, UsageError
from plainwork.model.plan import FileEdit, Plan
from plainwork.parsing.source_text import CONTROL_CHARACTER

_KEPT = "README.md"
_MOST_NAMED = 5
_PLACEHOLDER = re.compile(r"\{\{ (workspace_name|person_id|person_name|person_email|today) \}\}")


class Beginning(msgspec.Struct, frozen=True):
    """What a template is filled with: the workspace's name, its first person, and the day."""

    workspace_name: str
    person_name: str
    person_email: str
    today: date

    @property
    def person_id(self) -> str:
        """The first name, or else what stands before the @, as an id."""
        words = (
            slug(self.person_name).partition("-")[0],
            slug(self.person_email.partition("@")[0]),
        )
        return next((word for word in words if word and word not in RESERVED_NAMES), "person")


def plan_workspace(
    files: Mapping[str, str], beginning: Beginning, exists: Callable[[str], bool]
) -> Plan:
    """Plan to write the files of a template.

    A README that is there already is kept: it belongs to the repository, not to the workspace.

    Args:
        files: The text of each file by its path, with the placeholders.
        beginning: What takes their place.
        exists: Whether there is a file at a path.

    Raises:
        UsageError: If a name holds characters that no file may hold.
        RefusedError: If other files stand in the way.
    """
    values = _values(beginning)
    filled = {_fill(path, values): _fill(text, values) for path, text in sorted(files.items())}
    there = [path for path in filled if exists(path)]
    in_the_way = [path for path in there if path != _KEPT]
    if in_the_way:
        raise RefusedError(_format_in_the_way(in_the_way))
    edits = (FileEdit(path, None, text.encode()) for path, text in filled.items())
    notes = (f"{_KEPT} is kept as it is",) if there else ()
    return Plan(
        tuple(sorted((edit for edit in edits if edit.path not in there), key=lambda e: e.path)),
        "Start the workspace",
        notes,
    )


def _values(beginning: Beginning) -> Mapping[str, str]:
    texts = {
        "workspace_name": beginning.workspace_name,
        "person_name": beginning.person_name,
        "person_email": beginning.person_email,
        "person_id": beginning.person_id,
        "today": beginning.today.isoformat(),
    }
    for name, text in texts.items():
        if CONTROL_CHARACTER.search(text) or not text.isprintable():
            message = f"{name.replace('_', ' ')} {text!r}: it holds characters that cannot be shown"
            raise UsageError(message)
    # All of them stand in double quotes, which mean the same in YAML and in TOML.
    return {name: text.replace("\\", "\\\\").replace('"', '\\"') for name, text in texts.items()}


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


def _format_in_the_way(paths: list[str]) -> str:
    names = ", ".join(paths[:_MOST_NAMED])
    more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    return f"{names}{more} would be overwritten; start in another folder, or move what is there"
