"""Files that documents name as attachments."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, normpath

import msgspec

from plainwork.model.diagnostic import FieldPath
from plainwork.model.snapshot import Snapshot

_FILE = "file "


class AttachedFile(msgspec.Struct, frozen=True):
    """An attachment that is a path.

    Attributes:
        document: The path of the document that names it.
        field: Where it does.
        written: The path as it is written there.
        path: The path from the workspace's root, or ``""`` if it leads out of the workspace.
    """

    document: str
    field: FieldPath
    written: str
    path: str


def find_attached_files(snapshot: Snapshot) -> Iterator[AttachedFile]:
    """Yield every attachment of work that is no URL."""
    columns = snapshot.works.columns
    for row, targets in enumerate(columns["targets"]):
        if not any(target.startswith(_FILE) for target in targets):
            continue
        document = columns["path"][row]
        for use in columns["references"][row]:
            if use.to == "file":
                path = resolve_attachment(document, use.target)
                yield AttachedFile(document, use.field, use.target, path)


def resolve_attachment(document: str, written: str) -> str:
    """Return a path from the root, or ``""`` if it leads out of the workspace.

    Args:
        document: The path of the document; what it names is relative to its folder.
        written: The path; with ``/`` in front it is relative to the root.
    """
    whole = written.lstrip("/") if written.startswith("/") else f"{dirname(document)}/{written}"
    path = normpath(whole.lstrip("/"))
    return "" if path == ".." or path.startswith("../") else path
